// Owns a large show that never was: viewers who come over its hours, stay for a while, look at goods; written as the server writes it,
// every three seconds of the show, so that its file is what such a show leaves behind.
import { join } from 'node:path';
import { Books } from '../../../server/analytics/store/books.ts';
import { analyticsMigrations } from '../../../server/analytics/store/tables.ts';
import type { RawEvent } from '../../../server/analytics/rollup/raw-event.ts';
import type { Device } from '../../../server/analytics/store/device.ts';
import type { Clock } from '../../../server/platform/clock.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { HEARTBEAT_MS } from '../../../server/protocol/telemetry.ts';
import type { Market } from '../../support/market.ts';
import { seeded } from '../../support/random.ts';

const STEP_MS = 3_000;
const NETWORKS = 60;

interface Viewer {
  id: string;
  beatAt: number;
  leavesAt: number;
  path: number;
  device?: Device;
}

export async function generateShow(dataDir: string, { show, products }: Market, plan: { viewers: number; hours: number; events: number }): Promise<{ events: number }> {
  const random = seeded(7);
  const lengthMs = plan.hours * 3600_000;
  const startedAt = Date.now() - lengthMs;
  let now = startedAt;
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const database = await Database.open(join(dataDir, 'analytics.sqlite'), analyticsMigrations, createLogger('silent'));
  const books = new Books({ database, clock, onFault: (error) => { throw error as Error; } });
  const about = { id: show.id, sellerId: show.sellerId, startedAt, endedAt: null };
  // Most events are heartbeats; four or five others come with each viewer.
  const beats = Math.max(2, plan.events / plan.viewers - 9);
  const coming = Array.from({ length: plan.viewers }, (_, index): Viewer => {
    const stayMs = Math.min(lengthMs, beats * HEARTBEAT_MS * -Math.log(1 - random()));
    const at = startedAt + random() * (lengthMs - stayMs);
    return { id: `generated_device_${index}`, beatAt: at, leavesAt: at + stayMs, path: random() < 0.7 ? 0 : random() < 0.5 ? 1 : 3 };
  }).sort((a, b) => a.beatAt - b.beatAt);
  const present = new Set<Viewer>();
  let events = 0;
  let next = 0;
  for (; now < startedAt + lengthMs; now += STEP_MS) {
    const book = await books.open(about);
    for (; next < coming.length && (coming[next] as Viewer).beatAt <= now; next += 1) present.add(coming[next] as Viewer);
    for (const viewer of present) {
      if (viewer.beatAt > now) continue;
      const device = (viewer.device ??= book.meet(viewer.id, '', now, `112.${next % NETWORKS}`));
      const say = (kind: number, ...args: unknown[]): RawEvent => ({ at: Math.round(viewer.beatAt), device: device.number, phase: 'live', mark: '', kind, args }) as RawEvent;
      const product = (): string => products[Math.floor(random() * products.length)]?.id as string;
      const isNew = book.find(viewer.id)?.story.entry('live') === undefined;
      const said = isNew ? [say(0), say(1, viewer.path, 0), say(3, Math.round(400 + 3_000 * random() * random()), viewer.path), say(6, product())] : [say(2, HEARTBEAT_MS, viewer.path, 310 + Math.floor(random() * 40))];
      if (random() < 0.02) said.push(say(6, product()));
      if (random() < 0.008) said.push(say(7, product()));
      if (random() < 0.002) said.push(say(8, product(), 1));
      if (random() < 0.004) said.push(say(10, 1, 3));
      if (random() < 0.004) said.push(say(5, 1_200, viewer.path));
      book.count(said, device);
      events += said.length;
      viewer.beatAt += HEARTBEAT_MS;
      if (viewer.beatAt >= viewer.leavesAt) present.delete(viewer);
    }
    await books.keep();
  }
  await books.close();
  await database.close();
  return { events };
}
