// Owns how what a shop says of its goods is laid over the products of a show.
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { HostProduct } from './callbacks.ts';

/** Stock where a shop only says that there is some. */
const PLENTY = 999;

/** A function that dresses snapshots, the same one always into the same object: pages compare them. */
export function dressing(told: ReadonlyMap<string, HostProduct>): (snapshot: ShowSnapshot) => ShowSnapshot {
  const dressed = new WeakMap<ShowSnapshot, ShowSnapshot>();
  return (plain) => {
    let result = dressed.get(plain);
    if (!result) {
      result = told.size === 0 ? plain : { ...plain, shelf: plain.shelf.map((product) => dress(product, told.get(product.id))) };
      dressed.set(plain, result);
    }
    return result;
  };
}

function dress(product: Product, host: HostProduct | undefined): Product {
  if (!host) return product;
  return {
    ...product,
    name: words(host.name) ?? product.name,
    description: words(host.description) ?? product.description,
    pictures: host.imageUrls?.filter(isAddress).slice() ?? product.pictures,
    variants: product.variants.map((variant) => dressVariant(variant, host)),
  };
}

function dressVariant(variant: Variant, { variants = [] }: HostProduct): Variant {
  const host = variants.find(({ variantId, sku }) => variantId === variant.id || (sku !== undefined && sku === variant.sku));
  if (!host) return variant;
  const { label, priceMinor, stock, isAvailable } = host;
  return {
    ...variant,
    label: words(label) ?? variant.label,
    priceMinor: isMinor(priceMinor) ? priceMinor : variant.priceMinor,
    stock: isAvailable === false ? 0 : Number.isInteger(stock) ? Math.max(0, stock as number) : isAvailable ? PLENTY : variant.stock,
  };
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isMinor(amount: number | undefined): amount is number {
  return Number.isSafeInteger(amount) && (amount as number) >= 0;
}

function isAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
