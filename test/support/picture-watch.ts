// Owns what a watching page notes about its picture: when the player asked, when it showed the first frame, how old each frame was.
import type { Page } from 'playwright-core';
import { readPictureAge } from './sender-clock.ts';

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
  /** Each change of what the player says, the newest last. */
  states: { state: string; at: number }[];
}

declare global {
  interface Window {
    pictureWatch: PictureWatch;
  }
}

/** How the picture was over a stretch of time, by what the page showed. */
export interface Reception {
  frames: number;
  /** Longest time without a new frame, ms. */
  longestGapMs: number;
}

/** Frames shown from now on. */
export async function nextFrames(page: Page, count: number, timeoutMs = 60_000): Promise<ShownFrame[]> {
  await page.evaluate(() => void (window.pictureWatch.frames.length = 0));
  await page.waitForFunction((wanted) => window.pictureWatch.frames.length >= wanted, count, { timeout: timeoutMs, polling: 100 });
  return page.evaluate(() => window.pictureWatch.frames);
}

/** When the page first showed a frame that was sent after `momentMs`. @returns ms since epoch */
export async function firstFrameSentAfter(page: Page, momentMs: number, timeoutMs = 30_000): Promise<number> {
  const found = await page.waitForFunction(
    (moment) => window.pictureWatch.frames.find((frame) => frame.sentAt > moment)?.shownAt,
    momentMs,
    { timeout: timeoutMs, polling: 50 },
  );
  return (await found.jsonValue()) as number;
}

/** When the player first said this after `momentMs`. @returns ms since epoch */
export async function firstSaid(page: Page, state: string, momentMs: number, timeoutMs = 10_000): Promise<number> {
  const found = await page.waitForFunction(
    ({ wanted, since }) => window.pictureWatch.states.find((said) => said.state === wanted && said.at >= since)?.at,
    { wanted: state, since: momentMs },
    { timeout: timeoutMs, polling: 50 },
  );
  return (await found.jsonValue()) as number;
}

/** What the page showed between two moments, ms since epoch. Frames whose clock could not be read do not count. */
export async function receptionBetween(page: Page, fromMs: number, toMs: number): Promise<Reception> {
  const frames = await page.evaluate(() => window.pictureWatch.frames);
  const shown = frames.map(({ shownAt }) => shownAt).filter((at) => at >= fromMs && at <= toMs);
  const moments = [fromMs, ...shown, toMs];
  return { frames: shown.length, longestGapMs: Math.max(...moments.slice(1).map((at, index) => at - (moments[index] as number))) };
}

/** For `context.addInitScript`: fills `window.pictureWatch` in every page. */
export function pictureWatchScript(): string {
  return `(${install.toString()})(${readPictureAge.toString()})`;
}

// Runs in the page, so it is self-contained.
function install(age: (video: HTMLVideoElement) => number | null): void {
  const FRAMES = 5_000;
  const watch: PictureWatch = { askedAt: undefined, firstShownAt: undefined, frames: [], states: [] };
  window.pictureWatch = watch;
  document.addEventListener('fieldcast-state-change', (event) => {
    const { state } = (event as CustomEvent<{ state: string }>).detail;
    if (watch.states.at(-1)?.state !== state) watch.states.push({ state, at: Date.now() });
  });
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
      if (watch.frames.length > FRAMES) watch.frames.shift();
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
