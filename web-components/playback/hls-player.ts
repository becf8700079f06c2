// Owns one playing of one playlist: by hls.js, or by the browser itself where pages cannot feed media.
import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';
import { catchUpRate } from './catch-up.ts';

/** `refused`: the address does not answer with media (now). `unsupported`: never on this device. */
export type HlsFault = 'network' | 'refused' | 'unsupported';

export interface HlsPlayerEvents {
  /** The playlist is there: attach it. */
  onReady(): void;
  /** It does not go on by itself. */
  onFault(fault: HlsFault): void;
}

export interface HlsPlayer {
  /** What it has loaded so far; 0 where the browser does not tell. */
  readonly bytes: number;
  /** Asks for the playlist. */
  load(): void;
  attach(video: HTMLVideoElement): void;
  /** When what is on the screen was recorded, by the server's clock in ms since epoch. */
  pictureAt(): number | null;
  /** Comes back to the target after it fell behind. */
  keepPace(): void;
  /** Stops loading and keeps the last picture. */
  stop(): void;
  close(): void;
}

type MediaFeeding = typeof MediaSource;

/** Behind the target by more than this after a break, it is not made up for by speed: at 1.1 it would take over a minute. */
const JUMP_S = 8;
const RECOVER_EVERY_MS = 10_000;

/** iPhones have had ManagedMediaSource alone since iOS 17.1. */
function mediaFeeding(): MediaFeeding | null {
  const { ManagedMediaSource, MediaSource: usual } = globalThis as { ManagedMediaSource?: MediaFeeding; MediaSource?: MediaFeeding };
  const found = ManagedMediaSource ?? usual;
  return found?.isTypeSupported?.('video/mp4; codecs="avc1.42e01f"') ? found : null;
}

const isPlayedByBrowser = () => typeof document !== 'undefined' && document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '';

export const canPlayHls = () => mediaFeeding() !== null || isPlayedByBrowser();

/** Address of the sound alone, beside the whole's: AAC on Apple's devices, which are said to be silent with Opus now and then. */
export const soundUrl = (url: string) => url.replace(/index\.m3u8(?=$|\?)/, isApple() ? 'aac.m3u8' : 'audio.m3u8');

const isApple = () => 'ManagedMediaSource' in globalThis || !mediaFeeding();

let library: Promise<typeof import('hls.js')> | null = null;

/** A failed download is tried again by the next call. */
function loadHls(): Promise<typeof import('hls.js')> {
  library ??= import('hls.js').catch((fault: unknown) => {
    library = null;
    throw fault;
  });
  return library;
}

if (mediaFeeding()) void loadHls().catch(() => undefined);

/** A player for the playlist at `url`. Throws when it cannot be loaded itself. */
export async function openHlsPlayer(url: string, events: HlsPlayerEvents): Promise<HlsPlayer> {
  if (!mediaFeeding()) return new NativePlayer(url, events);
  const { default: Library } = await loadHls();
  return new FedPlayer(Library, url, events);
}

class FedPlayer implements HlsPlayer {
  bytes = 0;
  #hls: Hls;
  #url: string;
  #events: HlsPlayerEvents;
  #video: HTMLVideoElement | null = null;
  #recoveredAt = -RECOVER_EVERY_MS;

  constructor(Library: typeof Hls, url: string, events: HlsPlayerEvents) {
    this.#url = url;
    this.#events = events;
    this.#hls = new Library({
      // A worker is for containers that have to be rewritten; these pieces go to the decoder as they are, under any page's policy.
      enableWorker: false,
      lowLatencyMode: true,
      // Its own catching up stops at 1 s of buffer and gives up at 3 s behind; see `catch-up.ts`.
      maxLiveSyncPlaybackRate: 1,
      // A stall costs a little distance to the live edge for good, not a whole second.
      liveSyncOnStallIncrease: 0.25,
      liveDurationInfinity: true,
      backBufferLength: 10,
      // Everywhere but on Apple's devices Opus comes without another encoding.
      audioPreference: { audioCodec: isApple() ? 'mp4a' : 'opus' },
    });
    this.#hls.on(Library.Events.FRAG_LOADED, (_event, { payload }) => {
      this.bytes += payload.byteLength;
    });
    this.#hls.on(Library.Events.MANIFEST_PARSED, () => events.onReady());
    this.#hls.on(Library.Events.ERROR, (_event, data) => data.fatal && this.#fault(Library, data));
  }

  load(): void {
    this.#hls.loadSource(this.#url);
  }

  attach(video: HTMLVideoElement): void {
    this.#video = video;
    this.#hls.attachMedia(video);
  }

  pictureAt(): number | null {
    return this.#hls.playingDate?.getTime() ?? null;
  }

  keepPace(): void {
    const video = this.#video;
    const { latency, liveSyncPosition, targetLatency } = this.#hls;
    if (!video || liveSyncPosition === null || targetLatency === null) return;
    const behindS = latency - targetLatency;
    if (behindS > JUMP_S) video.currentTime = liveSyncPosition;
    const { buffered, currentTime } = video;
    const rate = catchUpRate(behindS, buffered.length > 0 ? buffered.end(buffered.length - 1) - currentTime : 0);
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }

  stop(): void {
    this.#hls.stopLoad();
  }

  close(): void {
    if (this.#video) this.#video.playbackRate = 1;
    this.#hls.destroy();
  }

  #fault({ ErrorTypes, ErrorDetails }: typeof Hls, { type, details, response }: ErrorData): void {
    const unsupported: string[] = [ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR, ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR, ErrorDetails.BUFFER_ADD_CODEC_ERROR];
    const now = performance.now();
    if (unsupported.includes(details)) this.#events.onFault('unsupported');
    else if (type === ErrorTypes.MEDIA_ERROR && now - this.#recoveredAt > RECOVER_EVERY_MS) {
      this.#recoveredAt = now;
      this.#hls.recoverMediaError();
    } else this.#events.onFault((response?.code ?? 0) >= 400 && (response?.code ?? 0) < 500 ? 'refused' : 'network');
  }
}

/** Safari's own player. It gives no reasons, and keeps its own distance to the live edge. */
class NativePlayer implements HlsPlayer {
  readonly bytes = 0;
  #url: string;
  #events: HlsPlayerEvents;
  #video: HTMLVideoElement | null = null;
  #onError = () => this.#events.onFault('refused');

  constructor(url: string, events: HlsPlayerEvents) {
    this.#url = url;
    this.#events = events;
  }

  load(): void {
    this.#events.onReady();
  }

  attach(video: HTMLVideoElement): void {
    this.#video = video;
    video.addEventListener('error', this.#onError);
    video.src = this.#url;
  }

  pictureAt(): number | null {
    const video = this.#video as (HTMLVideoElement & { getStartDate?: () => Date }) | null;
    const startedAt = video?.getStartDate?.().getTime();
    return video && startedAt ? startedAt + video.currentTime * 1000 : null;
  }

  keepPace(): void {
    // The browser does.
  }

  stop(): void {
    this.#video?.removeEventListener('error', this.#onError);
  }

  close(): void {
    this.stop();
    if (this.#video?.src !== this.#url) return;
    this.#video.removeAttribute('src');
    this.#video.load();
  }
}
