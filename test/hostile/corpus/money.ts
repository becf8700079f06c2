// Owns the cases about payments: steps that an order's money cannot take, amounts that are none, other people's orders, and events that Stripe has not sent.
import type { ErrorCode } from '../../../server/protocol/errors.ts';
import { signatureOf } from '../../support/stripe/webhooks.ts';
import type { HttpCase } from '../http-client.ts';
import type { Target } from '../market.ts';
import { UNKNOWN_ID } from './endpoints.ts';

const WEBHOOK_SECRET = 'whsec_of_the_hostile_test';
/** A server that takes cards, and is never paid: nobody listens where it asks. */
export const stripeSettings = {
  FIELDCAST_STRIPE_SECRET_KEY: 'sk_test_hostile',
  FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_test_hostile',
  FIELDCAST_STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  FIELDCAST_STRIPE_API_BASE: 'http://127.0.0.1:9',
};

export function moneyCases({ target, stranger, operatorToken }: { target: Target; stranger: Target; operatorToken: string }): HttpCase[] {
  let keys = 0;
  const send = (what: string, method: string, path: string, body: object, token: string | undefined, ...codes: ErrorCode[]): HttpCase => ({
    what,
    method,
    path: `/api/v1/${path}`,
    headers: { 'content-type': 'application/json', 'idempotency-key': `hostile-money-${(keys += 1)}`, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    codes,
  });
  const order = `orders/${target.order.id}`;
  const seller = `sellers/${target.show.sellerId}`;
  const step = (name: string, body: object, ...codes: ErrorCode[]) => send(`${name} ${JSON.stringify(body)}`, 'POST', `${order}/${name}`, body, operatorToken, ...codes);
  const ways = (body: object, ...codes: ErrorCode[]) => send(`ways ${JSON.stringify(body)}`, 'PATCH', `${seller}/ways`, body, operatorToken, ...codes);
  return [
    send('paying what waits for nothing', 'POST', `${order}/payment`, {}, undefined, 'payment.wrong-state'),
    send('a claim of cash on delivery', 'POST', `${order}/payment/claim`, {}, undefined, 'payment.wrong-state'),
    step('payment/confirm', {}, 'payment.wrong-state'),
    step('payment/refuse', {}, 'payment.wrong-state'),
    step('payment/refund', {}, 'payment.wrong-state'),
    step('payment/refund', { amountMinor: 1 }, 'payment.wrong-state'),
    ...[0, -1, 0.5, 1e300, '1', null, [1], {}].map((amountMinor) => step('payment/refund', { amountMinor }, 'input.invalid')),
    step('delivered', {}, 'order.wrong-state'),
    step('delivered', { collectedMinor: 1 }, 'order.wrong-state'),
    ...[-1, 0.5, 1e300, '1'].map((collectedMinor) => step('delivered', { collectedMinor }, 'input.invalid')),
    step('refused', { reason: 'other' }, 'order.wrong-state'),
    step('refused', { reason: '__proto__' }, 'input.invalid'),
    step('handover', { courierId: UNKNOWN_ID }, 'not-found'),
    send('cash of nobody', 'POST', `couriers/${UNKNOWN_ID}/cash`, { amountMinor: 100 }, operatorToken, 'not-found'),
    send('an order by transfer to nobody', 'POST', `shows/${target.show.id}/orders`, { lines: [{ variantId: target.products[0]?.variants[0]?.id, quantity: 1 }], buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区' }, payment: 'transfer' }, undefined, 'payment.not-offered'),
    ways({ cod: false, stripe: false, transfer: { isOn: false } }, 'payment.last-way'),
    ways({ transfer: { isOn: true } }, 'input.invalid'),
    ways({ transfer: { qrPictureId: UNKNOWN_ID } }, 'not-found'),
    ...['acct_', 'acct_../../x', 'cus_1A2b3C4d5E6f', '', 7].map((account) => send(`cards paid to ${account}`, 'PUT', `${seller}/card-account`, { account }, operatorToken, 'input.invalid')),
    ...[-1, 0.5, 10_001, '250'].map((feeBps) => send(`a fee of ${feeBps}`, 'PUT', `${seller}/card-account`, { account: null, feeBps }, operatorToken, 'input.invalid')),
    send('cards paid to a host', 'PUT', `${seller}/card-account`, { account: null }, target.hostToken, 'auth.forbidden'),
    send('a day that ends before it begins', 'GET', `${seller}/money?from=1800000000000&to=1700000000000`, {}, operatorToken, 'input.invalid'),
    send('a year of money', 'GET', `${seller}/money?from=1700000000000&to=1800000000000`, {}, operatorToken, 'input.invalid'),
    send('money in a zone that is none', 'GET', `${seller}/money.csv?from=1700000000000&to=1700000001000&zone=Moon%2FSea`, {}, operatorToken, 'input.invalid'),
    ...['payment/confirm', 'payment/refuse', 'payment/refund', 'payment/collected', 'delivered', 'calls'].map((name) =>
      send(`${name} by the host of another show`, 'POST', `${order}/${name}`, name === 'calls' ? { outcome: 'reached' } : {}, stranger.hostToken, 'auth.forbidden'),
    ),
    ...['%00', '__proto__', UNKNOWN_ID, `${target.order.id}?lang=%3Cscript%3E`, `${target.order.id}?surprise=1`].map((what): HttpCase => ({ what: `a receipt of ${what}`, method: 'GET', path: `/receipts/${what}`, codes: ['input.invalid', 'not-found'] })),
    ...forgedEvents(target.order.id),
  ];
}

function forgedEvents(orderId: string): HttpCase[] {
  const now = Date.now();
  const event = (over: object = {}) =>
    JSON.stringify({ id: 'evt_forged', object: 'event', type: 'payment_intent.succeeded', livemode: false, data: { object: { id: 'pi_forged', object: 'payment_intent', metadata: { fieldcast_order: orderId } } }, ...over });
  const good = event();
  const signed = (body: string, atMs = now) => signatureOf(body, [WEBHOOK_SECRET], atMs);
  const cases: [string, string, string | undefined][] = [
    ['without a signature', good, undefined],
    ['with an empty signature', good, ''],
    ['with a signature that is none', good, 't=1,v1=zz'],
    ['signed by somebody else', good, signatureOf(good, ['whsec_guessed'], now)],
    ['signed for other bytes', `${good} `, signed(good)],
    ['signed an hour ago', good, signed(good, now - 3_600_000)],
    ['signed, and no JSON', 'event', signed('event')],
    ['signed, and null', 'null', signed('null')],
    ['signed, and a list', '[]', signed('[]')],
    ...[{ id: 1 }, { id: '../../etc' }, { type: null }, { livemode: 'yes' }, { data: null }, { data: { object: null } }, { data: { object: { id: { $gt: '' } } } }, { account: 7 }].map((over): [string, string, string] => [
      `signed, with ${JSON.stringify(over)}`,
      event(over),
      signed(event(over)),
    ]),
  ];
  return cases.map(([what, body, signature]) => ({
    what: `an event ${what}`,
    method: 'POST',
    path: '/api/v1/stripe/webhook',
    headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
    body,
    codes: ['webhook.not-genuine'],
  }));
}
