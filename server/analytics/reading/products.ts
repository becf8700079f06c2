// Owns the figures of each product of a show: how long it was explained, who saw and opened it, what it sold. Pure.
import type { ProductFigures } from '../../protocol/analytics.ts';
import type { Product } from '../../protocol/shop.ts';
import { phases } from '../rollup/raw-event.ts';
import { isPlaced, reachedDoor } from './counts.ts';
import { pinnedMs, type ShowFacts } from './show-facts.ts';

/** All products on the shelf, pinned or sold; what sold most comes first. */
export function productsOf(facts: ShowFacts, shelf: readonly Pick<Product, 'id' | 'name'>[]): ProductFigures[] {
  const { totals, pins } = facts;
  const sold = soldIn(facts);
  const names = new Map([...[...sold].map(([id, { name }]) => [id, name] as const), ...shelf.map(({ id, name }) => [id, name] as const)]);
  const impressions = totals.bySubject(phases, 'impressions');
  const clicks = totals.bySubject(phases, 'clicks');
  const units = totals.bySubject(phases, 'cartUnits');
  const ids = new Set([...names.keys(), ...pins.map(({ productId }) => productId), ...impressions.keys(), ...clicks.keys()]);
  return [...ids]
    .map((productId) => {
      const own = pins.filter((pin) => pin.productId === productId && pinnedMs(pin, facts) > 0);
      const explainedSeconds = own.filter(({ rank }) => rank === 0).reduce((ms, pin) => ms + pinnedMs(pin, facts), 0) / 1000;
      const sales = sold.get(productId) ?? { orders: 0, units: 0, goodsMinor: 0, codReached: 0, codRefused: 0 };
      const seen = impressions.get(productId) ?? 0;
      const opened = clicks.get(productId) ?? 0;
      return {
        productId,
        name: names.get(productId) ?? '',
        pins: own.length,
        explainedSeconds,
        impressions: seen,
        impressionPeople: totals.people(phases, 'saw', productId),
        clicks: opened,
        clickPeople: totals.people(phases, 'clicked', productId),
        cartPeople: totals.people(phases, 'carted', productId),
        cartUnits: units.get(productId) ?? 0,
        orders: sales.orders,
        units: sales.units,
        placedMinor: sales.goodsMinor,
        placedMinorPerMinute: explainedSeconds > 0 ? (sales.goodsMinor / explainedSeconds) * 60 : null,
        clickRate: seen > 0 ? opened / seen : null,
        orderRate: opened > 0 ? sales.orders / opened : null,
        codReached: sales.codReached,
        codRefused: sales.codRefused,
      };
    })
    .sort((a, b) => b.placedMinor - a.placedMinor || b.clicks - a.clicks || a.name.localeCompare(b.name));
}

interface Sold {
  name: string;
  orders: number;
  units: number;
  goodsMinor: number;
  codReached: number;
  codRefused: number;
}

function soldIn({ sales, linesOf }: ShowFacts): Map<string, Sold> {
  const sold = new Map<string, Sold>();
  for (const sale of sales) {
    if (!isPlaced(sale)) continue;
    const reached = reachedDoor(sale) ? 1 : 0;
    const refused = reached > 0 && sale.state === 'refused' ? 1 : 0;
    for (const { productId, name, units, goodsMinor } of linesOf(sale.orderId)) {
      const own = sold.get(productId) ?? { name, orders: 0, units: 0, goodsMinor: 0, codReached: 0, codRefused: 0 };
      sold.set(productId, { name: own.name, orders: own.orders + 1, units: own.units + units, goodsMinor: own.goodsMinor + goodsMinor, codReached: own.codReached + reached, codRefused: own.codRefused + refused });
    }
  }
  return sold;
}
