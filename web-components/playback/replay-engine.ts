// Owns putting a recorded show on a video element: hls.js where media source extensions are there, the browser's own HLS elsewhere.
import Player, { type ErrorData, ErrorTypes, Events } from 'hls.js';

export interface RecordingOptions {
  /** Address of the multivariant playlist. */
  url: string;
  /** Replay time to begin at, ms. */
  startMs: number;
  /**
   * It cannot go on. `network`: the playlist or a piece does not come, also because a pass has run out; `media`: the browser cannot
   * decode it, or has no way to play HLS at all.
   */
  onFault: (fault: 'network' | 'media') => void;
}

export interface OpenRecording {
  /** 0 where the browser plays HLS by itself and does not tell. */
  receivedBytes(): number;
  close(): void;
}

/** A cheap phone has little memory, and most viewers jump about: what was seen long ago is fetched again. */
const AHEAD_S = 30;
const BEHIND_S = 60;
const REFUSED = new Set([401, 403, 404, 410]);

/** Attaches a recording to `video`; playing it is the caller's. */
export function openRecording(video: HTMLVideoElement, { url, startMs, onFault }: RecordingOptions): OpenRecording {
  // The package's types know it only there.
  // oxlint-disable-next-line import/no-named-as-default-member
  if (!Player.isSupported()) return openNative(video, { url, startMs, onFault });
  const hls = new Player({
    // A worker would be made from a blob, which a careful page's policy refuses; fragmented MP4 needs no repacking anyway.
    enableWorker: false,
    startPosition: startMs / 1000,
    maxBufferLength: AHEAD_S,
    maxMaxBufferLength: AHEAD_S * 2,
    backBufferLength: BEHIND_S,
  });
  let hasRecovered = false;
  let received = 0;
  hls.on(Events.FRAG_LOADED, (_, { frag }) => {
    received += frag.stats.loaded;
  });
  hls.on(Events.ERROR, (_, { fatal, type, response }: ErrorData) => {
    // hls.js tries a refused piece six times over half a minute; a pass that has run out is worth one question for a fresh one.
    const isRefused = REFUSED.has(response?.code ?? 0);
    if (!fatal && !isRefused) return;
    if (type === ErrorTypes.MEDIA_ERROR && !hasRecovered) {
      hasRecovered = true;
      hls.recoverMediaError();
    } else onFault(type === ErrorTypes.NETWORK_ERROR ? 'network' : 'media');
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return { receivedBytes: () => received, close: () => hls.destroy() };
}

function openNative(video: HTMLVideoElement, { url, startMs, onFault }: RecordingOptions): OpenRecording {
  if (!video.canPlayType('application/vnd.apple.mpegurl')) {
    queueMicrotask(() => onFault('media'));
    return { receivedBytes: () => 0, close: () => undefined };
  }
  const atStart = (): void => {
    video.currentTime = startMs / 1000;
  };
  const onError = (): void => onFault(video.error?.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network');
  video.addEventListener('loadedmetadata', atStart, { once: true });
  video.addEventListener('error', onError);
  video.src = url;
  return {
    receivedBytes: () => 0,
    close() {
      video.removeEventListener('loadedmetadata', atStart);
      video.removeEventListener('error', onError);
      video.removeAttribute('src');
      video.load();
    },
  };
}
