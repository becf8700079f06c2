// Owns what media tells the rest of the server: facts in the past tense, by stream id.
import type { StreamInfo } from '../protocol/media.ts';
import type { StreamAdvice } from './budget/situation.ts';
import type { RecordingState } from './replay/recording.ts';

/**
 * Why a session or a whole stream ended: `closed` by whoever owns it, `host-gone` without a word (network lost, page killed),
 * `replaced` by a newer publisher, `worker-died` with the stream's own worker (its epoch grows), `outlet-died` with another worker that
 * served part of its viewers, `no-room` when the line does not carry a viewer's sound any more.
 */
export type EndReason = 'closed' | 'host-gone' | 'viewer-gone' | 'replaced' | 'worker-died' | 'outlet-died' | 'no-room';

export interface MediaFacts {
  /** The first producer came. */
  'stream.started': { streamId: string };
  /** The last producer went. */
  'stream.stopped': { streamId: string; reason: EndReason };
  /** Anything in `info` changed. */
  'stream.changed': { streamId: string; info: StreamInfo };
  /** Another publisher took over; viewers keep a picture. */
  'stream.publisher-replaced': { streamId: string };
  /** What the host of a stream should send has changed. */
  'stream.advised': StreamAdvice;
  /** Recording of a stream began, stopped, or waits for space on the disk. */
  'recording.changed': { streamId: string; state: RecordingState };
  /** These streams had a part on a worker that died. */
  'worker.died': { streamIds: string[] };
}

/** The bus as media uses it. */
export interface FactSink {
  emit<K extends keyof MediaFacts>(fact: K, payload: MediaFacts[K]): void;
}
