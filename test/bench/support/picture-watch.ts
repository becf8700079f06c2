// Owns what a watching page notes about its picture: when the player asked, when it showed the first frame, how old each frame was.
import { readPictureAge } from '../../support/sender-clock.ts';

export interface ShownFrame {
  /** By the sender's clock in the picture, ms since epoch. */
  sentAt: number;
  shownAt: number;
}

export interface PictureWatch {
  /** When `media.watch` was first sent, ms since epoch. */
  askedAt: number | undefined;
  firstShownAt: number | undefined;
  /** The newest last. */
  frames: ShownFrame[];
}

declare global {
  interface Window {
    pictureWatch: PictureWatch;
  }
}

/** For `context.addInitScript`: fills `window.pictureWatch` in every page. */
export function pictureWatchScript(): string {
  return `(${install.toString()})(${readPictureAge.toString()})`;
}

// Runs in the page, so it is self-contained.
function install(age: (video: HTMLVideoElement) => number | null): void {
  const watch: PictureWatch = { askedAt: undefined, firstShownAt: undefined, frames: [] };
  window.pictureWatch = watch;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.includes('"media.watch"')) watch.askedAt ??= Date.now();
    send.call(this, data);
  };
  const watched = new WeakSet<HTMLVideoElement>();
  const watchPicture = (video: HTMLVideoElement) => {
    if (watched.has(video)) return;
    watched.add(video);
    const note = () => {
      const shownAt = Date.now();
      watch.firstShownAt ??= shownAt;
      const ageMs = age(video);
      if (ageMs !== null) watch.frames.push({ sentAt: Date.now() - ageMs, shownAt });
      if (watch.frames.length > 1_000) watch.frames.shift();
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  };
  // WebRTC comes as an object, what a page feeds as an address.
  for (const name of ['srcObject', 'src'] as const) {
    const { set, get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name) as Required<PropertyDescriptor>;
    Object.defineProperty(HTMLMediaElement.prototype, name, {
      configurable: true,
      get,
      set(source: unknown) {
        set.call(this, source);
        if (this instanceof HTMLVideoElement) watchPicture(this);
      },
    });
  }
}
