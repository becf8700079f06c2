// Owns who comes in when many come at once. libuv takes one new connection a turn of the event loop (since 1.45), so turns that serve whoever is
// in already keep newcomers at the door: fifty connections at once waited for 450 ms. While newcomers arrive, requests are held for a moment: the
// turns are short then, everybody is in, and what they asked shares its commits.
import type { Server } from 'node:net';

const HOLD_MS = 60;

export class Door {
  readonly #waiting: (() => void)[] = [];
  #isArriving = false;
  #isTurning = false;
  #heldSince = 0;

  /** Watches for new connections of `server`, with or without TLS. */
  watch(server: Server): void {
    server.on('connection', () => {
      this.#isArriving = true;
      this.#turn();
    });
  }

  /** Calls `serve` at once while nobody is at the door, else when nobody is any more, and after `HOLD_MS` at the latest. */
  enter(serve: () => void): void {
    if (!this.#isArriving && this.#waiting.length === 0) return serve();
    if (this.#waiting.length === 0) this.#heldSince = performance.now();
    this.#waiting.push(serve);
    this.#turn();
  }

  #turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      if (this.#waiting.length > 0 && (!this.#isArriving || performance.now() - this.#heldSince > HOLD_MS)) {
        for (const serve of this.#waiting.splice(0)) serve();
      }
      this.#isArriving = false;
      if (this.#waiting.length > 0) this.#turn();
    });
  }
}
