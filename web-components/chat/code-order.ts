// Owns what becomes of an order by code: lines in the cart of the page that wrote it, told with an undo. Nothing is bought by it.
import type { OrderedByCode } from '../../server/protocol/codes.ts';
import { variantName } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { ChatMessages } from '../i18n/chat.ts';
import type { Visit } from '../show/index.ts';
import type { Done } from './moderation.ts';

/** Null where nothing of it is on this page's shelf. */
export function orderByCode({ cart, store }: Pick<Visit, 'cart' | 'store'>, ordered: OrderedByCode, text: ChatMessages): Done | null {
  const shelf = store.snapshot?.shelf ?? [];
  const find = (variantId: string): { product: Product; variant: Variant } | null => {
    for (const product of shelf) {
      const variant = product.variants.find(({ id }) => id === variantId);
      if (variant) return { product, variant };
    }
    return null;
  };
  const added: { variantId: string; quantity: number; name: string }[] = [];
  const missing: string[] = [];
  for (const { variantId, quantity } of ordered) {
    const found = find(variantId);
    if (!found) continue;
    const { product, variant } = found;
    const name = variantName(product, variant, ' ');
    const count = cart.add(variant, quantity);
    if (count > 0) added.push({ variantId, quantity: count, name });
    else missing.push(variant.stock === 0 ? text.codes.soldOut(name) : text.codes.allInCart(name));
  }
  if (added.length === 0) return missing.length === 0 ? null : { text: missing.join(' '), isFault: true };
  const names = added.map(({ name, quantity }) => text.codes.line(name, quantity)).join(text.codes.and);
  return {
    text: [text.codes.added(names), ...missing].join(' '),
    isFault: false,
    undo: async () => {
      for (const { variantId, quantity } of added) cart.set(variantId, cart.quantityOf(variantId) - quantity);
    },
  };
}
