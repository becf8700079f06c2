// Owns the figures of the uplink budget: a real server on a line of 20 Mbit/s with more and more light viewers, and the same policy on
// paper. Run by `npm run bench -- uplink`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { allocate } from '../../server/media/budget/allocation.ts';
import type { UplinkReport } from '../../server/protocol/uplink.ts';
import { orderOf } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { openSocket } from '../support/socket.ts';
import { UplinkSimulator } from '../support/uplink-simulator.ts';
import { atLeast, atMost, type Figure, median, percentile, told } from './support/figure.ts';
import { Crowd } from './uplink/crowd.ts';
import { SecondBySecond } from './uplink/second-by-second.ts';

export interface UplinkPlan {
  lineKbps: number;
  /** % of what the line carries if everybody gets the large picture. */
  demands: readonly number[];
  holdMs: number;
  crowds: { full: number; moving: number; settleMs: number };
}

const WHOLE: UplinkPlan = { lineKbps: 20_000, demands: [120, 200, 400], holdMs: 14_000, crowds: { full: 60, moving: 100, settleMs: 32_000 } };

const LAYERS = [150, 700] as const;
/** 700 kbit/s of picture and 32 of sound with their headers. */
const FULL_KBPS = 790;
const SETTLING_MS = 2_000;
const ASKED_EVERY_MS = 300;
/** Each may ask so often only. */
const ASKERS = 5;
const ORDERED_EVERY_MS = 250;

export async function bench(plan: UplinkPlan = WHOLE): Promise<Figure[]> {
  console.log(simulated());
  return [...paper(), ...(await withServer(plan, (server) => demand(server, plan))), ...(await withServer(plan, (server) => crowds(server, plan)))];
}

async function withServer(plan: UplinkPlan, measure: (server: ServerProcess) => Promise<Figure[]>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-uplink-'));
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '2', FIELDCAST_LOG_LEVEL: 'error', FIELDCAST_RETENTION_DAYS: '0', FIELDCAST_UPLINK_KBPS: String(plan.lineKbps) });
  try {
    return await measure(server);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Two hosts that send what they like; viewers of both until the demand is reached. */
async function demand(server: ServerProcess, { lineKbps, demands, holdMs }: UplinkPlan): Promise<Figure[]> {
  const crowd = await Crowd.open(server, { shows: 2, videoKbps: LAYERS, obeys: false });
  const line = new SecondBySecond(() => crowd.bytes);
  const figures: Figure[] = [];
  try {
    for (const percent of demands) {
      const from = performance.now();
      const business = new Business(server, crowd);
      await crowd.growTo(Math.ceil(((percent / 100) * lineKbps) / FULL_KBPS));
      await pause(holdMs);
      const { roundTripsMs, orders, lost } = await business.close();
      const { sent } = await report(server);
      const seconds = line.seconds.filter(({ at }) => at - 1_000 >= from + SETTLING_MS);
      const judged = seconds.filter(({ wasLate }) => !wasLate);
      const stalls = crowd.stalls((at, ms) => at < from || line.wasLate(at, ms));
      figures.push(
        atMost(`${percent} %: dearest second by the budget, HTTP with it`, (Math.max(...judged.map(({ kbps }) => kbps)) + sent.httpKbps) / lineKbps, '', 1.03),
        told(`${percent} %: mean by the budget`, judged.reduce((sum, { kbps }) => sum + kbps, 0) / judged.length / lineKbps, ''),
        told(`${percent} %: viewers`, crowd.members.length, ''),
        told(`${percent} %: with the large picture`, crowd.count('full'), ''),
        told(`${percent} %: with the small picture`, crowd.count('small'), ''),
        told(`${percent} %: with sound and stills`, crowd.count('sound'), ''),
        atMost(`${percent} %: not let in`, crowd.refusals.length, '', 0),
        atMost(`${percent} %: stalls of those who are in`, stalls.length, '', 0),
        atMost(`${percent} %: signalling round trip p99`, percentile(roundTripsMs, 0.99), 'ms', 300),
        atMost(`${percent} %: of ${orders} orders not taken`, lost, '', 0),
        told(`${percent} %: seconds not judged, because the bench was late`, (seconds.length - judged.length) / 4, 's'),
      );
    }
    return figures;
  } finally {
    line.stop();
    crowd.close();
  }
}

/** One host that sends what it is advised, as the studio does. */
async function crowds(server: ServerProcess, { lineKbps, crowds: { full, moving, settleMs } }: UplinkPlan): Promise<Figure[]> {
  const crowd = await Crowd.open(server, { shows: 1, videoKbps: [150, 1_100], obeys: true });
  try {
    await crowd.growTo(full);
    await pause(settleMs);
    const best = crowd.count('full');
    const { shows } = await report(server);
    await crowd.growTo(moving);
    await pause(settleMs);
    return [
      told(`viewers of 700 kbit/s that an unmanaged line carries`, Math.floor(lineKbps / 700), ''),
      atLeast(`of ${full} viewers with the best picture that fits`, best, '', full),
      told(`that picture, of its own line, a second with a key frame`, shows[0]?.rates?.fullKbps ?? Number.NaN, 'kbit/s'),
      atLeast(`of ${moving} viewers with a moving picture and sound`, await crowd.moving(2_000), '', moving),
      told(`of ${moving} with the large one`, crowd.count('full'), ''),
    ];
  } finally {
    crowd.close();
  }
}

/** Orders and signalling all the while, as a show has them. */
class Business {
  readonly #roundTripsMs: number[] = [];
  readonly #running: Promise<unknown>[] = [];
  #orders = 0;
  #lost = 0;
  #isOver = false;

  constructor(server: ServerProcess, crowd: Crowd) {
    const [market] = crowd.markets;
    const product = market?.products[0];
    if (!market || !product) throw new Error('there is nothing to buy');
    this.#running.push(
      this.#ask(server, market.show.id),
      this.#every(ORDERED_EVERY_MS, async () => {
        this.#orders += 1;
        const headers = { 'idempotency-key': crypto.randomUUID() };
        const { status } = await server.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: { ...orderOf(product), expectedTotalMinor: 1_000 }, headers });
        if (status !== 201) this.#lost += 1;
      }),
    );
  }

  async close(): Promise<{ roundTripsMs: number[]; orders: number; lost: number }> {
    this.#isOver = true;
    await Promise.all(this.#running);
    return { roundTripsMs: this.#roundTripsMs, orders: this.#orders, lost: this.#lost };
  }

  async #ask(server: ServerProcess, showId: string): Promise<void> {
    const sockets = await Promise.all(Array.from({ length: ASKERS }, () => openSocket(server.url)));
    await this.#every(ASKED_EVERY_MS, async () => {
      const askedAt = performance.now();
      await sockets[this.#roundTripsMs.length % ASKERS]?.ask('show.join', { showId });
      this.#roundTripsMs.push(performance.now() - askedAt);
    });
    for (const socket of sockets) socket.close();
  }

  async #every(ms: number, act: () => Promise<void>): Promise<void> {
    while (!this.#isOver) {
      await act();
      await pause(ms);
    }
  }
}

