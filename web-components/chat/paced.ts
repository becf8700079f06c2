// Owns doing something again and again, but not too often: at once after a rest, else when the rest is over.

export class Paced {
  readonly #work: () => void;
  readonly #restMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDue = false;

  constructor(work: () => void, restMs: number) {
    this.#work = work;
    this.#restMs = restMs;
  }

  ask(): void {
    this.#isDue = true;
    if (this.#timer === undefined) this.#do();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
  }

  #do(): void {
    this.#timer = undefined;
    if (!this.#isDue) return;
    this.#isDue = false;
    this.#timer = setTimeout(() => this.#do(), this.#restMs);
    this.#work();
  }
}
