// Owns one trainee's show as the console has it: its own connection, its picture, what stands between coach and host, and the line to the ear.
import { readCoachDesk } from '../../server/protocol/endpoints.ts';
import type { CoachDesk } from '../../server/protocol/coach-desk.ts';
import type { CoachShow } from '../../server/protocol/training.ts';
import { type Engine, type EnginePhase, type Showable } from '../playback/index.ts';
import { webrtcEngine } from '../playback/webrtc-engine.ts';
import { type Client, ShowStore, Watchable } from '../show/index.ts';
import type { Microphone } from './microphone.ts';
import { Mouth, type MouthState } from './mouth.ts';
import { TileSource } from './tile-source.ts';

const NOTHING: CoachDesk = { whisper: { coach: null, isTalking: false, canHear: false }, hand: { raisedAt: null }, demo: null, cues: [], coaches: [] };

export interface TraineeOptions {
  /** With a socket of its own, closed with the trainee. */
  client: Client;
  listed: CoachShow;
  microphone: Microphone;
  /** Of who sits at this console. */
  coachName: string;
}

/** `subscribe()` to hear of changes. */
export class Trainee extends Watchable {
  readonly client: Client;
  readonly store: ShowStore;
  /** As the list of shows had it. */
  listed: CoachShow;
  desk: CoachDesk = NOTHING;
  /** Tracks of the picture; the same object for as long as it is received. */
  media: MediaStream | null = null;
  phase: EnginePhase = 'idle';
  mouth: Mouth | null = null;
  readonly coachName: string;
  readonly #microphone: Microphone;
  readonly #source: TileSource;
  #engine: Engine | null = null;
  #stops: (() => void)[] = [];
  #joins = 0;

  constructor({ client, listed, microphone, coachName }: TraineeOptions) {
    super();
    this.listed = listed;
    this.#microphone = microphone;
    this.coachName = coachName;
    this.client = client;
    this.store = new ShowStore({ client: this.client, showId: listed.show.id });
    this.#source = new TileSource(this.client, this.store);
  }

  get id(): string {
    return this.listed.show.id;
  }

  get name(): string {
    return this.show.hostName;
  }

  get show(): CoachShow['show'] {
    return this.store.snapshot?.show ?? this.listed.show;
  }

  get isOnAir(): boolean {
    return this.show.status === 'live' || this.show.status === 'paused';
  }

  get isLarge(): boolean {
    return this.#source.isLarge;
  }

  /** Enters the show, with or without a picture. */
  start(): void {
    if (this.#stops.length > 0) return;
    const mine = <P extends { showId: string }>(take: (payload: P) => void) => (payload: P): void => {
      if (payload.showId !== this.id) return;
      take(payload);
      this.changed();
    };
    this.#stops = [
      this.store.subscribe(() => this.#storeChanged()),
      this.client.on('whisper.changed', mine(({ whisper }) => this.#whisperChanged(whisper))),
      this.client.on('hand.changed', mine(({ hand }) => (this.desk = { ...this.desk, hand }))),
      this.client.on('demo.changed', mine(({ demo }) => (this.desk = { ...this.desk, demo }))),
      this.client.on('coach.here', mine(({ coaches }) => (this.desk = { ...this.desk, coaches }))),
      this.client.on('coach.cue', mine(({ cue }) => (this.desk = { ...this.desk, cues: [cue, ...this.desk.cues.filter(({ id }) => id !== cue.id)].sort((a, b) => b.at - a.at) }))),
    ];
    this.store.start();
  }

  /** Whether its picture is received at all; one that nobody looks at costs nothing. */
  setPicture(isShown: boolean): void {
    if (isShown && !this.#engine) {
      this.#engine = webrtcEngine.open(this.#source, {
        onMedia: (media: Showable) => {
          if (!(media instanceof MediaStream)) return;
          this.media = media;
          this.changed();
        },
        onPhase: (phase) => {
          this.phase = phase;
          this.changed();
        },
        onPath: () => undefined,
        onAllotted: () => undefined,
        onPlace: () => undefined,
      });
    } else if (!isShown && this.#engine) {
      this.#engine.close();
      this.#engine = null;
      this.media = null;
      this.phase = 'idle';
      this.changed();
    }
  }

  /** The large one is received whole and can be talked to; the others small, without sound. */
  async setLarge(isLarge: boolean): Promise<void> {
    if (isLarge === this.isLarge) return;
    if (isLarge) {
      this.mouth = new Mouth({ source: this.#source, microphone: this.#microphone, onChange: (_state: MouthState) => this.changed() });
    } else {
      this.mouth?.close();
      this.mouth = null;
    }
    const changed = this.#source.setLarge(isLarge);
    this.#engine?.update();
    this.changed();
    await changed;
  }

  /** Asks anew what stands: after each join, and when an answer of the server says otherwise than was known. */
  async readDesk(): Promise<void> {
    const read = await this.client.call(readCoachDesk, { params: { showId: this.id } });
    if (!read.ok) return;
    this.desk = read.value;
    this.changed();
  }

  close(): void {
    this.mouth?.close();
    this.mouth = null;
    this.#engine?.close();
    this.#engine = null;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.store.stop();
    this.client.close();
  }

  #whisperChanged(whisper: CoachDesk['whisper']): void {
    this.desk = { ...this.desk, whisper };
    if (!whisper.canHear) this.mouth?.unheard();
  }

  #storeChanged(): void {
    if (this.store.joinCount !== this.#joins && this.store.isCurrent) {
      this.#joins = this.store.joinCount;
      void this.readDesk();
    }
    this.#engine?.update();
    this.changed();
  }
}
