// Owns buyers who pay by card while the server is killed under them: each step is tried again with the same key until it is answered, as a page does.
import type { Order } from '../../../server/protocol/order.ts';
import type { PaymentStart } from '../../../server/protocol/payments.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { type Call, caller, openMarket } from '../market.ts';
import { freePort, isRunning, type ServerProcess, startServer } from '../server-process.ts';
import { LocalStripe } from './local-stripe.ts';

export interface KillOutcome {
  kills: number;
  orders: number;
  /** Orders that were paid and are not, or not as paid, in the books. */
  lost: number;
  /** Orders charged more than once. */
  chargedTwice: number;
  /** Orders with more than one step to `paid`. */
  bookedTwice: number;
  /** Units of stock that are neither on the shelf nor in an order. */
  stockAstray: number;
}

const STOCK = 100_000;
const BUYERS = 4;

/** @param kills SIGKILLs, each somewhere else in the flow @param before how many others are done by somebody else, so that these are elsewhere */
export async function killDuringCardFlow(dataDir: string, kills: number, before = 0): Promise<KillOutcome> {
  const stripe = await LocalStripe.open();
  const env = { ...stripe.settings, FIELDCAST_PORT: String(await freePort()), FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' };
  let server = await startServer(dataDir, env);
  const call = caller(server.url);
  const givenUp = new AbortController();
  stripe.webhookUrl = `${server.url}/api/v1/stripe/webhook`;
  try {
    const market = await openMarket(server, [STOCK]);
    const product = market.products[0] as Product;
    const orders: Order[] = [];
    const kept = { isOver: false };
    const buyers = Array.from({ length: BUYERS }, async (_, buyer) => {
      for (let round = 0; !kept.isOver || round === 0; round += 1) orders.push(await buyByCard(untilGivenUp(call, givenUp.signal), stripe, market.show.id, product, `${buyer}-${round}`));
    });
    // Told where they are awaited; a server that does not start is told first.
    for (const buyer of buyers) buyer.catch(() => undefined);
    for (let kill = 0; kill < kills; kill += 1) {
      // From before the order is stored until after it is paid: at another point each time.
      await pause(((before + kill) * 13) % 90);
      server = await killAndRestart(server, dataDir, env);
    }
    kept.isOver = true;
    await Promise.all(buyers);
    await stripe.delivered();
    return await audit(server, stripe, product, orders, kills);
  } finally {
    givenUp.abort();
    await stripe.close();
    // One that did not come up again is gone already.
    if (isRunning(server.pid)) await server.kill();
  }
}

/** Buyers do not wait for a server that will not come back. */
function untilGivenUp(call: Call, signal: AbortSignal): Call {
  return (...asked) => {
    if (signal.aborted) throw new Error('the server did not come back');
    return call(...asked);
  };
}

async function killAndRestart(server: ServerProcess, dataDir: string, env: Record<string, string>): Promise<ServerProcess> {
  await server.kill();
  return startServer(dataDir, env);
}

async function buyByCard(call: Call, stripe: LocalStripe, showId: string, product: Product, key: string): Promise<Order> {
  const body = {
    lines: [{ variantId: product.variants[0]?.id, quantity: 1 }],
    buyer: { name: '李梅', phone: `138${key.replaceAll(/\D/g, '').padStart(8, '0')}`, address: `杭州市西湖区文三路 ${key} 号` },
    payment: 'stripe',
  };
  const order = await answered<Order>(call, `/api/v1/shows/${showId}/orders`, body, `order-${key}`);
  const start = await answered<Extract<PaymentStart, { method: 'stripe' }>>(call, `/api/v1/orders/${order.id}/payment`, {}, `start-${key}`);
  await stripe.pay(start.clientSecret, { number: '4242424242424242' });
  for (;;) {
    const checked = await answered<Order>(call, `/api/v1/orders/${order.id}/payment/check`, {}, undefined);
    if (checked.state === 'placed') return checked;
    await pause(20);
  }
}

/** The answer, however often the server goes away meanwhile. */
async function answered<Value>(call: Call, path: string, body: unknown, key: string | undefined): Promise<Value> {
  for (;;) {
    const answer = await call<Value>('POST', path, { body, ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }) }).catch(() => undefined);
    if (answer && answer.status < 300) return answer.body;
    if (answer && answer.status < 500) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await pause(15);
  }
}

async function audit(server: ServerProcess, stripe: LocalStripe, product: Product, orders: readonly Order[], kills: number): Promise<KillOutcome> {
  const token = server.operatorToken;
  let [lost, bookedTwice] = [0, 0];
  for (const { id } of orders) {
    const { body: order } = await server.call<Order>('GET', `/api/v1/orders/${id}`, { token });
    if (order.state !== 'placed' || order.money.state !== 'paid' || order.money.paidMinor !== order.totalMinor) lost += 1;
    const { body } = await server.call<{ changes: { to: string }[] }>('GET', `/api/v1/orders/${id}/payment/changes`, { token });
    if (body.changes.filter(({ to }) => to === 'paid').length !== 1) bookedTwice += 1;
  }
  const left = (await server.call<Product>('GET', `/api/v1/products/${product.id}`)).body.variants[0]?.stock ?? 0;
  const charged = stripe.charged();
  return {
    kills,
    orders: orders.length,
    lost,
    chargedTwice: [...charged.values()].filter((count) => count > 1).length,
    bookedTwice,
    stockAstray: Math.abs(STOCK - left - orders.length) + Math.abs(charged.size - orders.length),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
