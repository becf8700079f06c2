// Owns a stream that one listener may hear and nobody else. It is in no list of streams, so that no playlist, recording, WHIP, WHEP or
// `media.watch` can find it, and who asks to hear it is held against its rule here, where its only consumers are made.
import { FieldcastError } from '../platform/errors.ts';
import type { RtpCapabilities } from '../protocol/media.ts';
import type { EgressSession } from './egress/webrtc.ts';
import type { IngestSession } from './ingest/webrtc.ts';
import type { Stream } from './stream.ts';

/** @typeParam Listener what the rule needs to know of who asks */
export class PrivateStream<Listener> {
  readonly #stream: Stream;
  readonly #mayHear: (listener: Listener) => boolean;
  readonly #forget: () => void;

  /** @param stream known to nobody else @param forget called once when it has been closed */
  constructor(stream: Stream, mayHear: (listener: Listener) => boolean, forget: () => void) {
    this.#stream = stream;
    this.#mayHear = mayHear;
    this.#forget = forget;
  }

  /** A transport to send on. Its first track takes over from another speaker. @throws FieldcastError `media.unavailable` */
  speak(options: { forceTcp: boolean }): Promise<IngestSession> {
    return this.#stream.publish(options);
  }

  /** A transport to receive on. @throws FieldcastError `auth.forbidden` for whom the rule does not name, `media.unavailable` */
  async hear(listener: Listener, options: { rtpCapabilities: RtpCapabilities; forceTcp: boolean }): Promise<EgressSession> {
    if (!this.#mayHear(listener)) throw new FieldcastError('auth.forbidden', 'This is for somebody else.');
    return this.#stream.watch(options);
  }

  async close(): Promise<void> {
    this.#forget();
    await this.#stream.close();
  }
}
