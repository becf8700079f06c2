// Owns the helpers of scoring: what is worked out of a show from its pins, its sound, its words and its questions. Pure.
import { type Framing, framings, type Light, lights } from '../../protocol/scoring-limits.ts';
import type { PracticeFigures } from '../../protocol/scoring.ts';
import { type SaidPrice, saysPrice } from '../../protocol/price-said.ts';
import { type Loud, speechOf } from './speech.ts';

/** Everything the figures are made of; times on the server's clock, ms. */
export interface PracticeFacts {
  startedAt: number;
  /** Of a show that goes on, now. */
  endedAt: number;
  /** Times a product was the main pin, in the order of time. */
  pins: readonly { productId: string; startedAt: number; endedAt: number }[];
  names: ReadonlyMap<string, string>;
  pricesOf: (productId: string) => readonly SaidPrice[];
  /** Seconds of sound, in the order of time. */
  loud: readonly Loud[];
  looks: readonly { light: Light; framing: Framing }[];
  /** What was said, as captions tell it. */
  said: readonly { at: number; text: string }[];
  /** When the host's page heard a price or the host ticked it, and the times in which it told anything of that at all. */
  pricesTold: readonly { productId: string; at: number }[];
  listened: readonly { from: number; to: number }[];
  questions: { asked: number; answered: number };
  toReplayMs: (at: number) => number | null;
}

/** Shorter than this a product was not explained. */
const SHORTEST_MS = 5_000;
/** A sentence that began before the pin may end after it. */
const LEAD_MS = 3_000;
const DEAD_AIR_MOST = 20;
/** Per minute says nothing of a show that has hardly begun. */
const RATE_FROM_SECONDS = 60;

export function practiceFigures(facts: PracticeFacts): PracticeFigures {
  const { startedAt, endedAt, loud, looks, questions, toReplayMs } = facts;
  const seconds = Math.max(0, Math.round((endedAt - startedAt) / 1000));
  const speech = speechOf(loud);
  const moment = (at: number) => ({ at, replayMs: toReplayMs(at) });
  return {
    seconds,
    speech:
      loud.length === 0
        ? null
        : { ...speech, deadAir: speech.deadAir.toSorted((a, b) => b.seconds - a.seconds).slice(0, DEAD_AIR_MOST).map((pause) => ({ ...moment(pause.at), seconds: pause.seconds })) },
    pins: facts.pins.flatMap((pin) => {
      const from = Math.max(pin.startedAt, startedAt);
      const to = Math.min(pin.endedAt, endedAt);
      if (to - from < SHORTEST_MS) return [];
      const saidAt = priceSaidAt(facts, pin.productId, from, to);
      return [
        {
          ...moment(from),
          productId: pin.productId,
          name: facts.names.get(pin.productId) ?? '',
          seconds: Math.round((to - from) / 1000),
          priceSaidAfter: saidAt === null ? null : Math.max(0, Math.round((saidAt - from) / 1000)),
          isHeard: saidAt !== null || facts.said.some(({ at }) => at >= from && at < to) || facts.listened.some((span) => span.from < to && span.to > from),
        },
      ];
    }),
    questions: { ...questions, answeredPerMinute: seconds < RATE_FROM_SECONDS ? null : Math.round((questions.answered / seconds) * 60 * 100) / 100 },
    picture: looks.length === 0 ? null : { looks: looks.length, light: shares(lights, looks.map(({ light }) => light)), framing: shares(framings, looks.map(({ framing }) => framing)) },
  };
}

function priceSaidAt({ pricesOf, said, pricesTold }: PracticeFacts, productId: string, from: number, to: number): number | null {
  const prices = pricesOf(productId);
  const times = [
    ...said.filter(({ at, text }) => at >= from - LEAD_MS && at < to && saysPrice(text, prices)).map(({ at }) => at),
    ...pricesTold.filter((told) => told.productId === productId && told.at >= from - LEAD_MS && told.at < to).map(({ at }) => at),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

function shares<Name extends string>(names: readonly Name[], found: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, Math.round((found.filter((each) => each === name).length / found.length) * 1000) / 1000])) as Record<Name, number>;
}
