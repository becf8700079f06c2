// Owns how each counted figure comes from what was measured and ordered: one line a figure, as server/protocol/figures.ts words it. Pure.
import type { FigureCounts, FigurePhase } from '../../protocol/figures.ts';
import type { CouponTaken } from '../../shop/index.ts';
import { longestOf } from '../rollup/counters.ts';
import { type Phase, phases } from '../rollup/raw-event.ts';
import { type PhasedSale, pinnedMs, type ShowFacts } from './show-facts.ts';

export const UNPAID_MS = 30 * 60_000;
const AFTER_OUTAGE_MS = 60_000;
/** As long as the desk lets an order lie before it calls it stuck. */
const SEND_WITHIN_MS = 3 * 24 * 3600_000;

export function phasesOf(phase: FigurePhase): readonly Phase[] {
  return phase === 'total' ? phases : [phase];
}

export function countsOf(facts: ShowFacts, phase: FigurePhase): FigureCounts {
  const { totals, now } = facts;
  const which = phasesOf(phase);
  const seconds = (ms: number): number => ms / 1000;
  const sum = (counter: Parameters<typeof totals.sum>[1]): number => totals.sum(which, counter);
  const people = (...set: [name: Parameters<typeof totals.people>[1], subject?: string]): number => totals.people(which, ...set);
  const begun = facts.sales.filter((sale) => which.includes(sale.phase));
  const placed = begun.filter(isPlaced);
  const money = (of: (sale: PhasedSale) => number): number => placed.reduce((total, sale) => total + of(sale), 0);
  const starts = totals.bySubject(which, 'starts');
  const startCount = sum('starts');
  const due = placed.filter((sale) => isDue(sale, now));
  const cod = placed.filter(reachedDoor);
  return {
    reach: sum('reach'),
    entries: sum('entries'),
    viewers: people('viewers'),
    validViews: sum('valid'),
    engagedViews: sum('engaged'),
    watchSeconds: seconds(sum('watchMs')),
    stayed30s: people('stayed', '30'),
    stayed60s: people('stayed', '60'),
    stayed180s: people('stayed', '180'),
    stayed300s: people('stayed', '300'),
    interactors: people('interacted'),
    comments: sum('comments'),
    commenters: people('commented'),
    likes: sum('likes'),
    likers: people('liked'),
    shares: sum('shares'),
    sharers: people('shared'),
    newFollowers: people('followed'),
    notFollowing: people('notFollowing'),
    negativeFeedback: sum('negative'),
    productImpressions: sum('impressions'),
    impressionPeople: people('saw'),
    productClicks: sum('clicks'),
    clickPeople: people('clicked'),
    cartPeople: people('carted'),
    cartUnits: sum('cartUnits'),
    checkoutPeople: people('checkout'),
    orders: placed.length,
    units: money(({ units }) => units),
    buyers: buyersOf(placed),
    begunOrders: begun.length,
    unpaidOrders: begun.filter((sale) => isUnpaid(sale, now)).length,
    returningBuyers: buyersOf(placed.filter(({ isReturning }) => isReturning)),
    returningMinor: money(({ isReturning, totalMinor }) => (isReturning ? totalMinor : 0)),
    placedMinor: money(({ totalMinor }) => totalMinor),
    paidMinor: money(({ paidMinor }) => paidMinor),
    refundedMinor: money(({ refundedMinor }) => refundedMinor),
    keptMinor: money(keptMinor),
    codReached: cod.length,
    codRefused: cod.filter(({ state }) => state === 'refused').length,
    dueOrders: due.length,
    lateOrders: due.filter((sale) => isLate(sale, now)).length,
    ...takenCoupons(facts, phase),
    starts: startCount,
    failedStarts: sum('failed'),
    startAttempts: startCount + sum('failed'),
    startP50Ms: percentileMs(starts, startCount, 0.5),
    startP95Ms: percentileMs(starts, startCount, 0.95),
    stalls: sum('stalls'),
    stallSeconds: seconds(sum('stallMs')),
    receivedKbits: sum('kilobytes') * 8,
    ...onAir(facts, phase),
  };
}

