// Owns the figures of the order desk with 50,000 orders, through HTTP against a server process of its own: how long a list, a count and a
// search take, and what a large table does to everybody else. Run by `npm run bench -- desk`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { newId } from '../../server/protocol/ids.ts';
import { queues } from '../../server/protocol/desk.ts';
import { type Market, openMarket } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { atLeast, atMost, type Figure, percentile } from './support/figure.ts';

const ORDERS = 50_000;
const LIST_GOAL_MS = 100;
const SEARCH_GOAL_MS = 150;
const ROUNDS = 25;
const SETTINGS = { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' };
const DAY_MS = 86_400_000;
/** As a season leaves them: most are over, some are at work. */
const states = ['placed', 'confirmed', 'packed', 'shipped', ...Array.from({ length: 14 }, () => 'delivered'), 'refused', 'cancelled'] as const;
const families = '王李张刘陈杨赵黄周吴';
const given = ['芳', '伟', '秀英', '敏', '静', '丽', '强', '磊', '洋', '艳'];
/** Rows of a table that is mostly noise. */
const TABLE_ROWS = 100_000;

export async function bench(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-desk-'));
  try {
    const first = await startServer(folder, SETTINGS);
    const market = await openMarket(first, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    await first.stop();
    fill(join(folder, 'fieldcast.sqlite'), market);
    const server = await startServer(folder, SETTINGS);
    try {
      return [...(await lists(server, market)), ...(await searches(server, market)), ...(await largeTable(server, market))];
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Straight into the file: 50,000 orders over HTTP would be another bench. */
function fill(file: string, { show, products }: Market): void {
  const database = new SqliteDatabase(file);
  const order = database.prepare(
    `insert into orders (id, seller_id, number, show_id, state, payment, currency, total_minor, buyer_name, buyer_phone, buyer_address, note, placed_at, changed_at) values (?, ?, ?, ?, ?, ?, 'CNY', ?, ?, ?, ?, '', ?, ?)`,
  );
  const line = database.prepare(`insert into order_lines (order_id, variant_id, position, product_id, name, label, unit, unit_price_minor, quantity, total_minor, picture_id) values (?, ?, ?, ?, ?, '', 'kg', 1000, ?, ?, null)`);
  const change = database.prepare(`insert into order_changes (order_id, position, from_state, to_state, at, by_role, by_name, note, undoes) values (?, ?, ?, ?, ?, 'host', '', '', null)`);
  const payment = database.prepare(`insert into payments (order_id, method, state, due_minor, paid_minor, identity) values (?, ?, ?, ?, ?, '')`);
  const now = Date.now();
  database.transaction(() => {
    for (let number = 1; number <= ORDERS; number += 1) {
      const id = newId('ord');
      const state = states[(number * 7) % states.length]!;
      const method = number % 3 === 0 ? 'transfer' : 'cod';
      const quantity = (number % 5) + 1;
      // One product in a hundred orders is rare, the others are in many.
      const product = products[number % 100 === 0 ? 9 : number % 9]!;
      const placedAt = now - (ORDERS - number) * 50_000;
      order.run(id, show.sellerId, number, show.id, state, method, quantity * 1000, families[number % 10]! + given[Math.floor(number / 10) % 10]!, `138${String((number * 7_919) % 100_000_000).padStart(8, '0')}`, `浙江省杭州市西湖区文三路 ${number} 号`, placedAt, Math.min(placedAt + 2 * DAY_MS, now));
      line.run(id, product.variants[0]!.id, 0, product.id, product.name, quantity, quantity * 1000);
      change.run(id, 0, null, 'placed', placedAt);
      if (state !== 'placed') change.run(id, 1, 'placed', state, placedAt);
      payment.run(id, method, method === 'transfer' || state === 'delivered' ? 'paid' : 'due', quantity * 1000, method === 'transfer' || state === 'delivered' ? quantity * 1000 : 0);
    }
    database.prepare('update sellers set last_order_number = ? where id = ?').run(ORDERS, show.sellerId);
  })();
  database.close();
}

async function lists(server: ServerProcess, { show }: Market): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const scope of [`showId=${show.id}`, `sellerId=${show.sellerId}`]) {
    const of = scope.startsWith('show') ? 'a show' : 'a seller';
    const worst = await slowest(queues.map((queue) => () => get(server, `/api/v1/desk/orders?${scope}&queue=${queue}`)));
    figures.push(atMost(`slowest list of ${of}, any queue of ${ORDERS} orders, p95`, worst, 'ms', LIST_GOAL_MS));
    const deep = await slowest([() => get(server, `/api/v1/desk/orders?${scope}&queue=done&cursor=20000`), () => get(server, `/api/v1/desk/orders?${scope}&queue=all&cursor=200`)]);
    figures.push(atMost(`slowest page deep in the list of ${of}, p95`, deep, 'ms', LIST_GOAL_MS));
    figures.push(atMost(`counts of all queues of ${of}, p95`, await slowest([() => get(server, `/api/v1/desk/counts?${scope}`)]), 'ms', LIST_GOAL_MS));
  }
  return figures;
}

async function searches(server: ServerProcess, { show }: Market): Promise<Figure[]> {
  const words: readonly (readonly [what: string, words: readonly string[]])[] = [
    ['name', ['王芳', '静', '没有这个人']],
    ['last digits of a phone', ['1234', '0007', '99999999']],
    ['order number', ['49999', '7']],
    ['product', ['Apples', 'Apples 10', 'Apples 3']],
  ];
  const figures: Figure[] = [];
  for (const [what, each] of words) {
    const calls = each.flatMap((word) => [`showId=${show.id}`, `sellerId=${show.sellerId}`].map((scope) => () => get(server, `/api/v1/desk/orders?${scope}&search=${encodeURIComponent(word)}`)));
    figures.push(atMost(`slowest search by ${what}, p95`, await slowest(calls), 'ms', SEARCH_GOAL_MS));
  }
  return figures;
}

/** While a table of 100,000 lines is read, others ask for a list. */
async function largeTable(server: ServerProcess, { show }: Market): Promise<Figure[]> {
  const rows = Array.from({ length: TABLE_ROWS }, (_, row) => (row % 2 === 0 ? `${row + 1},packed,顺丰,SF${row}` : `${row},\ufffd\ufffd,`));
  const body = new TextEncoder().encode(`number,state,courier,tracking_number\r\n${rows.join('\r\n')}`);
  const startedAt = performance.now();
  const state = { isRead: false };
  const reading = fetch(`${server.url}/api/v1/desk/imports?showId=${show.id}`, { method: 'POST', headers: { authorization: `Bearer ${server.operatorToken}`, 'content-type': 'text/csv' }, body }).then(async (response) => {
    const told = (await response.json()) as { rows?: number };
    state.isRead = true;
    return told.rows ?? 0;
  });
  const waits: number[] = [];
  while (!state.isRead) waits.push(await timed(() => get(server, `/api/v1/desk/orders?showId=${show.id}&queue=ship`)));
  const rowsRead = await reading;
  return [
    atLeast('lines of a large table read', rowsRead, '', TABLE_ROWS),
    atMost('that table read and compared', performance.now() - startedAt, 'ms', 10_000),
    atMost(`slowest list meanwhile (of ${waits.length})`, Math.max(0, ...waits), 'ms', 500),
  ];
}

/** The slowest of the calls, each by its 95th percentile. */
async function slowest(calls: readonly (() => Promise<void>)[]): Promise<number> {
  let worst = 0;
  for (const call of calls) {
    await call();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(call));
    worst = Math.max(worst, percentile(times, 0.95));
  }
  return worst;
}

async function timed(call: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await call();
  return performance.now() - startedAt;
}

async function get(server: ServerProcess, path: string): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.operatorToken}` } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
