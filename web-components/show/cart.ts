// Owns the cart of one show on this device, and how it looks against the shelf as it is now.
import { ORDER_LINE_LIMIT, QUANTITY_LIMIT } from '../../server/protocol/order-limits.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { ShownVariant } from '../ui/index.ts';
import { type DeviceStorage, Kept } from './storage.ts';
import { Watchable } from './watchable.ts';

interface CartLine {
  variantId: string;
  quantity: number;
  /** Price when it was put in or last accepted, to tell of a change. */
  seenPriceMinor: number;
}

/** A line as the page shows it. `product` is null when the shelf no longer has it. */
export interface CartRow {
  variantId: string;
  quantity: number;
  product: Product | null;
  variant: Variant | null;
  totalMinor: number;
  /** What has to be settled before ordering; a changed price is only told. */
  fault: 'gone' | 'too-many' | null;
  isPriceChanged: boolean;
}

const isLines = (value: unknown): boolean =>
  Array.isArray(value) && value.every((line) => typeof line?.variantId === 'string' && Number.isInteger(line.quantity) && Number.isInteger(line.seenPriceMinor));

export class Cart extends Watchable {
  #kept: Kept<CartLine[]>;
  #lines: CartLine[];

  constructor(storage: DeviceStorage, serverUrl: string, showId: string) {
    super();
    this.#kept = new Kept(storage, `cart:${serverUrl}:${showId}`, isLines);
    this.#lines = this.#kept.read() ?? [];
  }

  /** Pieces of all lines. */
  get count(): number {
    return this.#lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  quantityOf(variantId: string): number {
    return this.#lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
  }

  /** Adds up to what is in stock; answers how many were really added. */
  add(variant: ShownVariant, quantity = 1): number {
    const present = this.quantityOf(variant.id);
    const most = Math.min(variant.stock, QUANTITY_LIMIT);
    const added = Math.max(0, Math.min(quantity, most - present));
    if (added === 0 || (present === 0 && this.#lines.length >= ORDER_LINE_LIMIT)) return 0;
    this.#write(
      present > 0
        ? this.#lines.map((line) => (line.variantId === variant.id ? { ...line, quantity: present + added } : line))
        : [...this.#lines, { variantId: variant.id, quantity: added, seenPriceMinor: variant.listMinor ?? variant.priceMinor }],
    );
    return added;
  }

  /** Sets a line's quantity; 0 removes it. */
  set(variantId: string, quantity: number): void {
    const whole = Math.min(Math.max(0, Math.trunc(quantity)), QUANTITY_LIMIT);
    this.#write(
      whole === 0
        ? this.#lines.filter((line) => line.variantId !== variantId)
        : this.#lines.map((line) => (line.variantId === variantId ? { ...line, quantity: whole } : line)),
    );
  }

  /** Takes ordered pieces out; what was added meanwhile stays. */
  take(lines: readonly { variantId: string; quantity: number }[]): void {
    const taken = new Map(lines.map(({ variantId, quantity }) => [variantId, quantity]));
    this.#write(
      this.#lines.map((line) => ({ ...line, quantity: line.quantity - (taken.get(line.variantId) ?? 0) })).filter(({ quantity }) => quantity > 0),
    );
  }

  /** The buyer has seen the prices as they are now. */
  acceptPrices(snapshot: ShowSnapshot): void {
    this.#write(this.#lines.map((line) => ({ ...line, seenPriceMinor: find(snapshot, line.variantId)?.variant.priceMinor ?? line.seenPriceMinor })));
  }

  rows(snapshot: ShowSnapshot | null): CartRow[] {
    return this.#lines.map(({ variantId, quantity, seenPriceMinor }) => {
      const found = find(snapshot, variantId);
      const priceMinor = found?.variant.priceMinor ?? seenPriceMinor;
      const { listMinor = priceMinor, dealUnits = quantity }: Partial<ShownVariant> = found?.variant ?? {};
      const isGone = snapshot !== null && (!found || found.variant.stock === 0);
      return {
        variantId,
        quantity,
        product: found?.product ?? null,
        variant: found?.variant ?? null,
        totalMinor: priceMinor * quantity + (listMinor - priceMinor) * Math.max(0, quantity - dealUnits),
        fault: isGone ? 'gone' : found && quantity > found.variant.stock ? 'too-many' : null,
        isPriceChanged: priceMinor !== seenPriceMinor,
      };
    });
  }

  #write(lines: CartLine[]): void {
    this.#lines = lines;
    this.#kept.write(lines);
    this.changed();
  }
}

function find(snapshot: ShowSnapshot | null, variantId: string): { product: Product; variant: Variant } | null {
  for (const product of snapshot?.shelf ?? []) {
    const variant = product.variants.find(({ id }) => id === variantId);
    if (variant) return { product, variant };
  }
  return null;
}
