// Which of the taken coupons a cart uses by itself, and how long a device keeps them.
import { describe, expect, it } from 'vitest';
import type { CodedCoupon } from '../../../server/protocol/coupon.ts';
import { bestOf, worthOf } from '../../../web-components/checkout/coupon-choice.ts';
import { CouponWallet, type HeldCoupon } from '../../../web-components/show/coupon-wallet.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';

const held = (code: string, part: Partial<HeldCoupon> = {}): HeldCoupon => ({
  promotionId: `pro_${code}`, code, title: '', sellerId: 'sel_1', showId: null, discount: { kind: 'amount', amountMinor: 500 }, minimumMinor: 0, productId: null, oncePerBuyer: true, endsAt: null, ...part,
});
const goods = [{ productId: 'apples', totalMinor: 3000 }, { productId: 'pears', totalMinor: 1000 }];
const open = () => false;

describe('the coupon that a cart uses', () => {
  it('is the one that takes off most', () => {
    const coupons = [held('FIVE'), held('TENTH', { discount: { kind: 'percent', percent: 10 } }), held('PEARS', { discount: { kind: 'percent', percent: 90 }, productId: 'pears' })];
    expect(coupons.map((coupon) => worthOf(coupon, goods, null))).toEqual([500, 400, 900]);
    expect(bestOf(coupons, goods, null, open)?.code).toBe('PEARS');
    expect(bestOf(coupons, goods, null, (code) => code === 'PEARS')?.code).toBe('FIVE');
  });

  it('is the fee for delivery once that is known and more', () => {
    const coupons = [held('FIVE'), held('FREE', { discount: { kind: 'free-delivery' } })];
    expect(bestOf(coupons, goods, null, open)?.code).toBe('FIVE');
    expect(bestOf(coupons, goods, 800, open)?.code).toBe('FREE');
  });

  it('that asks for more goods stands only where no other one does', () => {
    const dear = held('DEAR', { discount: { kind: 'amount', amountMinor: 2000 }, minimumMinor: 9000 });
    expect(bestOf([dear, held('FIVE')], goods, null, open)?.code).toBe('FIVE');
    expect(bestOf([dear], goods, null, open)?.code).toBe('DEAR');
    expect(bestOf([], goods, null, open)).toBeNull();
  });
});

describe('the wallet', () => {
  const coded = (id: string, part: object = {}) =>
    ({ code: id.toUpperCase(), coupon: { kind: 'coupon', id, title: '', discount: { kind: 'amount', amountMinor: 500 }, minimumMinor: 0, productId: null, oncePerBuyer: true, endsAt: null, liveOnly: false, ...part } }) as CodedCoupon;
  const here = { sellerId: 'sel_1', showId: 'shw_1', now: 1_000 };

  it('has what may be used here and now, the newest first, also after a reload', () => {
    const storage = memoryStorage();
    const wallet = new CouponWallet(storage, 'https://a');
    wallet.keep(coded('old', { endsAt: 900 }), here);
    wallet.keep(coded('live', { liveOnly: true }), here);
    wallet.keep(coded('elsewhere', { liveOnly: true }), { sellerId: 'sel_1', showId: 'shw_2' });
    wallet.keep(coded('other'), { sellerId: 'sel_2', showId: 'shw_1' });
    wallet.keep(coded('dated', { endsAt: 2_000 }), here);
    wallet.keep(coded('live', { liveOnly: true }), here);
    const codes = () => new CouponWallet(storage, 'https://a').of(here).map(({ code }) => code);
    expect(codes()).toEqual(['LIVE', 'DATED']);
    wallet.used([{ promotionId: 'live' }, { promotionId: 'unknown' }]);
    expect(codes()).toEqual(['DATED']);
    expect(new CouponWallet(storage, 'https://b').of(here)).toEqual([]);
  });

  it('takes what is unreadable for empty', () => {
    const storage = memoryStorage();
    for (const kept of ['[1]', '{"a":1}', '[{"promotionId":"x"}]', 'no']) {
      storage.setItem('fieldcast:coupons:https://a', kept);
      expect(new CouponWallet(storage, 'https://a').of(here)).toEqual([]);
    }
  });
});
