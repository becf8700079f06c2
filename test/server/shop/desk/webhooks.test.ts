// Orders told to a shop's own system: every change once it is in the database, signed, again until it is taken, and never to where it may not go.
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../../server/platform/log.ts';
import { isPublicOrOwnAddress } from '../../../../server/platform/public-address.ts';
import { MOST_ATTEMPTS, WebhookOutbox, type WebhookSettings } from '../../../../server/shop/desk/webhooks/outbox.ts';
import { requireTarget, send } from '../../../../server/shop/desk/webhooks/send.ts';
import { WebhookTeller } from '../../../../server/shop/desk/webhooks/teller.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { refusal } from '../open-shop.ts';
import { type DeskStand, host, openDesk } from './desk-stand.ts';

const SECRET = 'a secret of the shop, long enough'.replaceAll(' ', '-');
let test: DeskStand;
let shop: Server;
let got: { headers: Record<string, unknown>; body: any; text: string }[];
/** What the shop's system answers; null: nothing. */
let answer: number | null;
let clock: FakeClock;
let outbox: WebhookOutbox;
let teller: WebhookTeller;

const settings = (change: Partial<WebhookSettings> = {}): WebhookSettings => ({
  url: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hook`, secret: SECRET, states: ['placed', 'confirmed', 'shipped'], isOn: true, allowsOwnNetwork: true, ...change,
});
/** How long something may hang, not how long it takes. */
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000 });
const report = () => outbox.report(test.sellerId);
const openTeller = () => new WebhookTeller({ outbox, database: test.database, clock, log: createLogger('silent') });

beforeEach(async () => {
  test = await openDesk();
  got = [];
  answer = 200;
  shop = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body: JSON.parse(text), text });
      if (answer === null) request.socket.destroy();
      else response.writeHead(answer, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  clock = new FakeClock(Date.now() + 1_000);
  outbox = new WebhookOutbox({ database: test.database, clock });
  teller = openTeller();
});
afterEach(async () => {
  await teller.close();
  shop.closeAllConnections();
  shop.close();
  await test.close();
});

describe('a webhook', () => {
  it('tells each state it was asked to, in order, signed with the time', async () => {
    await outbox.set(test.sellerId, settings());
    const order = await test.order();
    await test.bring(order, 'packed');
    teller.wake();
    await until(() => expect(got.map(({ body }) => body.event)).toEqual(['order.placed', 'order.confirmed']));
    const [first] = got;
    expect(first!.body).toMatchObject({ state: 'placed', position: 0, order: { id: order.id, number: 1, buyer: { phone: '13812341234' } } });
    const [, seconds, signed] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first!.headers['fieldcast-signature']))!;
    expect(signed).toBe(createHmac('sha256', SECRET).update(`${seconds}.${first!.text}`).digest('hex'));
    expect(Math.abs(Number(seconds) * 1000 - clock.now())).toBeLessThan(2_000);
    expect(first!.headers['fieldcast-delivery']).toBe(first!.body.id);
    await until(async () => expect(await report()).toMatchObject({ waiting: 0, deadCount: 0, sentAt: clock.now() }));
  });

  it('is told of nothing while it is off, and of nothing from before it was there', async () => {
    await test.order();
    await outbox.set(test.sellerId, settings({ isOn: false }));
    await test.order();
    teller.wake();
    await outbox.set(test.sellerId, settings());
    await test.order();
    teller.wake();
    await until(() => expect(got.map(({ body }) => body.order.number)).toEqual([3]));
  });

  it('is tried again ever later while it fails, over a restart, and tells then', async () => {
    await outbox.set(test.sellerId, settings());
    answer = 503;
    await test.order();
    teller.wake();
    await until(async () => expect((await report()).waiting).toBe(1));
    await until(() => expect(got).toHaveLength(1));
    await teller.close();
    teller = openTeller();
    teller.wake();
    clock.advance(29_000);
    expect(got).toHaveLength(1);
    answer = null;
    await until(() => {
      clock.advance(1_000);
      expect(got).toHaveLength(2);
    });
    answer = 204;
    await until(() => {
      clock.advance(60_000);
      expect(got).toHaveLength(3);
    });
    await until(async () => expect(await report()).toMatchObject({ waiting: 0, deadCount: 0 }));
    expect(new Set(got.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is given up after many tries, shown, and sent again by hand', async () => {
    await outbox.set(test.sellerId, settings());
    answer = 301;
    await test.order();
    teller.wake();
    await until(
      async () => {
        clock.advance(2 * 3600_000);
        expect((await report()).deadCount).toBe(1);
      },
    );
    expect(got).toHaveLength(MOST_ATTEMPTS);
    const [dead] = (await report()).dead;
    expect(dead).toMatchObject({ orderNumber: 1, state: 'placed', attempts: MOST_ATTEMPTS, dueAt: null, status: 301, error: 'HTTP 301' });
    answer = 200;
    expect(await outbox.resend(test.sellerId, [dead!.id + 1])).toBe(0);
    expect(await outbox.resend(test.sellerId, undefined)).toBe(1);
    teller.wake();
    await until(async () => expect(await report()).toMatchObject({ waiting: 0, deadCount: 0 }));
  });

  it('keeps its secret until another is given, and makes one that is told once', async () => {
    const made = await outbox.set(test.sellerId, settings({ secret: undefined }));
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await outbox.set(test.sellerId, settings({ secret: undefined, isOn: false }))).toBeNull();
    expect((await outbox.target(test.sellerId))?.secret).toBe(made);
    expect(JSON.stringify(await report())).not.toContain(made);
    await outbox.remove(test.sellerId);
    expect((await report()).webhook).toBeNull();
  });

  it('can be tried', async () => {
    expect(await teller.test(test.sellerId)).toMatchObject({ isTaken: false, status: null });
    await outbox.set(test.sellerId, settings());
    expect(await teller.test(test.sellerId)).toEqual({ isTaken: true, status: 200, error: '' });
    expect(got[0]!.body).toMatchObject({ event: 'test', sellerId: test.sellerId });
    answer = null;
    expect(await teller.test(test.sellerId)).toMatchObject({ isTaken: false, status: null, error: 'ECONNRESET' });
  });

  it('writes its message down in the transaction that moves the order, whoever moves it', async () => {
    await outbox.set(test.sellerId, settings({ states: ['confirmed', 'placed'] }));
    const order = await test.order();
    await test.shop.orders.move(order.id, 'confirmed', '', host);
    await test.shop.orders.undo(order.id, host);
    expect((await report()).waiting).toBe(3);
  });
});

describe('an address', () => {
  it.each(['http://example.org/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://169.254.169.254/', 'https://0x7f000001/', 'https://[::ffff:10.0.0.1]/', 'https://user:pass@example.org/', 'ftp://example.org/'])('%s is not taken', async (url) => {
    expect((await refusal(Promise.resolve().then(() => requireTarget({ url, allowsOwnNetwork: false })))).code).toBe('desk.webhook-address');
  });

  it.each(['http://192.168.1.5:8080/hook', 'http://localhost/hook', 'https://10.0.0.7/', 'https://example.org/'])('%s is taken where the own network is allowed', (url) => {
    expect(() => requireTarget({ url, allowsOwnNetwork: true })).not.toThrow();
  });

  it('where clouds keep their keys is never called', async () => {
    expect(['169.254.169.254', '::ffff:127.0.0.1', '0.0.0.0', 'fe80::1'].map(isPublicOrOwnAddress)).toEqual([false, false, false, false]);
    expect((await refusal(Promise.resolve().then(() => requireTarget({ url: 'http://169.254.169.254/latest', allowsOwnNetwork: true })))).code).toBe('desk.webhook-address');
  });

  it('whose name leads inside is refused when it is connected to', async () => {
    const { port } = shop.address() as AddressInfo;
    const target = { url: `https://localhost:${port}/`, secret: SECRET, allowsOwnNetwork: false };
    expect(await send(target, { id: '1', body: '{}' }, 0)).toMatchObject({ isTaken: false, status: null });
    expect(got).toEqual([]);
  });
});
