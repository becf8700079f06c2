// Owns the host's ear: whether a coach can be heard, which needs an earpiece that the microphone does not hear, and the sound itself.
import { type LineEnd, type LineSource, hearFrom } from '../../playback/private-line.ts';
import { hearsItself } from '../../publish/tone-check.ts';
import { type Earpiece, watchEarpiece } from '../../voice/earpiece.ts';

/**
 * `out`: not wanted. `missing`: this phone has no earpiece in. `checking`: three short tones are played. `leaks`: the microphone heard them, so
 * viewers would hear the coach. `connecting`, `in`: the coach is heard. `pulled`: the earpiece went out by itself. `failed`: no sound comes;
 * written words still do.
 */
export type EarState = 'out' | 'missing' | 'checking' | 'leaks' | 'connecting' | 'in' | 'pulled' | 'failed';

const RETRY_MS = [500, 2_000, 5_000];

export interface EarOptions {
  source: LineSource;
  /** What is sent to viewers; null while the camera is off. */
  microphone: () => MediaStreamTrack | null;
  onChange: () => void;
  /** Put in by tests. */
  parts?: {
    hear: typeof hearFrom;
    hearsItself: typeof hearsItself;
    watch: typeof watchEarpiece;
    play: (track: MediaStreamTrack) => () => void;
    openMicrophone: () => Promise<MediaStreamTrack>;
  };
}

export class Ear {
  state: EarState = 'out';
  earpiece: Earpiece = 'unknown';
  readonly #options: EarOptions;
  readonly #parts: NonNullable<EarOptions['parts']>;
  readonly #stopWatching: () => void;
  #line: LineEnd | null = null;
  #hush: () => void = () => undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #forceTcp = false;
  /** Of the last thing that was begun; what was begun before it counts no more. */
  #turn = 0;

  constructor(options: EarOptions) {
    this.#options = options;
    this.#parts = options.parts ?? { hear: hearFrom, hearsItself, watch: watchEarpiece, play, openMicrophone };
    this.#stopWatching = this.#parts.watch((earpiece) => this.#plugged(earpiece));
  }

  /** Whether the host wants to hear, be it that it works or is on its way. */
  get isWanted(): boolean {
    return this.state === 'checking' || this.state === 'connecting' || this.state === 'in';
  }

  /** The host says that the earpiece is in. Has to be called from a tap: phones play nothing before one. */
  async putIn(): Promise<void> {
    if (this.isWanted) return;
    const turn = (this.#turn += 1);
    if (this.earpiece === 'none') return this.#say('missing');
    this.#say('checking');
    const leaks = await this.#leaks().catch(() => false);
    if (turn !== this.#turn) return;
    if (leaks) return this.#say('leaks');
    this.#failures = 0;
    await this.#connect();
  }

  takeOut(): void {
    this.#end('out', true);
  }

  /** The connection with the server is another one: what was on the old one is gone. */
  reconnected(): void {
    if (this.state !== 'in' && this.state !== 'connecting') return;
    this.#drop(false);
    void this.#connect();
  }

  close(): void {
    this.#stopWatching();
    this.#end('out', true);
  }

  /** A copy of what is sent, so that it listens while the host is muted too; before the camera is on, the microphone alone. */
  async #leaks(): Promise<boolean> {
    const sent = this.#options.microphone();
    const track = sent?.readyState === 'live' ? sent.clone() : await this.#parts.openMicrophone();
    track.enabled = true;
    try {
      return await this.#parts.hearsItself(track);
    } finally {
      track.stop();
    }
  }

  async #connect(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#say('connecting');
    try {
      const line = await this.#parts.hear(this.#options.source, {
        forceTcp: this.#forceTcp,
        onTrack: (track) => {
          if (turn !== this.#turn) return;
          this.#hush();
          this.#hush = this.#parts.play(track);
        },
        onBroken: () => turn === this.#turn && this.#broke(),
      });
      if (turn !== this.#turn) return line.close(false);
      this.#line = line;
      this.#say('in');
    } catch {
      if (turn === this.#turn) this.#broke();
    }
  }

  #broke(): void {
    this.#drop(false);
    this.#turn += 1;
    this.#forceTcp = !this.#forceTcp;
    const delayMs = RETRY_MS[this.#failures];
    this.#failures += 1;
    if (delayMs === undefined) return this.#say('failed');
    this.#say('connecting');
    this.#retry = setTimeout(() => void this.#connect(), delayMs);
  }

  #plugged(earpiece: Earpiece): void {
    const before = this.earpiece;
    this.earpiece = earpiece;
    // At once: the next word would come out of the loudspeaker, and go to every viewer.
    if (this.isWanted && earpiece === 'none') this.#end('pulled', true);
    else if (before === 'plugged' && this.isWanted && earpiece !== 'plugged') this.#end('pulled', true);
    else if ((this.state === 'missing' || this.state === 'pulled') && earpiece !== 'none') this.#say('out');
    else this.#options.onChange();
  }

  #end(state: EarState, tell: boolean): void {
    this.#turn += 1;
    this.#drop(tell);
    this.#say(state);
  }

  #drop(tell: boolean): void {
    clearTimeout(this.#retry);
    this.#hush();
    this.#hush = () => undefined;
    this.#line?.close(tell);
    this.#line = null;
  }

  #say(state: EarState): void {
    this.state = state;
    this.#options.onChange();
  }
}

/** Beside everything else that the page plays; the show's own sound is not touched. */
function play(track: MediaStreamTrack): () => void {
  const audio = new Audio();
  audio.srcObject = new MediaStream([track]);
  void audio.play().catch(() => undefined);
  return () => {
    audio.pause();
    audio.srcObject = null;
  };
}

async function openMicrophone(): Promise<MediaStreamTrack> {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
  if (!track) throw new DOMException('there is no microphone', 'NotFoundError');
  return track;
}
