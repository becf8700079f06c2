// Owns what a device remembers of orders that are still to be paid.
import { expect, it } from 'vitest';
import { OpenPayments } from '../../../web-components/checkout/open-payments.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';

const storage = memoryStorage();
const open = () => new OpenPayments('https://live.example', 'shw_1', storage);
const seen = () => open().all.map(({ number, isInView }) => `${number}${isInView ? '!' : ''}`);

it('keeps one in view, the newest first, and forgets what is paid', () => {
  expect(seen()).toEqual([]);
  open().keep({ orderId: 'ord_1', number: 1, isInView: true });
  open().keep({ orderId: 'ord_2', number: 2, isInView: true });
  expect(seen()).toEqual(['2!', '1']);
  open().keep({ orderId: 'ord_1', number: 1, isInView: true });
  expect(seen()).toEqual(['1!', '2']);
  open().leave();
  expect(seen()).toEqual(['1', '2']);
  open().forget('ord_1');
  open().forget('ord_2');
  expect(seen()).toEqual([]);
});

it('takes what it cannot read as nothing', () => {
  storage.setItem('fieldcast:unpaid:https://live.example:shw_1', '{"a":1}');
  expect(seen()).toEqual([]);
});

it('knows the order it kept last, also when it is paid', () => {
  open().keep({ orderId: 'ord_3', number: 3, isInView: true });
  open().forget('ord_3');
  expect(open().hasSeen('ord_3')).toBe(true);
  expect(open().hasSeen('ord_4')).toBe(false);
});
