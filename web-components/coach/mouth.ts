// Owns talking into one host's ear: the line is opened with the first press, and the voice goes out only while the button is held.
import { type LineEnd, LineError, type LineSource, speakInto } from '../playback/private-line.ts';
import type { Microphone } from './microphone.ts';

/**
 * `ready`: a press talks at once. `talking`: the server lets the voice through. `microphone`: this device gives none. `busy`: another coach
 * talks (`by`). `no-ear`: the host has no earpiece in. `failed`: the line broke; the next press builds it anew.
 */
export type MouthState =
  | { name: 'closed' | 'opening' | 'ready' | 'talking' | 'microphone' | 'no-ear' | 'failed' }
  | { name: 'busy'; by: string };

export interface MouthOptions {
  source: LineSource;
  microphone: Pick<Microphone, 'open'>;
  onChange: (state: MouthState) => void;
  /** Put in by tests. */
  speak?: typeof speakInto;
}

export class Mouth {
  state: MouthState = { name: 'closed' };
  readonly #options: MouthOptions;
  #line: LineEnd | null = null;
  #opening: Promise<boolean> | null = null;
  #track: MediaStreamTrack | null = null;
  #isPressed = false;
  #isClosed = false;
  #forceTcp = false;

  constructor(options: MouthOptions) {
    this.#options = options;
  }

  /** Whether the coach means to talk, be it that it works or is on its way. */
  get isPressed(): boolean {
    return this.#isPressed;
  }

  /** The button is held from now on. */
  async press(): Promise<void> {
    if (this.#isPressed || this.#isClosed) return;
    this.#isPressed = true;
    // A line that went with a lost connection is found gone by the first word; then there is a new one for it.
    for (const isLast of [false, true]) {
      if (!(await this.#open())) {
        this.#isPressed = false;
        return;
      }
      if (!this.#isPressed || (await this.#talk(true, isLast))) return;
    }
  }

  /** The button is let go. What is on its way is still heard. */
  async release(): Promise<void> {
    if (!this.#isPressed) return;
    this.#isPressed = false;
    if (this.#line) await this.#talk(false);
  }

  /** The server says that the host's earpiece is out. */
  unheard(): void {
    if (this.state.name === 'talking') this.#say({ name: 'no-ear' });
    this.#mute(true);
    this.#isPressed = false;
  }

  close(): void {
    this.#isClosed = true;
    this.#isPressed = false;
    this.#mute(true);
    this.#line?.close(true);
    this.#line = null;
    this.#say({ name: 'closed' });
  }

  #open(): Promise<boolean> {
    if (this.#line) return Promise.resolve(true);
    this.#opening ??= this.#build().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #build(): Promise<boolean> {
    this.#say({ name: 'opening' });
    try {
      this.#track = await this.#options.microphone.open();
    } catch {
      this.#say({ name: 'microphone' });
      return false;
    }
    try {
      const line = await (this.#options.speak ?? speakInto)(this.#options.source, this.#track, { forceTcp: this.#forceTcp, onBroken: () => this.#broke() });
      if (this.#isClosed) {
        line.close(true);
        return false;
      }
      this.#line = line;
      this.#say({ name: 'ready' });
      return true;
    } catch (error) {
      this.#refused(error);
      return false;
    }
  }

  /** @returns false when the line is gone, and nothing has been said of that yet */
  async #talk(isTalking: boolean, isLast = true): Promise<boolean> {
    // Before the server is asked: what is said while the answer is on its way is not lost, and what is said after the end not sent.
    this.#mute(!isTalking);
    const answer = await this.#options.source.request('whisper.talk', { isTalking });
    if (this.#isClosed || isTalking !== this.#isPressed) return true;
    if (answer.ok) {
      this.#say({ name: isTalking ? 'talking' : 'ready' });
      return true;
    }
    const isGone = answer.error.code === 'media.not-found';
    if (isGone) this.#drop();
    if (isGone && !isLast) return false;
    this.#mute(true);
    this.#isPressed = false;
    this.#refused(new LineError(answer.error));
    return true;
  }

  #broke(): void {
    this.#drop();
    this.#forceTcp = !this.#forceTcp;
    this.#say({ name: 'failed' });
  }

  #drop(): void {
    this.#mute(true);
    this.#line?.close(false);
    this.#line = null;
  }

  #refused(error: unknown): void {
    const { code, params } = error instanceof LineError ? error : { code: '', params: {} as Record<string, string | number> };
    if (code === 'whisper.busy') this.#say({ name: 'busy', by: String(params['name'] ?? '') });
    else this.#say({ name: code === 'whisper.no-ear' ? 'no-ear' : 'failed' });
  }

  #mute(isMuted: boolean): void {
    if (this.#track) this.#track.enabled = !isMuted;
  }

  #say(state: MouthState): void {
    this.state = state;
    this.#options.onChange(state);
  }
}
