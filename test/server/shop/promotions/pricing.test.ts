// What an order costs: by hand for what sellers promise, and for whatever goods, deals, coupons and fees chance makes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coupon, type Deal, type Priced, type PricedLine, priceOrder, type Pricing } from '../../../../server/shop/promotions/pricing.ts';

const line = (variantId: string, quantity: number, listMinor: number, productId = 'apples'): PricedLine => ({ variantId, productId, quantity, listMinor });
const deal = (variantId: string, unitMinor: number, units: number, more: Partial<Deal> = {}): Deal => ({ promotionId: `pro_${unitMinor}`, kind: 'flash-sale', title: '', variantId, unitMinor, units, ...more });
const coupon = (discount: Coupon['discount'], more: Partial<Coupon> = {}): Coupon => ({ promotionId: 'pro_coupon', title: '', discount, minimumMinor: 0, productId: null, ...more });
const price = (pricing: Partial<Pricing>): Priced => priceOrder({ lines: [], deals: [], coupon: null, deliveryOf: () => 0, ...pricing });
const offOf = (priced: Priced) => priced.discounts.map(({ kind, quantity, amountMinor }) => [kind, quantity, amountMinor]);

describe('deals', () => {
  it('leave pieces beyond their cap at the list price', () => {
    const priced = price({ lines: [line('a', 5, 1_000)], deals: [deal('a', 600, 3)] });
    expect(offOf(priced)).toEqual([['flash-sale', 3, 1_200]]);
    expect(priced).toMatchObject({ goodsMinor: 5_000, discountMinor: 1_200, totalMinor: 3_800 });
  });

  it('never meet on one piece, and the cheapest goes first', () => {
    const priced = price({ lines: [line('a', 5, 1_000)], deals: [deal('a', 800, 9), deal('a', 600, 2)] });
    expect(offOf(priced)).toEqual([['flash-sale', 2, 800], ['flash-sale', 3, 600]]);
  });

  it('make nothing dearer', () => {
    expect(price({ lines: [line('a', 5, 600)], deals: [deal('a', 600, 9), deal('a', 900, 9)] }).discounts).toEqual([]);
  });
});

describe('a coupon', () => {
  const lines = [line('a', 2, 1_000), line('b', 1, 500, 'tea')];

  it('looks at goods after deals', () => {
    const deals = [deal('a', 600, 2)];
    const ten = coupon({ kind: 'percent', percent: 10 }, { minimumMinor: 1_700 });
    expect(price({ lines, deals, coupon: ten }).discountMinor).toBe(800 + 170);
    expect(price({ lines, deals, coupon: { ...ten, minimumMinor: 1_701 } })).toMatchObject({ discountMinor: 800, couponRefusal: { code: 'coupon.not-usable', params: { why: 'minimum', missingMinor: 1 } } });
  });

  it('rounds in favour of neither: a part of a cent is not taken off', () => {
    expect(price({ lines: [line('a', 1, 999)], coupon: coupon({ kind: 'percent', percent: 15 }) }).discountMinor).toBe(149);
  });

  it('takes no more than the goods it is for', () => {
    expect(price({ lines, coupon: coupon({ kind: 'amount', amountMinor: 9_900 }, { productId: 'tea' }) }).totalMinor).toBe(2_000);
    expect(price({ lines, coupon: coupon({ kind: 'amount', amountMinor: 9_900 }, { productId: 'salt' }) }).couponRefusal?.params).toEqual({ why: 'goods' });
  });

  it('leaves pieces of a group buy alone', () => {
    const deals = [deal('a', 700, 1, { kind: 'group-buy' })];
    expect(offOf(price({ lines, deals, coupon: coupon({ kind: 'percent', percent: 50 }) }))).toEqual([['group-buy', 1, 300], ['coupon', 0, 750]]);
    expect(price({ lines: [line('a', 1, 1_000)], deals, coupon: coupon({ kind: 'percent', percent: 50 }) }).couponRefusal?.params).toEqual({ why: 'goods' });
  });

  it('finds its pieces in whatever order deals of one price come', () => {
    const deals = [deal('a', 700, 1, { kind: 'group-buy' }), deal('a', 700, 1)];
    const pricing = { lines: [line('a', 1, 1_000)], coupon: coupon({ kind: 'percent', percent: 10 }) };
    for (const each of [deals, deals.toReversed()]) expect(price({ ...pricing, deals: each })).toMatchObject({ discountMinor: 370, couponRefusal: null });
  });

  it('leaves something to be paid', () => {
    const all = coupon({ kind: 'percent', percent: 100 });
    expect(price({ lines, coupon: all }).totalMinor).toBe(1);
    expect(price({ lines, coupon: all, deliveryOf: () => 600 }).totalMinor).toBe(600);
  });

  it('for delivery takes the fee and nothing else, and is kept where there is none', () => {
    const free = coupon({ kind: 'free-delivery' });
    expect(price({ lines, coupon: free, deliveryOf: () => 600 })).toMatchObject({ deliveryMinor: 600, discountMinor: 600, totalMinor: 2_500 });
    expect(price({ lines, coupon: free }).couponRefusal?.params).toEqual({ why: 'delivery' });
    expect(price({ lines, coupon: free, deliveryOf: () => null })).toMatchObject({ deliveryMinor: null, discountMinor: 0, totalMinor: 2_500, couponRefusal: null });
  });

  it('changes no fee: delivery looks at goods before it', () => {
    const deliveryOf = (goodsMinor: number) => (goodsMinor >= 2_500 ? 0 : 600);
    expect(price({ lines, coupon: coupon({ kind: 'amount', amountMinor: 100 }), deliveryOf }).deliveryMinor).toBe(0);
    expect(price({ lines, deals: [deal('a', 900, 1)], deliveryOf }).deliveryMinor).toBe(600);
  });
});