async function report(server: ServerProcess): Promise<UplinkReport> {
  return (await server.call<UplinkReport>('GET', '/api/v1/uplink', { token: server.operatorToken })).body;
}

/** How long a decision takes. */
function paper(): Figure[] {
  const simulator = new UplinkSimulator({ uplinkKbps: 200_000 });
  for (let show = 0; show < 20; show += 1) {
    simulator.open(`show-${show}`);
    simulator.arrive(`show-${show}`, 100);
  }
  simulator.run(2);
  const situation = {
    streams: [...simulator.shows.keys()].map((streamId) => ({ streamId, audio: rate(45), small: rate(220), full: rate(1_300), canHls: true, advised: null })),
    viewers: [...simulator.viewers.values()].map((viewer) => viewer.situation),
    capacity: simulator.capacity,
  };
  const tookMs = Array.from({ length: 200 }, () => {
    const startedAt = performance.now();
    allocate(situation, simulator.now);
    return performance.now() - startedAt;
  }).slice(50);
  return [atMost('allocation for 2,000 viewers in 20 shows', median(tookMs), 'ms', 5), told('the same, p99', percentile(tookMs, 0.99), 'ms')];
}

function rate(peakKbps: number) {
  return { meanKbps: peakKbps / 1.4, peakKbps, packetsPerS: 50 };
}

/** The same policy with phones and viewers that exist on paper only: two minutes of each, hosts that follow the advice and one that does not. */
function simulated(): string {
  const head = '\nSimulated line of 20 Mbit/s, phones of 150 and 1,100 kbit/s, key frames of +40 % about every 2 s, two minutes each\n';
  const rows = [true, false].flatMap((obeys) =>
    [10, 28, 60, 100, 150, 300, 600].map((crowd) => {
      const simulator = new UplinkSimulator({ uplinkKbps: 20_000, seed: crowd });
      simulator.open('show', { obeys });
      for (let second = 0; second < 20; second += 1) {
        simulator.arrive('show', Math.round(crowd / 20));
        simulator.run(1);
      }
      simulator.run(100);
      const egress = simulator.seconds.slice(4).map(({ egressKbps }) => egressKbps / 20_000);
      const changes = [...simulator.viewers.values()].reduce((sum, viewer) => sum + Math.max(0, viewer.changes.length - 1), 0) / simulator.viewers.size;
      const advice = simulator.allocation?.streams[0];
      return {
        viewers: simulator.viewers.size,
        'host obeys': obeys ? 'yes' : 'no',
        full: simulator.count('full'),
        small: simulator.count('small'),
        sound: simulator.count('sound'),
        queue: simulator.count('out'),
        'advised kbit/s': `${advice?.maxVideoKbps ?? '-'} / ${advice?.maxSmallKbps ?? '-'}`,
        'dearest second': Math.max(...egress).toFixed(2),
        'mean': (egress.reduce((sum, each) => sum + each, 0) / egress.length).toFixed(2),
        'changes each': changes.toFixed(1),
      };
    }),
  );
  const columns = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => String(line[index]).length)));
  return head + lines.map((line) => line.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join('  ')).join('\n');
}
