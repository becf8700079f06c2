// Owns one show's line from a coach's mouth to its host's ear: who holds it, whether they talk, and whether anybody hears.
import type { EgressSession, IngestSession, PrivateStream } from '../../media/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { ConsumerInfo, DtlsParameters, RtpCapabilities, RtpParameters, TransportInfo } from '../../protocol/media.ts';
import type { WhisperState } from '../../protocol/coach-desk.ts';

/** Between two sentences the line is still whose it was. */
export const HELD_AFTER_TALK_MS = 5_000;

/** One connection, as the line knows it. */
export interface End {
  peerId: string;
  /** Of the person: their second device is no second coach. */
  identity: string;
  name: string;
  /** A transport of theirs is gone without their having asked for it. */
  lost(transportId: string): void;
}

export interface LineDeps<Listener> {
  stream: PrivateStream<Listener>;
  clock: Clock;
  /** Something of {@link Line.state} is otherwise now. */
  changed(state: WhisperState): void;
  /** Nobody is on it any more. */
  empty(): void;
}

interface Speaker {
  end: End;
  session: IngestSession;
  producerId: string | undefined;
  isTalking: boolean;
  talkedAt: number;
}

interface Ear {
  end: End;
  session: EgressSession;
  /** Builds the sound of a coach who came later. */
  take(consumers: ConsumerInfo[]): void;
}

interface Placing {
  forceTcp: boolean;
}

interface Hearing extends Placing {
  rtpCapabilities: RtpCapabilities;
  take: Ear['take'];
}

export class Line<Listener> {
  readonly #deps: LineDeps<Listener>;
  #speaker: Speaker | undefined;
  #ear: Ear | undefined;
  /** Asked for and not there yet; the line is not empty meanwhile. */
  #coming = 0;

  constructor(deps: LineDeps<Listener>) {
    this.#deps = deps;
  }