/** What is only there while the show is on. */
function onAir(facts: ShowFacts, phase: FigurePhase) {
  const { totals } = facts;
  if (phase === 'replay' || phase === 'after') return { onAirSeconds: null, peakOnline: null, otherMinor: null, contributionMinor: null, explainedSeconds: null, outages: null, outageSeconds: null, ordersAfterOutage: null };
  const { outages } = totals;
  return {
    onAirSeconds: totals.sum(['live'], 'airMs') / 1000,
    peakOnline: totals.peakOnline,
    otherMinor: facts.otherMinor,
    contributionMinor: facts.otherMinor + facts.sales.filter((sale) => isPlaced(sale) && sale.phase === 'live').reduce((value, { totalMinor }) => value + totalMinor, 0),
    explainedSeconds: facts.pins.filter(({ rank }) => rank === 0).reduce((ms, pin) => ms + pinnedMs(pin, facts), 0) / 1000,
    outages: outages.length,
    outageSeconds: outages.reduce((ms, { from, to }) => ms + to - from, 0) / 1000,
    ordersAfterOutage: facts.sales.filter((sale) => isPlaced(sale) && outages.some(({ to }) => sale.placedAt >= to && sale.placedAt < to + AFTER_OUTAGE_MS)).length,
  };
}

/** Of whom only an order tells that they came from the replay. */
function takenCoupons({ coupons }: ShowFacts, phase: FigurePhase) {
  if (phase === 'replay' || phase === 'after') return { couponClaims: null, couponUsers: null };
  const sum = (of: keyof Omit<CouponTaken, 'promotionId'>): number => coupons.reduce((total, taken) => total + taken[of], 0);
  return phase === 'live' ? { couponClaims: sum('liveClaims'), couponUsers: sum('liveUsers') } : { couponClaims: sum('claims'), couponUsers: sum('users') };
}

/** It was sent, or should have been by now. */
export function isDue({ placedAt, sentAt, state }: PlacedSale, now: number): boolean {
  return sentAt !== null || (state !== 'cancelled' && now - placedAt >= SEND_WITHIN_MS);
}

/** Of one that is due. */
export function isLate({ placedAt, sentAt }: PlacedSale, now: number): boolean {
  return (sentAt ?? now) - placedAt > SEND_WITHIN_MS;
}

type PlacedSale = PhasedSale & { placedAt: number };

export function isPlaced<S extends Pick<PhasedSale, 'placedAt'>>(sale: S): sale is S & { placedAt: number } {
  return sale.placedAt !== null;
}

/** On delivery, and taken or refused there. */
export function reachedDoor({ payment, state }: Pick<PhasedSale, 'payment' | 'state'>): boolean {
  return payment === 'cod' && (state === 'delivered' || state === 'refused');
}

export function keptMinor({ paidMinor, refundedMinor, isLost }: Pick<PhasedSale, 'paidMinor' | 'refundedMinor' | 'isLost'>): number {
  return isLost ? 0 : paidMinor - refundedMinor;
}

function isUnpaid({ payment, begunAt, paidAt }: PhasedSale, now: number): boolean {
  return payment !== 'cod' && (paidAt ?? now) - begunAt >= UNPAID_MS;
}

/** Of an erased buyer no more is known than that it was one. */
function buyersOf(sales: readonly PhasedSale[]): number {
  return new Set(sales.map(({ buyer, orderId }) => buyer || orderId)).size;
}

/** The end of the first step up to which `share` of all are; null without any. */
export function percentileMs(steps: ReadonlyMap<string, number>, count: number, share: number): number | null {
  let seen = 0;
  for (const [step, amount] of [...steps].map(([text, amount]) => [Number(text), amount] as const).sort(([a], [b]) => a - b)) {
    seen += amount;
    if (seen >= count * share) return longestOf(step);
  }
  return null;
}
