// What a buyer claims besides the cart.
import { expect, it } from 'vitest';
import { Claims } from '../../../web-components/show/order-claims.ts';
import { Kept, memoryStorage } from '../../../web-components/show/storage.ts';

const kept = (storage = memoryStorage()) => new Kept<object>(storage, 'claims', (value) => typeof value === 'object' && value !== null);

it('is there after a reload, until an order takes it', () => {
  const storage = memoryStorage();
  const claims = new Claims(kept(storage));
  claims.set('coupon', 'APPLE');
  claims.set('waitId', 'wai_1');
  expect(new Claims(kept(storage)).all).toEqual({ coupon: 'APPLE', waitId: 'wai_1' });
  claims.set('waitId', null);
  claims.take({ coupon: 'APPLE' });
  expect(new Claims(kept(storage)).all).toEqual({});
});

it('keeps what was claimed while an earlier order was on its way', () => {
  const claims = new Claims(kept());
  claims.set('coupon', 'PEAR');
  claims.take({ coupon: 'APPLE' });
  expect(claims.all).toEqual({ coupon: 'PEAR' });
});