  get state(): WhisperState {
    return { coach: this.#speaker?.end.name ?? null, isTalking: this.#speaker?.isTalking ?? false, canHear: this.#ear !== undefined };
  }

  /** Gives the line to a coach, if nobody else talks on it. @throws FieldcastError `whisper.busy` with the other's name, `media.unavailable` */
  open(end: End, options: Placing): Promise<TransportInfo> {
    return this.#come(() => this.#open(end, options));
  }

  async #open(end: End, options: Placing): Promise<TransportInfo> {
    this.#refuseWhileOthersTalk(end);
    const session = await this.#deps.stream.speak(options);
    try {
      // Two may have asked in the same moment.
      this.#refuseWhileOthersTalk(end);
    } catch (error) {
      session.close();
      throw error;
    }
    const before = this.#speaker;
    const speaker: Speaker = { end, session, producerId: undefined, isTalking: false, talkedAt: -Infinity };
    this.#speaker = speaker;
    before?.session.close('replaced');
    session.onClosed((reason) => {
      if (reason !== 'closed') end.lost(session.transport.id);
      if (this.#speaker !== speaker) return;
      this.#speaker = undefined;
      this.#told();
    });
    this.#told();
    return session.transport;
  }

  /** The host puts in the earpiece: from now on what is said arrives. @throws FieldcastError `auth.forbidden`, `media.unavailable`, `media.unsupported` */
  hear(end: End, listener: Listener, options: Hearing): Promise<{ transport: TransportInfo; consumers: ConsumerInfo[] }> {
    return this.#come(() => this.#hear(end, listener, options));
  }

  async #hear(end: End, listener: Listener, { take, ...options }: Hearing): Promise<{ transport: TransportInfo; consumers: ConsumerInfo[] }> {
    const session = await this.#deps.stream.hear(listener, options);
    const ear: Ear = { end, session, take };
    const before = this.#ear;
    this.#ear = ear;
    before?.session.close('replaced');
    session.onClosed((reason) => {
      if (reason !== 'closed') end.lost(session.transport.id);
      if (this.#ear !== ear) return;
      this.#ear = undefined;
      void this.#hush();
      this.#told();
    });
    await start(session, session.consumers);
    this.#told();
    return { transport: session.transport, consumers: session.consumers };
  }

  /** @throws FieldcastError `media.not-found` for a transport that is not theirs */
  async connect(peerId: string, transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const own = [this.#speaker, this.#ear].find((each) => each?.end.peerId === peerId && each.session.transport.id === transportId);
    if (!own) throw notTheirs();
    await own.session.connect(dtlsParameters);
  }

  /** The coach's microphone is there, and silent until they talk. @throws FieldcastError `media.not-found`, `media.unsupported` */
  async produce(peerId: string, transportId: string, rtpParameters: RtpParameters): Promise<string> {
    const speaker = this.#speakerOf(peerId);
    if (speaker.session.transport.id !== transportId) throw notTheirs();
    const { producerId } = await speaker.session.produce({ kind: 'audio', rtpParameters });
    await speaker.session.pause(producerId, true);
    speaker.producerId = producerId;
    const ear = this.#ear;
    if (ear) {
      const fresh = await ear.session.consume();
      await start(ear.session, fresh);
      if (fresh.length > 0) ear.take(fresh);
    }
    return producerId;
  }

  /** @throws FieldcastError `whisper.no-ear` while the host cannot hear, `media.not-found` */
  async talk(peerId: string, isTalking: boolean): Promise<void> {
    const speaker = this.#speakerOf(peerId);
    if (speaker.producerId === undefined) throw notTheirs();
    if (isTalking && !this.#ear) throw new FieldcastError('whisper.no-ear', 'The host has no earpiece in; a written cue arrives.');
    speaker.isTalking = isTalking;
    speaker.talkedAt = this.#deps.clock.now();
    await speaker.session.pause(speaker.producerId, !isTalking);
    this.#told();
  }

  /** A connection is gone, or its person has left the line. */
  leave(peerId: string): void {
    for (const each of [this.#speaker, this.#ear]) if (each?.end.peerId === peerId) each.session.close();
  }

  /** A coach who may not be here any more is off the line. */
  dismiss(identity: string): void {
    if (this.#speaker?.end.identity === identity) this.#speaker.session.close();
  }

  #refuseWhileOthersTalk(end: End): void {
    const { end: holder, isTalking, talkedAt } = this.#speaker ?? {};
    if (!holder || holder.identity === end.identity) return;
    if (isTalking || this.#deps.clock.now() - (talkedAt ?? -Infinity) < HELD_AFTER_TALK_MS) {
      throw new FieldcastError('whisper.busy', 'Another coach talks to this host.', { params: { name: holder.name } });
    }
  }

  #speakerOf(peerId: string): Speaker {
    if (this.#speaker?.end.peerId !== peerId) throw notTheirs();
    return this.#speaker;
  }

  /** Nobody hears any more, so nothing is said. */
  async #hush(): Promise<void> {
    const speaker = this.#speaker;
    if (!speaker?.isTalking || speaker.producerId === undefined) return;
    speaker.isTalking = false;
    // It fails only when the session has ended too.
    await speaker.session.pause(speaker.producerId, true).catch(() => undefined);
  }

  async #come<Answer>(coming: () => Promise<Answer>): Promise<Answer> {
    this.#coming += 1;
    try {
      return await coming();
    } finally {
      this.#coming -= 1;
      this.#settle();
    }
  }

  #told(): void {
    this.#deps.changed(this.state);
    this.#settle();
  }

  #settle(): void {
    if (!this.#speaker && !this.#ear && this.#coming === 0) this.#deps.empty();
  }
}

/** Sound needs no key frame, so it may begin before the client has built its end. */
async function start(session: EgressSession, consumers: readonly ConsumerInfo[]): Promise<void> {
  if (consumers.length > 0) await session.resume(consumers.map(({ id }) => id));
}

const notTheirs = () => new FieldcastError('media.not-found', 'This connection has no such transport.');