describe('whatever is asked for', () => {
  const minor = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1_000_000_000 }));
  const productOf = (variantId: string) => (variantId < 'c' ? 'apples' : 'tea');
  const lines = fc.uniqueArray(fc.record({ variantId: fc.constantFrom('a', 'b', 'c', 'd'), quantity: fc.integer({ min: 1, max: 999 }), listMinor: minor }), { minLength: 1, selector: (each) => each.variantId })
    .map((each) => each.map((one) => ({ ...one, productId: productOf(one.variantId) })));
  const deals = fc.array(
    fc.record({ promotionId: fc.uuid(), kind: fc.constantFrom('flash-sale' as const, 'group-buy' as const), title: fc.constant(''), variantId: fc.constantFrom('a', 'b', 'c', 'd'), unitMinor: minor, units: fc.integer({ min: 0, max: 1_200 }) }),
    { maxLength: 6 },
  );
  const discount: fc.Arbitrary<Coupon['discount']> = fc.oneof(
    fc.record({ kind: fc.constant('amount' as const), amountMinor: minor }),
    fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 100 }) }),
    fc.constant({ kind: 'free-delivery' as const }),
  );
  const coupons = fc.option(fc.record({ promotionId: fc.constant('pro_coupon'), title: fc.constant(''), discount, minimumMinor: fc.oneof(fc.constant(0), minor), productId: fc.option(fc.constantFrom('apples', 'tea', 'salt')) }));
  const fees = fc.oneof(fc.constant(null), fc.record({ feeMinor: fc.integer({ min: 0, max: 1_000_000 }), freeFromMinor: minor }));
  const orders = fc.record({ lines, deals, coupon: coupons, fee: fees }).map(({ fee, ...rest }): Pricing => ({ ...rest, deliveryOf: (goodsMinor) => (fee === null ? null : goodsMinor >= fee.freeFromMinor ? 0 : fee.feeMinor) }));
  const holds = (property: (pricing: Pricing, priced: Priced) => void) => fc.assert(fc.property(orders, (pricing) => void property(pricing, priceOrder(pricing))), { numRuns: 400 });
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

  it('adds up, in whole numbers, to something that can be paid', () => {
    holds(({ lines: asked }, priced) => {
      expect(priced.lines).toEqual(asked.map((each) => ({ ...each, totalMinor: each.listMinor * each.quantity })));
      expect(priced.goodsMinor).toBe(sum(asked.map(({ quantity, listMinor }) => quantity * listMinor)));
      expect(priced.discountMinor).toBe(sum(priced.discounts.map(({ amountMinor }) => amountMinor)));
      expect(priced.totalMinor).toBe(priced.goodsMinor - priced.discountMinor + (priced.deliveryMinor ?? 0));
      expect(priced.totalMinor).toBeGreaterThanOrEqual(1);
      expect(priced.discounts.filter(({ amountMinor }) => amountMinor <= 0)).toEqual([]);
      expect([priced.goodsMinor, priced.discountMinor, priced.totalMinor, ...priced.discounts.map(({ amountMinor }) => amountMinor)].every(Number.isSafeInteger)).toBe(true);
    });
  });

  it('gives each piece the best deal that is left for it, and none twice', () => {
    holds(({ lines: asked, deals: offered }, priced) => {
      for (const { variantId, quantity, listMinor } of asked) {
        const own = priced.discounts.filter((each) => each.variantId === variantId);
        expect(sum(own.map((each) => each.quantity))).toBeLessThanOrEqual(quantity);
        // Piece by piece, from the cheapest on.
        const prices = offered.filter((each) => each.variantId === variantId).flatMap(({ unitMinor, units }) => Array.from({ length: units }, () => unitMinor)).sort((one, other) => one - other);
        const paidMinor = sum(Array.from({ length: quantity }, (_, piece) => Math.min(listMinor, prices[piece] ?? listMinor)));
        expect(listMinor * quantity - sum(own.map((each) => each.amountMinor))).toBe(paidMinor);
      }
      for (const { promotionId, units } of offered) expect(sum(priced.discounts.filter((each) => each.promotionId === promotionId).map((each) => each.quantity))).toBeLessThanOrEqual(units);
    });
  });

  /** What a coupon may be taken off, counted from the discounts of an order without it. */
  const eligibleFor = ({ productId }: Coupon, { lines: asked }: Pricing, { discounts }: Priced): number =>
    sum(asked.filter((each) => productId === null || each.productId === productId).map(({ variantId, quantity, listMinor }) => {
      const [grouped, dealt] = [true, false].map((isGrouped) => discounts.filter((each) => each.variantId === variantId && (each.kind === 'group-buy') === isGrouped)) as [typeof discounts, typeof discounts];
      return listMinor * (quantity - sum(grouped.map((each) => each.quantity))) - sum(dealt.map((each) => each.amountMinor));
    }));
  const couponOff = (used: Coupon, pricing: Pricing, without: Priced): number => {
    const eligibleMinor = eligibleFor(used, pricing, without);
    if (without.afterDealsMinor < used.minimumMinor || eligibleMinor <= 0) return 0;
    if (used.discount.kind === 'free-delivery') return without.deliveryMinor ?? 0;
    const saidMinor = used.discount.kind === 'amount' ? used.discount.amountMinor : Math.floor((eligibleMinor * used.discount.percent) / 100);
    return Math.min(saidMinor, eligibleMinor, without.totalMinor - 1);
  };

  it('lets one coupon take off what it says, from what it is for, and refuses it without a trace', () => {
    holds((pricing, priced) => {
      const without = priceOrder({ ...pricing, coupon: null });
      const own = priced.discounts.filter((each) => each.kind === 'coupon');
      const offMinor = pricing.coupon === null ? 0 : couponOff(pricing.coupon, pricing, without);
      expect(own.map((each) => each.amountMinor)).toEqual(offMinor > 0 ? [offMinor] : []);
      expect({ ...priced, discounts: priced.discounts.slice(0, priced.discounts.length - own.length), discountMinor: priced.discountMinor - offMinor, totalMinor: priced.totalMinor + offMinor, couponRefusal: null }).toEqual(without);
      const waitsForFee = pricing.coupon?.discount.kind === 'free-delivery' && without.deliveryMinor === null && without.afterDealsMinor >= pricing.coupon.minimumMinor && eligibleFor(pricing.coupon, pricing, without) > 0;
      expect(priced.couponRefusal === null).toBe(pricing.coupon === null || offMinor > 0 || waitsForFee);
    });
  });

  it('costs the same in whatever order lines and deals come', () => {
    holds((pricing, priced) => {
      const turned = priceOrder({ ...pricing, lines: pricing.lines.toReversed(), deals: pricing.deals.toReversed() });
      expect([turned.totalMinor, turned.discountMinor, turned.couponRefusal]).toEqual([priced.totalMinor, priced.discountMinor, priced.couponRefusal]);
    });
  });

  it('leaves no goods dearer for one more deal', () => {
    fc.assert(fc.property(orders, deals, (pricing, more) => {
      expect(priceOrder({ ...pricing, deals: [...pricing.deals, ...more] }).afterDealsMinor).toBeLessThanOrEqual(priceOrder(pricing).afterDealsMinor);
    }), { numRuns: 300 });
  });
});
