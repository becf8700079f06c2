// Owns what has to be remembered of one device to count it right: what it watched, and its entry that goes on.
import { type Phase, phases } from './raw-event.ts';
import { Watched } from './watched.ts';

/** An entry from its beginning, with what was watched since. */
export interface Entry {
  at: number;
  lastAt: number;
  watchedMs: number;
}

export class DeviceStory {
  readonly watched: Watched;
  /** One a phase: live and replay are counted apart. */
  readonly #entries: (Entry | undefined)[];
  readonly #watchedMs: number[];

  /** The network that it was first heard of from; empty: none that is told apart. */
  readonly area: string;

  /** @param kept as `toText()` gave it */
  constructor(kept?: string, area = '') {
    this.area = area;
    const [watched, entries, watchedMs] = kept === undefined ? [[], [], []] : (JSON.parse(kept) as [number[], (number[] | null)[], number[]]);
    this.watched = new Watched(watched);
    this.#entries = entries.map((entry) => (entry ? { at: entry[0] as number, lastAt: entry[1] as number, watchedMs: entry[2] as number } : undefined));
    this.#watchedMs = watchedMs;
  }

  entry(phase: Phase): Entry | undefined {
    return this.#entries[phases.indexOf(phase)];
  }

  enter(phase: Phase, at: number): Entry {
    const entry: Entry = { at, lastAt: at, watchedMs: 0 };
    this.#entries[phases.indexOf(phase)] = entry;
    return entry;
  }

  /** @returns watch time of a phase before and after */
  watch(phase: Phase, ms: number): [before: number, after: number] {
    const index = phases.indexOf(phase);
    const before = this.#watchedMs[index] ?? 0;
    this.#watchedMs[index] = before + ms;
    return [before, before + ms];
  }

  toText(): string {
    const entries = phases.map((_, index) => this.#entries[index]).map((entry) => (entry ? [entry.at, entry.lastAt, entry.watchedMs] : null));
    return JSON.stringify([this.watched.flat(), entries, phases.map((_, index) => this.#watchedMs[index] ?? 0)]);
  }
}
