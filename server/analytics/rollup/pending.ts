// Owns roll-ups of one show that are not kept yet: sums that grew, sets that changed.
import type { Counter, PeopleSet, RollUp } from './counters.ts';
import { Members } from './members.ts';
import type { Phase } from './raw-event.ts';

export interface Sum {
  phase: Phase;
  minute: number;
  counter: Counter;
  subject: string;
  amount: number;
}
export interface NamedSet {
  phase: Phase;
  name: PeopleSet;
  subject: string;
  members: Members;
}

export class Pending implements RollUp {
  readonly #sets = new Map<string, NamedSet>();
  /** By phase, counter, subject, minute: joining them to one key for each event was a third of the time of an event. */
  #sums = new Map<Phase, Map<Counter, Map<string, Map<number, Sum>>>>();
  #changed = new Set<NamedSet>();

  /** @param sets all that the show has, because a set is kept as a whole */
  constructor(sets: readonly NamedSet[] = []) {
    for (const set of sets) this.#sets.set(keyOf(set.phase, set.name, set.subject), set);
  }

  add(phase: Phase, minute: number, counter: Counter, subject: string, amount: number): void {
    if (amount === 0) return;
    const byMinute = entry(entry(entry(this.#sums, phase), counter), subject);
    const sum = byMinute.get(minute);
    if (sum) sum.amount += amount;
    else byMinute.set(minute, { phase, minute, counter, subject, amount });
  }

  join(phase: Phase, name: PeopleSet, subject: string, device: number): void {
    const key = keyOf(phase, name, subject);
    let set = this.#sets.get(key);
    if (!set) this.#sets.set(key, (set = { phase, name, subject, members: new Members() }));
    if (set.members.add(device)) this.#changed.add(set);
  }

  /** Hands over what changed since the last time. */
  take(): { sums: Sum[]; sets: NamedSet[] } {
    const sums = [...this.#sums.values()].flatMap((counters) => [...counters.values()].flatMap((subjects) => [...subjects.values()].flatMap((minutes) => [...minutes.values()])));
    const taken = { sums, sets: [...this.#changed] };
    this.#sums = new Map();
    this.#changed = new Set();
    return taken;
  }

  /** What was taken could not be kept. */
  giveBack({ sums, sets }: { sums: readonly Sum[]; sets: readonly NamedSet[] }): void {
    for (const { phase, minute, counter, subject, amount } of sums) this.add(phase, minute, counter, subject, amount);
    for (const set of sets) this.#changed.add(set);
  }
}

function keyOf(phase: Phase, name: PeopleSet, subject: string): string {
  return `${phase}|${name}|${subject}`;
}

/** The map below a key, made where there is none. */
function entry<Key, InnerKey, Value>(map: Map<Key, Map<InnerKey, Value>>, key: Key): Map<InnerKey, Value> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map()));
  return inner;
}
