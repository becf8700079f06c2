// Owns whether the host is speaking: their voice goes first, and nothing is read over it.
import { type LevelMeter, openLevelMeter } from '../publish/index.ts';

/** Peak level of speech near a phone; wind and a yard stay below. */
const SPEECH_LEVEL = 0.08;
/** A breath between two sentences is not the end of them. */
const QUIET_MS = 900;
/** One knock is not a voice: the level has to be there this often in a row (10 a second). */
const TICKS = 3;
const LOOK_MS = 1_000;

export class HostVoice {
  readonly #microphone: () => MediaStreamTrack | null;
  readonly #onSpeaking: () => void;
  #track: MediaStreamTrack | null = null;
  #meter: LevelMeter | null = null;
  #loudTicks = 0;
  #spokeAt = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onSpeaking called as soon as the host begins to speak. */
  constructor(microphone: () => MediaStreamTrack | null, onSpeaking: () => void) {
    this.#microphone = microphone;
    this.#onSpeaking = onSpeaking;
  }

  /** False also where this page sends no sound: nobody is talked over there. */
  get isSpeaking(): boolean {
    return performance.now() - this.#spokeAt < QUIET_MS;
  }

  /** Whether what is said here could reach viewers through a microphone. */
  get isSending(): boolean {
    return this.#microphone() !== null;
  }

  start(): void {
    this.#follow();
    // The phone may take the microphone away for a call and give another one back.
    this.#timer ??= setInterval(() => this.#follow(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#meter?.close();
    this.#meter = null;
    this.#track = null;
  }

  #follow(): void {
    const track = this.#microphone();
    if (track === this.#track) return;
    this.#meter?.close();
    this.#meter = null;
    this.#track = track;
    this.#loudTicks = 0;
    if (track) this.#meter = openLevelMeter(track, ({ level }) => this.#heard(level));
  }

  #heard(level: number): void {
    this.#loudTicks = level >= SPEECH_LEVEL ? this.#loudTicks + 1 : 0;
    if (this.#loudTicks < TICKS) return;
    const wasSpeaking = this.isSpeaking;
    this.#spokeAt = performance.now();
    if (!wasSpeaking) this.#onSpeaking();
  }
}
