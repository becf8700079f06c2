// What delivery of an order costs: by hand for what sellers write, and for thousands of rules and orders that chance makes.
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { type DeliveryArea, deliveryArea, type DeliveryFee, type DeliveryRules, deliveryRules } from '../../../server/protocol/delivery.ts';
import { units } from '../../../server/protocol/shop.ts';
import { deliveryOf as deliveryFor, type GoodsLine } from '../../../server/protocol/delivery-fee.ts';
import { seeded } from '../../support/random.ts';

type Goods = GoodsLine & { totalMinor: number };
const deliveryOf = (rules: DeliveryRules, goods: Goods[], address: string) => deliveryFor(rules, goods, goods.reduce((sum, line) => sum + line.totalMinor, 0), address);
const area = (fee: DeliveryFee, more: Partial<DeliveryArea> = {}): DeliveryArea => ({ name: 'Everywhere', words: [], fee, freeFromMinor: null, minimumMinor: 0, ...more });
const box = (quantity: number, more: Partial<Goods> = {}): Goods => ({ unit: 'box', weightGrams: 5_000, quantity, totalMinor: 5_000 * quantity, ...more });
const fee = (rule: DeliveryFee, goods: Goods[], more: Partial<DeliveryArea> = {}) => {
  const found = deliveryOf({ areas: [area(rule, more)] }, goods, 'Somewhere 1');
  return 'feeMinor' in found ? found.feeMinor : found;
};
const byWeight: DeliveryFee = { by: 'weight', firstGrams: 1_000, firstMinor: 800, stepGrams: 1_000, stepMinor: 200, otherGrams: 500 };

describe('the fee', () => {
  it('is nothing where a seller has no rules', () => {
    expect(deliveryOf({ areas: [] }, [box(1)], '')).toEqual({ isKnown: true, feeMinor: 0, areaName: null, freeInMinor: null });
  });

  it('is one for an order, however much is in it', () => {
    expect(fee({ by: 'order', feeMinor: 600 }, [box(1), box(40)])).toBe(600);
  });

  it('counts first and further weight, a part of a step as a whole one', () => {
    expect(fee(byWeight, [box(1, { weightGrams: 1_000 })])).toBe(800);
    expect(fee(byWeight, [box(1, { weightGrams: 1_001 })])).toBe(1_000);
    expect(fee(byWeight, [box(2)])).toBe(800 + 9 * 200);
  });

  it('takes the weight from the unit where the unit is one, else what the seller counts for the rest', () => {
    expect(fee(byWeight, [box(3, { unit: 'kg', weightGrams: null })])).toBe(800 + 2 * 200);
    expect(fee(byWeight, [box(4, { unit: 'jin', weightGrams: null })])).toBe(800 + 200);
    expect(fee(byWeight, [box(2, { unit: 'jar', weightGrams: null })])).toBe(800);
  });

  it('counts first and further pieces over all lines', () => {
    const rule: DeliveryFee = { by: 'piece', firstPieces: 3, firstMinor: 500, stepMinor: 100 };
    expect(fee(rule, [box(1), box(2)])).toBe(500);
    expect(fee(rule, [box(4), box(2)])).toBe(800);
  });

  it('is free from an amount on, and says how far it is to there', () => {
    const rules = { areas: [area({ by: 'order', feeMinor: 600 }, { freeFromMinor: 9_900 })] };
    expect(deliveryOf(rules, [box(1)], 'x y z 1')).toMatchObject({ feeMinor: 600, freeInMinor: 4_900 });
    expect(deliveryOf(rules, [box(2)], 'x y z 1')).toMatchObject({ feeMinor: 0, freeInMinor: null });
  });

  it('is not told before there is an address, where it depends on it', () => {
    const near = area({ by: 'order', feeMinor: 0 }, { name: 'Near', words: ['Yan’an'] });
    expect(deliveryOf({ areas: [near, area({ by: 'order', feeMinor: 900 })] }, [box(1)], ' ')).toEqual({ isKnown: false });
    expect(deliveryOf({ areas: [area({ by: 'order', feeMinor: 900 })] }, [box(1)], '')).toMatchObject({ feeMinor: 900 });
  });

  it('refuses where nothing is brought, and below the least order', () => {
    const far = area({ by: 'none' }, { name: 'Far', words: ['新疆'] });
    const rest = area({ by: 'order', feeMinor: 0 }, { minimumMinor: 6_000 });
    expect(deliveryOf({ areas: [far] }, [box(1)], '北京市朝阳区')).toEqual({ refusal: 'not-here' });
    expect(deliveryOf({ areas: [far, rest] }, [box(1)], '新疆乌鲁木齐')).toEqual({ refusal: 'not-here' });
    expect(deliveryOf({ areas: [far, rest] }, [box(1)], '北京市朝阳区')).toEqual({ refusal: 'below-minimum', areaName: 'Everywhere', minimumMinor: 6_000, missingMinor: 1_000 });
    expect(deliveryOf({ areas: [far, rest] }, [box(2)], '北京市朝阳区')).toMatchObject({ feeMinor: 0 });
  });
});

