// Owns what became of orders, told apart by product, area, packer and courier: sent late, refused, given back. Pure.
import type { Fulfilment } from '../../protocol/analytics.ts';
import { type CountName, type FulfilmentGroup, fulfilmentGroups, type FulfilmentName, fulfilmentNames, withRatiosOf } from '../../protocol/figures.ts';
import type { SaleLine } from '../../shop/index.ts';
import { isDue, isLate, isPlaced, reachedDoor } from './counts.ts';
import { isSmall } from './hiding.ts';
import type { PhasedSale, ShowFacts } from './show-facts.ts';

/** Of each kind; further ones are told together. */
const GROUPS_MOST = 100;

type Counts = Record<FulfilmentName & CountName, number>;
const countNames = ['orders', 'paidMinor', 'refundedMinor', 'codReached', 'codRefused', 'dueOrders', 'lateOrders'] as const satisfies readonly (keyof Counts)[];

/** A product, an area, somebody who packs, a courier. */
export interface CountedGroup {
  by: FulfilmentGroup;
  /** Empty: not known, or small ones together. */
  id: string;
  name: string;
  counts: Counts;
  buyers: ReadonlySet<string>;
}

/** Groups of all orders that count for the show. */
export function fulfilmentIn({ sales, linesOf, now }: ShowFacts): CountedGroup[] {
  return fulfilmentOver(
    sales.filter(isPlaced).map((sale) => {
      const { area, staff, courier, buyer, orderId } = sale;
      const buyers = new Set([buyer || orderId]);
      const counts = countsOf(sale, now);
      const group = (by: FulfilmentGroup, id: string, name: string, own = counts): CountedGroup => ({ by, id, name, counts: own, buyers });
      return [
        ...shares(sale, linesOf(orderId)).map(({ line, ...money }) => group('product', line.productId, line.name, { ...counts, ...money })),
        group('area', area, area),
        group('staff', staff ? `${staff.role} ${staff.name}` : '', staff ? staff.name || staff.role : ''),
        group('courier', courier ? (courier.id ?? `carrier ${courier.name}`) : '', courier?.name ?? ''),
      ];
    }),
  );
}

/** Of several shows, or orders, as one; those with the most orders first. */
export function fulfilmentOver(all: readonly (readonly CountedGroup[])[]): CountedGroup[] {
  const groups = new Map<string, CountedGroup & { buyers: Set<string> }>();
  for (const group of all.flat()) {
    const key = `${group.by} ${group.id}`;
    const known = groups.get(key);
    if (!known) {
      groups.set(key, { ...group, counts: { ...group.counts }, buyers: new Set(group.buyers) });
      continue;
    }
    for (const name of countNames) known.counts[name] += group.counts[name];
    for (const buyer of group.buyers) known.buyers.add(buyer);
  }
  return [...groups.values()].sort((a, b) => fulfilmentGroups.indexOf(a.by) - fulfilmentGroups.indexOf(b.by) || b.counts.orders - a.counts.orders || a.name.localeCompare(b.name));
}

/** @param isShared for somebody else than the seller: groups of fewer than five buyers are told together, with others where they are too few even so */
export function fulfilmentTold(groups: readonly CountedGroup[], isShared: boolean): Fulfilment[] {
  return fulfilmentGroups.flatMap((by) => withRest(groups.filter((group) => group.by === by), isShared)).map(({ by, id, name, counts }) => ({ by, id, name, ...withRatiosOf(fulfilmentNames, counts) }));
}

function withRest(groups: readonly CountedGroup[], isShared: boolean): CountedGroup[] {
  const isHidden = ({ buyers }: CountedGroup): boolean => isShared && isSmall(buyers.size);
  const isTold = (group: CountedGroup, index: number): boolean => group.id !== '' && index < GROUPS_MOST && !isHidden(group);
  const told = groups.filter(isTold);
  let rest = asRest(groups.filter((group, index) => !isTold(group, index)));
  // What is missing in the sum of all would be the rest.
  while (rest && isHidden(rest) && told.length > 0) rest = asRest([rest, told.pop() as CountedGroup]);
  return rest && !isHidden(rest) ? [...told, rest] : told;
}

function asRest(groups: readonly CountedGroup[]): CountedGroup | undefined {
  return fulfilmentOver([groups.map((group) => ({ ...group, id: '', name: '' }))])[0];
}

function countsOf(sale: PhasedSale & { placedAt: number }, now: number): Counts {
  const one = (is: boolean): number => (is ? 1 : 0);
  const due = isDue(sale, now);
  const reached = reachedDoor(sale);
  return {
    orders: 1,
    paidMinor: sale.paidMinor,
    refundedMinor: sale.refundedMinor,
    codReached: one(reached),
    codRefused: one(reached && sale.state === 'refused'),
    dueOrders: one(due),
    lateOrders: one(due && isLate(sale, now)),
  };
}

/** An order's money among its goods by their value, to the cent: what is given back is given for the order, whatever it was for. */
function shares({ paidMinor, refundedMinor }: PhasedSale, lines: readonly SaleLine[]): { line: SaleLine; paidMinor: number; refundedMinor: number }[] {
  const values = lines.map(({ goodsMinor, units }) => ({ goodsMinor, units }));
  const isFree = values.every(({ goodsMinor }) => goodsMinor === 0);
  const weights = values.map(({ goodsMinor, units }) => (isFree ? units : goodsMinor));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return lines.map((line, index) => {
    const from = before;
    before += weights[index] ?? 0;
    const part = (minor: number): number => Math.round((minor * before) / all) - Math.round((minor * from) / all);
    return { line, paidMinor: part(paidMinor), refundedMinor: part(refundedMinor) };
  });
}
