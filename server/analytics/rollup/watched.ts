// Owns which stretches of time one device has watched, so that no moment counts twice, however many pages and repeats tell of it.
import { LATE_MS } from '../../protocol/telemetry.ts';

/** `[from, to)` in ms since epoch. */
export type Span = readonly [from: number, to: number];

/** Nothing is taken that is older than an hour, so a little more than that is remembered; all before it counts as watched. */
const REMEMBERED_MS = LATE_MS + 5 * 60_000;

export class Watched {
  /** In their order, apart from each other. */
  #spans: [from: number, to: number][];
  #before: number;

  /** @param flat as `flat()` gave it */
  constructor(flat: readonly number[] = []) {
    const [before = 0, ...ends] = flat;
    this.#before = before;
    this.#spans = [];
    for (let index = 0; index < ends.length; index += 2) this.#spans.push([ends[index] as number, ends[index + 1] as number]);
  }

  /** The parts of a span that were not watched before; they are now. */
  add(from: number, to: number): Span[] {
    const last = this.#spans.at(-1);
    // Nearly always one heartbeat follows the other.
    if (last && from >= last[1]) {
      if (from === last[1]) last[1] = to;
      else this.#spans.push([from, to]);
      this.#forget();
      return [[from, to]];
    }
    const fresh: Span[] = [];
    let start = Math.max(from, this.#before);
    for (const [begin, end] of this.#spans) {
      if (end <= start) continue;
      if (begin >= to) break;
      if (begin > start) fresh.push([start, begin]);
      start = Math.max(start, end);
    }
    if (start < to) fresh.push([start, to]);
    if (fresh.length > 0) this.#join(fresh);
    return fresh;
  }

  /** Whether any part of a span was watched. */
  touches(from: number, to: number): boolean {
    // From the end on, because what is asked about is nearly always there.
    for (let index = this.#spans.length - 1; index >= 0; index -= 1) {
      const [begin, end] = this.#spans[index] as Span;
      if (end <= from) return false;
      if (begin < to) return true;
    }
    return false;
  }

  /** For keeping: where memory begins, then beginning and end of each stretch. */
  flat(): number[] {
    return [this.#before, ...this.#spans.flat()];
  }

  #join(fresh: readonly Span[]): void {
    const joined: [number, number][] = [];
    for (const [from, to] of [...this.#spans, ...fresh].sort((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    this.#spans = joined;
    this.#forget();
  }

  #forget(): void {
    this.#before = Math.max(this.#before, (this.#spans.at(-1)?.[1] ?? 0) - REMEMBERED_MS);
    while ((this.#spans[0]?.[1] ?? Infinity) <= this.#before) this.#spans.shift();
  }
}