describe('whatever the rules and the order', () => {
  const random = seeded(20_261_122);
  const whole = (most: number, least = 0): number => least + Math.floor(random() * (most - least + 1));
  const one = <T>(list: readonly T[]): T => list[whole(list.length - 1)] as T;
  const anyFee = (): DeliveryFee =>
    one<() => DeliveryFee>([
      () => ({ by: 'order', feeMinor: whole(1_000_000) }),
      () => ({ by: 'weight', firstGrams: whole(1_000_000, 100), firstMinor: whole(1_000_000), stepGrams: whole(1_000_000, 100), stepMinor: whole(1_000_000), otherGrams: whole(1_000_000, 100) }),
      () => ({ by: 'piece', firstPieces: whole(999, 1), firstMinor: whole(1_000_000), stepMinor: whole(1_000_000) }),
      () => ({ by: 'none' }),
    ])();
  const words = ['山东', '洛川', 'York', '北京市', '西湖区'];
  const anyRules = (): DeliveryRules => ({
    areas: Array.from({ length: whole(4) }, (_, index, all = whole(1)) =>
      area(anyFee(), { name: `Area ${index}`, words: all === 1 && index > 0 ? [one(words)] : [one(words), one(words)], freeFromMinor: one([null, whole(1_000_000_000)]), minimumMinor: one([0, whole(1_000_000_000)]) }),
    ).concat(one([[], [area(anyFee(), { freeFromMinor: one([null, whole(100_000)]) })]])),
  });
  const anyGoods = (): Goods[] =>
    Array.from({ length: whole(50, 1) }, () => {
      const quantity = whole(999, 1);
      return { unit: one(units), weightGrams: one([null, whole(1_000_000, 1)]), quantity, totalMinor: whole(1_000_000_000, 1) * quantity };
    });
  const addresses = ['', '山东省济南市', '北京市朝阳区', '陕西洛川', '12 High Street, York', '杭州市西湖区', '火星'];

  it('the fee is a whole amount, never negative, and safe to add to any goods', () => {
    for (let round = 0; round < 4_000; round += 1) {
      const rules = anyRules();
      expect(v.is(deliveryRules, rules)).toBe(true);
      const goods = anyGoods();
      const goodsMinor = goods.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
      const found = deliveryOf(rules, goods, one(addresses));
      const isSound =
        !('feeMinor' in found) ||
        (Number.isSafeInteger(found.feeMinor) && found.feeMinor >= 0 && Number.isSafeInteger(found.feeMinor + goodsMinor) && (found.freeInMinor === null || found.freeInMinor > 0));
      expect(isSound).toBe(true);
    }
  });

  it('one more piece never makes delivery cheaper, unless it makes it free', () => {
    for (let round = 0; round < 2_000; round += 1) {
      const rule = area(anyFee(), { freeFromMinor: one([null, whole(1_000_000)]) });
      const goods = anyGoods().map((line) => ({ ...line, totalMinor: 100 * line.quantity }));
      const more = [...goods, box(1, { weightGrams: whole(20_000, 1), totalMinor: 100 })];
      const [before, after] = [deliveryOf({ areas: [rule] }, goods, 'x'), deliveryOf({ areas: [rule] }, more, 'x')];
      const isCheaper = 'feeMinor' in before && 'feeMinor' in after && after.feeMinor !== 0 && after.feeMinor < before.feeMinor;
      expect(isCheaper).toBe(false);
    }
  });

  it('the same order and address have the same fee, in whatever order the lines are', () => {
    for (let round = 0; round < 500; round += 1) {
      const [rules, goods, address] = [anyRules(), anyGoods(), one(addresses)];
      expect(deliveryOf(rules, goods.toReversed(), address)).toEqual(deliveryOf(rules, goods, address));
    }
  });
});

describe('rules that are refused', () => {
  it.each([
    ['a negative fee', { by: 'order', feeMinor: -1 }],
    ['half a fen', { by: 'order', feeMinor: 0.5 }],
    ['a step of nothing', { ...byWeight, stepGrams: 0 }],
    ['a fee beyond sense', { by: 'order', feeMinor: 1e12 }],
    ['another way', { by: 'distance', feeMinor: 1 }],
  ])('%s', (_, wrong) => expect(v.is(deliveryArea, area(wrong as DeliveryFee))).toBe(false));

  it('an area for everywhere else that is not the last', () => {
    const everywhere = area({ by: 'order', feeMinor: 0 });
    expect(v.is(deliveryRules, { areas: [everywhere, everywhere] })).toBe(false);
  });
});
