// Owns a show's orders as they are read again and again while it is on: all of them once, then those that the shop has told of since.
import type { Bus } from '../../platform/events.ts';
import type { Order } from '../../protocol/order.ts';
import type { CouponTaken, Sale, SaleLine, SalePromotion, Sales, ShopFacts } from '../../shop/index.ts';

/** Shows whose orders are held. */
const HELD = 12;

interface Held {
  sales: Map<string, Sale>;
  lines: Map<string, SaleLine[]>;
  promotions: Map<string, SalePromotion[]>;
}

export interface SalesOfShow {
  sales: readonly Sale[];
  linesOf(orderId: string): readonly SaleLine[];
  promotionsBy(orderId: string): readonly SalePromotion[];
}

export class SalesBook {
  readonly #sales: Sales;
  readonly #held = new Map<string, Promise<Held>>();
  readonly #changed = new Map<string, Set<string>>();

  constructor(sales: Sales) {
    this.#sales = sales;
  }

  /** Listens for what changes. @returns what ends it */
  follow(bus: Bus<ShopFacts>): () => void {
    const noted = ({ order }: { order: Pick<Order, 'id' | 'showId'> }): void => {
      if (!this.#held.has(order.showId)) return;
      const changed = this.#changed.get(order.showId) ?? new Set();
      this.#changed.set(order.showId, changed.add(order.id));
    };
    const ends = [bus.on('order.placed', noted), bus.on('order.changed', noted), bus.on('payment.changed', noted)];
    return () => {
      for (const end of ends) end();
    };
  }

  /** As the tables of orders have them now. */
  async of(showId: string): Promise<SalesOfShow> {
    const before = this.#held.get(showId);
    const changed = [...(this.#changed.get(showId) ?? [])];
    this.#changed.delete(showId);
    const next = before ? before.then((held) => (changed.length === 0 ? held : this.#read(showId, held, changed))) : this.#read(showId, { sales: new Map(), lines: new Map(), promotions: new Map() });
    // Set anew it is the last of the map, and the first is the one not asked for longest.
    this.#held.delete(showId);
    this.#held.set(showId, next);
    if (this.#held.size > HELD) this.forget(this.#held.keys().next().value as string);
    next.catch(() => this.forget(showId));
    const { sales, lines, promotions } = await next;
    return { sales: [...sales.values()], linesOf: (orderId) => lines.get(orderId) ?? [], promotionsBy: (orderId) => promotions.get(orderId) ?? [] };
  }

  /** Value placed at the seller by its other shows meanwhile. */
  besides(showId: string, time: { sellerId: string; from: number; to: number }): Promise<number> {
    return this.#sales.besides(showId, time);
  }

  coupons(showId: string, time: { endedAt: number; until: number }): Promise<CouponTaken[]> {
    return this.#sales.couponsOf(showId, time);
  }

  forget(showId: string): void {
    this.#held.delete(showId);
    this.#changed.delete(showId);
  }

  async #read(showId: string, held: Held, orderIds?: readonly string[]): Promise<Held> {
    const [sales, lines, promotions] = await Promise.all([this.#sales.ofShow(showId, orderIds), this.#sales.linesOf(showId, orderIds), this.#sales.promotionsOf(showId, orderIds)]);
    for (const sale of sales) {
      held.sales.set(sale.orderId, sale);
      held.lines.set(sale.orderId, []);
      held.promotions.set(sale.orderId, []);
    }
    for (const line of lines) held.lines.get(line.orderId)?.push(line);
    for (const promotion of promotions) held.promotions.get(promotion.orderId)?.push(promotion);
    return held;
  }
}
