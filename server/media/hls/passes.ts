// Owns passes: the part of an address that lets its holder play a gated stream. The same for everybody, so that a cache keeps one copy.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';

/** A pass holds for the rest of its window and all of the next: a show that is watched from its start to its end needs one or two. */
const WINDOW_MS = 6 * 3600_000;
/** 132 bits. */
const LENGTH = 22;
/** What is recorded has addresses of its own, because a player that has been live may still ask for the live playlists. */
export const REPLAY_PATH = 'replay';

export class HlsPasses {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  /** @param key at least 32 random bytes that outlive a restart, and sign nothing else */
  constructor(key: Uint8Array, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  make(streamId: string): string {
    return this.#sign(streamId, this.#window());
  }

  isValid(streamId: string, pass: string): boolean {
    const window = this.#window();
    return [window, window - 1].some((each) => isSame(this.#sign(streamId, each), pass));
  }

  #window(): number {
    return Math.floor(this.#clock.now() / WINDOW_MS);
  }

  #sign(streamId: string, window: number): string {
    return createHmac('sha256', this.#key).update(`hls ${window} ${streamId}`).digest('base64url').slice(0, LENGTH);
  }
}

/** What a pass looks like; everything else is no address of ours. */
export function looksLikePass(text: string): boolean {
  return text.length === LENGTH && /^[\w-]+$/.test(text);
}

/** Without scheme and host. @param pass undefined for a stream that everybody may watch */
export function hlsPath(streamId: string, pass?: string): string {
  return `${folderOf(streamId, pass)}/index.m3u8`;
}

/** The same of its recording. Of its own, because a cache may still hold the end of the live playlist under the other. */
export function replayPath(streamId: string, pass?: string): string {
  return `${folderOf(streamId, pass)}/${REPLAY_PATH}/index.m3u8`;
}

function folderOf(streamId: string, pass: string | undefined): string {
  return pass === undefined ? `/hls/${streamId}` : `/hls/${streamId}/${pass}`;
}

function isSame(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
