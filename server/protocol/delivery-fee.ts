// Owns what delivery of an order costs and whether it is brought at all. Pure: the seller's rules, the goods and the address in, an amount or a refusal out.
import type { DeliveryArea, DeliveryFee, DeliveryRules } from './delivery.ts';
import type { Unit } from './shop.ts';
import { areaOf } from './delivery-area.ts';

export interface GoodsLine {
  unit: Unit;
  /** Of one piece; null: not known. */
  weightGrams: number | null;
  quantity: number;
}

export type Delivery =
  | { isKnown: true; feeMinor: number; areaName: string | null; freeInMinor: number | null }
  /** There is no address yet, and the fee depends on it. */
  | { isKnown: false }
  | { refusal: 'not-here' }
  | { refusal: 'below-minimum'; areaName: string; minimumMinor: number; missingMinor: number };

/** Units that are a weight themselves. */
const UNIT_GRAMS: Partial<Record<Unit, number>> = { kg: 1_000, jin: 500, g: 1 };

/**
 * @param goodsMinor what the goods cost
 * @param address as the buyer wrote it; empty while there is none
 */
export function deliveryOf({ areas }: DeliveryRules, goods: readonly GoodsLine[], goodsMinor: number, address: string): Delivery {
  if (areas.length === 0) return { isKnown: true, feeMinor: 0, areaName: null, freeInMinor: null };
  const isSameEverywhere = areas.length === 1 && areas[0]?.words.length === 0;
  if (address.trim() === '' && !isSameEverywhere) return { isKnown: false };
  const area = areaOf(areas, address);
  if (!area || area.fee.by === 'none') return { refusal: 'not-here' };
  const { name: areaName, minimumMinor } = area;
  if (goodsMinor < minimumMinor) return { refusal: 'below-minimum', areaName, minimumMinor, missingMinor: minimumMinor - goodsMinor };
  return { isKnown: true, areaName, ...feeIn(area, goods, goodsMinor) };
}

function feeIn({ fee, freeFromMinor }: DeliveryArea, goods: readonly GoodsLine[], goodsMinor: number): { feeMinor: number; freeInMinor: number | null } {
  const isFree = freeFromMinor !== null && goodsMinor >= freeFromMinor;
  const feeMinor = isFree ? 0 : count(fee, goods);
  return { feeMinor, freeInMinor: feeMinor > 0 && freeFromMinor !== null ? freeFromMinor - goodsMinor : null };
}

function count(fee: DeliveryFee, goods: readonly GoodsLine[]): number {
  switch (fee.by) {
    case 'none':
      return 0;
    case 'order':
      return fee.feeMinor;
    case 'weight': {
      const grams = goods.reduce((sum, { weightGrams, unit, quantity }) => sum + (weightGrams ?? UNIT_GRAMS[unit] ?? fee.otherGrams) * quantity, 0);
      return fee.firstMinor + fee.stepMinor * Math.ceil(Math.max(0, grams - fee.firstGrams) / fee.stepGrams);
    }
    case 'piece': {
      const pieces = goods.reduce((sum, { quantity }) => sum + quantity, 0);
      return fee.firstMinor + fee.stepMinor * Math.max(0, pieces - fee.firstPieces);
    }
  }
}
