// Owns one direction of a network: what it loses, how long it takes, and the modem's queue before its narrowest place.
import { TimedQueue } from './timed-queue.ts';

export interface LineConditions {
  /** Share of packets that are lost, 0 to 1. A lost piece of a TCP stream is late instead, and all behind it with it. */
  loss: number;
  /** How many packets are lost in a row on average; 1 = each by itself. */
  lossBurst: number;
  /** One way. */
  delayMs: number;
  /** Up to this much on top of the delay, another one for each packet; the order stays. */
  jitterMs: number;
  /** Of the narrowest place, for all that goes this way together; Infinity = not narrow. */
  rateKbps: number;
  /** How long the queue before it gets; what comes then is dropped (tail drop). */
  queueMs: number;
}

export const CLEAR: LineConditions = { loss: 0, lossBurst: 1, delayMs: 0, jitterMs: 0, rateKbps: Infinity, queueMs: 400 };

/** First wait of TCP for an answer; doubled each further time. */
const RETRANSMIT_MS = 200;

export class Line {
  /** Of UDP: what was given to the line, and what of it never came out. */
  readonly counts = { packets: 0, bytes: 0, dropped: 0 };
  #conditions: LineConditions = CLEAR;
  readonly #random: () => number;
  #isInBurst = false;
  readonly #queue: { size: number; go: () => void }[] = [];
  #queuedBytes = 0;
  #headThroughAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #flight = new TimedQueue();

  /** @param random numbers from 0 to 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  get conditions(): LineConditions {
    return this.#conditions;
  }

  /** Changes what is named, from now on and for what is in the queue already. */
  set(change: Partial<LineConditions>): void {
    this.#conditions = { ...this.#conditions, ...change };
    const [head] = this.#queue;
    if (!head) return;
    this.#headThroughAt = performance.now() + this.#throughMs(head.size);
    this.#arm();
  }

  /** UDP: `deliver` runs when the packet comes out, if it does. */
  carryDatagram(size: number, deliver: () => void): void {
    this.counts.packets += 1;
    this.counts.bytes += size;
    const { rateKbps, queueMs } = this.#conditions;
    if (this.#isLost() || (this.#queuedBytes + size) * 8 > rateKbps * queueMs) {
      this.counts.dropped += 1;
      return;
    }
    this.#enter(size, deliver);
  }

  /** TCP: always comes out. @param deliver is told by how much losses have made it late */
  carrySegment(size: number, deliver: (lateMs: number) => void): void {
    let lateMs = 0;
    for (let tryMs = RETRANSMIT_MS; lateMs < 10_000 && this.#isLost(); tryMs *= 2) lateMs += tryMs;
    this.#enter(size, () => deliver(lateMs));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#flight.clear();
  }

  /** Two states (Gilbert): in a burst everything is lost. */
  #isLost(): boolean {
    const { loss, lossBurst } = this.#conditions;
    if (loss === 0) return (this.#isInBurst = false);
    if (loss >= 1) return true;
    const stays = 1 - 1 / lossBurst;
    const begins = Math.min(1, loss / (lossBurst * (1 - loss)));
    // A burst of one is not a state: each packet for itself.
    this.#isInBurst = lossBurst <= 1 ? this.#random() < loss : this.#random() < (this.#isInBurst ? stays : begins);
    return this.#isInBurst;
  }

  #throughMs(size: number): number {
    return (size * 8) / this.#conditions.rateKbps;
  }

  #enter(size: number, deliver: () => void): void {
    const go = () => this.#flight.push(this.#conditions.delayMs + this.#random() * this.#conditions.jitterMs, deliver);
    if (this.#queue.length === 0 && this.#conditions.rateKbps === Infinity) {
      go();
      return;
    }
    this.#queuedBytes += size;
    if (this.#queue.push({ size, go }) > 1) return;
    this.#headThroughAt = Math.max(this.#headThroughAt, performance.now()) + this.#throughMs(size);
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#depart(), Math.max(0, this.#headThroughAt - performance.now()));
  }

  /** By the times at which packets should have gone: a timer that is late does not make the line slower. */
  #depart(): void {
    const now = performance.now();
    while (this.#queue[0] && this.#headThroughAt <= now) {
      const { size, go } = this.#queue.shift() as { size: number; go: () => void };
      this.#queuedBytes -= size;
      if (this.#queue[0]) this.#headThroughAt += this.#throughMs(this.#queue[0].size);
      go();
    }
    this.#arm();
  }
}
