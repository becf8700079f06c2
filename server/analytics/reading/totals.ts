// Owns the roll-ups of one show as they are read: sums over its minutes, sets of its people.
import type { Database } from '../../platform/db/database.ts';
import type { Counter, PeopleSet } from '../rollup/counters.ts';
import { Members } from '../rollup/members.ts';
import { productAt } from '../facts/sold-out.ts';
import type { Phase } from '../rollup/raw-event.ts';
import type { AnalyticsTables } from '../store/tables.ts';

export class Totals {
  readonly #sums = new Map<string, Map<string, number>>();
  readonly #sets = new Map<string, Map<string, Members>>();
  /** The most devices of one quarter of a minute. */
  readonly peakOnline: number;
  /** When each outage began, ms since epoch, and how long it was. */
  readonly outages: readonly { from: number; to: number }[];
  /** From when to when nothing was left of a product; null: until the end. */
  readonly soldOut: readonly { productId: string; from: number; to: number | null }[];

  constructor(
    sums: readonly { phase: string; counter: string; subject: string; amount: number }[],
    sets: readonly { phase: string; name: string; subject: string; members: Uint8Array }[],
    peakOnline: number,
  ) {
    for (const { phase, counter, subject, amount } of sums) entry(this.#sums, `${phase} ${counter}`, () => new Map<string, number>()).set(subject, amount);
    for (const { phase, name, subject, members } of sets) entry(this.#sets, `${phase} ${name}`, () => new Map<string, Members>()).set(subject, new Members(members));
    this.peakOnline = peakOnline;
    this.outages = [...(this.#sums.get('live outageMs') ?? [])].map(([from, ms]) => ({ from: Number(from), to: Number(from) + ms })).sort((a, b) => a.from - b.from);
    const restocked = [...(this.#sums.get('live restocked')?.keys() ?? [])].map(productAt).sort((a, b) => a.at - b.at);
    this.soldOut = [...(this.#sums.get('live soldOut')?.keys() ?? [])]
      .map(productAt)
      .map(({ productId, at }) => ({ productId, from: at, to: restocked.find((back) => back.productId === productId && back.at > at)?.at ?? null }))
      .sort((a, b) => a.from - b.from);
  }

  /** @param subject missing: of all subjects together */
  sum(phases: readonly Phase[], counter: Counter, subject?: string): number {
    let sum = 0;
    for (const phase of phases) {
      const bySubject = this.#sums.get(`${phase} ${counter}`);
      if (subject !== undefined) sum += bySubject?.get(subject) ?? 0;
      else for (const amount of bySubject?.values() ?? []) sum += amount;
    }
    return sum;
  }

  /** Sums of each subject. */
  bySubject(phases: readonly Phase[], counter: Counter): Map<string, number> {
    const sums = new Map<string, number>();
    for (const phase of phases) for (const [subject, amount] of this.#sums.get(`${phase} ${counter}`) ?? []) sums.set(subject, (sums.get(subject) ?? 0) + amount);
    return sums;
  }

  /** How many are in the set, nobody twice. @param subject missing: of any subject */
  people(phases: readonly Phase[], name: PeopleSet, subject?: string): number {
    return this.#members(phases, name, subject).count;
  }

  /** How many of a set of one subject are in another set too. */
  peopleInBoth(phases: readonly Phase[], name: PeopleSet, subject: string, other: PeopleSet): number {
    return Members.common(this.#members(phases, name, subject), this.#members(phases, other));
  }

  /** Of what there is such a set. */
  subjects(phases: readonly Phase[], name: PeopleSet): Set<string> {
    return new Set(phases.flatMap((phase) => [...(this.#sets.get(`${phase} ${name}`)?.keys() ?? [])]));
  }

  #members(phases: readonly Phase[], name: PeopleSet, subject?: string): Members {
    return Members.union(
      phases.flatMap((phase) => {
        const bySubject = this.#sets.get(`${phase} ${name}`);
        if (subject === undefined) return [...(bySubject?.values() ?? [])];
        return bySubject?.get(subject) ?? [];
      }),
    );
  }
}

export async function readTotals(database: Database, show: number): Promise<Totals> {
  const reader = database.read<AnalyticsTables>();
  const [sums, sets, peak] = await Promise.all([
    reader
      .selectFrom('sums')
      .select((eb) => ['phase', 'counter', 'subject', eb.fn.sum<number>('amount').as('amount')])
      .where('show', '=', show)
      .groupBy(['phase', 'counter', 'subject'])
      .execute(),
    reader.selectFrom('sets').selectAll().where('show', '=', show).execute(),
    reader.selectFrom('sums').select((eb) => eb.fn.max('amount').as('most')).where('show', '=', show).where('phase', '=', 'live').where('counter', '=', 'online').executeTakeFirst(),
  ]);
  return new Totals(sums, sets, peak?.most ?? 0);
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
