// Who is told of a show, when, how often and in which words: on a clock that the test moves, a real database, a stand-in for push services.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Follows } from '../../../../server/audience/following/follows.ts';
import { followingMigration } from '../../../../server/audience/following/tables.ts';
import { Reminders } from '../../../../server/audience/reminders/reminders.ts';
import { Subscriptions } from '../../../../server/audience/reminders/subscriptions.ts';
import { reminderMigration, turnMigration } from '../../../../server/audience/reminders/tables.ts';
import { Database } from '../../../../server/platform/db/database.ts';
import { createLogger } from '../../../../server/platform/log.ts';
import type { Show } from '../../../../server/protocol/show.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { PushServiceStandIn } from '../../../support/push-service-stand-in.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let folder: string;
let database: Database;
let clock: FakeClock;
let push: PushServiceStandIn;
let reminders: Reminders;
let subscriptions: Subscriptions;
let follows: Follows;
let shows: Map<string, Show>;
let faults: unknown[];

const open = () =>
  new Reminders({
    database,
    clock,
    subscriptions,
    shows: { find: async (id) => shows.get(id) },
    pageOf: ({ id }) => `https://live.example.org/demo/shop.html?show=${id}`,
    contact: () => 'mailto:it@example.org',
    testService: push.origin,
    onFault: (error) => faults.push(error),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldcast-push-'));
  database = await Database.open(join(folder, 'test.sqlite'), [followingMigration, reminderMigration, turnMigration], createLogger('silent'));
  clock = new FakeClock(Date.now());
  push = await PushServiceStandIn.start();
  subscriptions = new Subscriptions({ database, clock, testService: push.origin });
  follows = new Follows({ database, clock });
  shows = new Map();
  faults = [];
  reminders = open();
});
afterEach(async () => {
  await reminders.close();
  await database.close();
  await push.close();
  await rm(folder, { recursive: true });
  if (faults.length > 0) throw faults[0];
});

function plan(show: Partial<Show> = {}): Show {
  const made: Show = {
    id: 'shw_1', kind: 'live', title: '红富士开园', status: 'planned', sellerId: 'sel_1', sellerName: '清河合作社', hostId: 'per_1', hostName: '张', currency: 'CNY', posterPictureId: null,
    plannedAt: clock.now() + 2 * HOUR_MS, startedAt: null, pausedAt: null, graceUntil: null, endedAt: null, pageUrl: null, needsCode: false, isHidden: false, ...show,
  };
  shows.set(made.id, made);
  return made;
}
const goLive = (show: Show) => reminders.showChanged(plan({ ...show, status: 'live', startedAt: clock.now() }));
const subscribe = (identity: string, browser = identity, language: 'zh-CN' | 'en' = 'zh-CN') => subscriptions.keep(identity, { subscription: push.subscribe(browser), language });
const told = () => push.messages.map(({ browser, note }) => `${browser}: ${note.title} | ${note.body}`);
/** Moves on and lets what became due be sent. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  // The look ahead reads, then writes, then sends; each is a turn of the real event loop.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  await reminders.send();
}

describe('somebody who asked to be reminded', () => {
  it('hears in their language that it starts in ten minutes, and that it is live, each once', async () => {
    const show = plan();
    await subscribe('li');
    await subscribe('joe', 'joe', 'en');
    for (const who of ['li', 'joe']) await subscriptions.remind(show.id, who);
    await pass(HOUR_MS);
    expect(told()).toEqual([]);
    await pass(51 * MINUTE_MS);
    await pass(MINUTE_MS);
    expect(told().sort()).toEqual(['joe: 红富士开园 | 清河合作社 starts at {time}', 'li: 红富士开园 | 清河合作社 的直播快开始了，{time} 开播']);
    expect(push.messages[0]?.note.at).toBe(show.plannedAt);
    push.messages.length = 0;
    await goLive(show);
    await reminders.showChanged(plan({ ...show, status: 'live', startedAt: clock.now(), title: '改了标题' }));
    await pass(MINUTE_MS);
    expect(told().sort()).toEqual(['joe: 红富士开园 | 清河合作社 is live now', 'li: 红富士开园 | 清河合作社 正在直播，点开就能看']);
  });

  it('gets a message that only this browser reads, signed by the server’s own key, with nothing of the person in it', async () => {
    const show = plan();
    await subscribe('vwr_li');
    await subscriptions.remind(show.id, 'vwr_li');
    await goLive(show);
    const [message] = push.messages;
    expect(message?.note).toEqual({ title: '红富士开园', body: '清河合作社 正在直播，点开就能看', url: 'https://live.example.org/demo/shop.html?show=shw_1', tag: 'shw_1', lang: 'zh-CN', at: null });
    expect(message?.signedBy).toBe((await reminders.keys()).publicKey);
    expect(message?.claims).toMatchObject({ aud: push.origin, sub: 'mailto:it@example.org' });
    expect(message?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: String(30 * 60) });
    expect(message?.headers.topic).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  it('is told again when the show was put off, and not of a time that no longer holds', async () => {
    const show = plan();
    await subscribe('li');
    await subscriptions.remind(show.id, 'li');
    await pass(111 * MINUTE_MS);
    expect(told()).toHaveLength(1);
    const later = plan({ ...show, plannedAt: (show.plannedAt ?? 0) + HOUR_MS });
    await pass(HOUR_MS);
    expect(told()).toHaveLength(2);
    expect(push.messages[1]?.note.at).toBe(later.plannedAt);
  });

  it('is not told what they know: asked after it began, or while it comes back from a pause', async () => {
    const show = plan();
    await goLive(show);
    clock.advance(MINUTE_MS);
    await subscribe('li');
    await subscriptions.remind(show.id, 'li');
    await reminders.showChanged(shows.get(show.id) as Show);
    await pass(MINUTE_MS);
    expect(push.calls).toEqual([]);
  });

  it('hears nothing after they changed their mind, or the show is over or gone', async () => {
    const show = plan();
    await subscribe('li');
    await subscribe('joe');
    for (const who of ['li', 'joe']) await subscriptions.remind(show.id, who);
    await subscriptions.dropReminder(show.id, 'li');
    await subscriptions.drop('joe');
    await goLive(show);
    await reminders.showChanged(plan({ ...show, status: 'ended' }));
    expect(push.calls).toEqual([]);
    expect(await subscriptions.showsAwaited()).toEqual([]);
  });
});

describe('a follower', () => {
  it('hears of a new show once its announcement has settled, as it is then, and when it goes live', async () => {
    await subscribe('li');
    await follows.follow('sel_1', 'li');
    await follows.follow('sel_2', 'joe');
    await subscribe('joe');
    const show = plan({ title: '红富土' });
    await reminders.showChanged(show);
    await pass(MINUTE_MS);
    expect(push.calls).toEqual([]);
    await reminders.showChanged(plan({ ...show, title: '红富士' }));
    await pass(3 * MINUTE_MS);
    expect(told()).toEqual(['li: 红富士 | 清河合作社 有新直播，{time} 开始']);
    await goLive(show);
    expect(told().at(-1)).toBe('li: 红富土 | 清河合作社 正在直播，点开就能看');
    expect(push.calls).toHaveLength(2);
  });

  it('is not told of shows for invited guests, nor of hidden ones', async () => {
    await subscribe('li');
    await follows.follow('sel_1', 'li');
    for (const show of [plan({ id: 'shw_1', isHidden: true }), plan({ id: 'shw_2', needsCode: true })]) {
      await reminders.showChanged(show);
      await goLive(show);
    }
    await pass(10 * MINUTE_MS);
    expect(push.calls).toEqual([]);
  });
});

describe('a push service', () => {
  const remindAll = async (show: Show, ...browsers: string[]) => {
    for (const browser of browsers) {
      await subscribe(browser);
      await subscriptions.remind(show.id, browser);
    }
  };

  it.each([404, 410])('that answers %i has no such browser any more: it is forgotten', async (status) => {
    const show = plan();
    await remindAll(show, 'li');
    push.answers('li', status);
    await goLive(show);
    expect(await subscriptions.isReminded(show.id, 'li')).toBe(false);
    await pass(HOUR_MS);
    expect(push.calls).toHaveLength(1);
  });

  it('that cannot just now is asked again, later and later, five times at most; others do not wait for it', async () => {
    const show = plan();
    await remindAll(show, 'li', 'joe');
    push.answers('li', 503, { status: 429, retryAfter: '300' }, 500, 500, 500, 201);
    await goLive(show);
    expect(told().map((each) => each.slice(0, 3))).toEqual(['joe']);
    await pass(MINUTE_MS);
    expect(push.calls.filter((browser) => browser === 'li')).toHaveLength(2);
    await pass(4 * MINUTE_MS);
    expect(push.calls.filter((browser) => browser === 'li')).toHaveLength(2);
    await pass(MINUTE_MS);
    for (let minute = 0; minute < 60; minute += 4) await pass(4 * MINUTE_MS);
    expect(push.calls.filter((browser) => browser === 'li').length).toBeLessThanOrEqual(5);
    expect(told()).toHaveLength(1);
  });

  it('that refuses is not asked again; one that never stops answering is left', async () => {
    const show = plan();
    await remindAll(show, 'li', 'joe');
    push.answers('li', 400);
    push.answers('joe', 'endless');
    await goLive(show);
    await pass(10 * MINUTE_MS);
    expect(push.calls.sort()).toEqual(['joe', 'li']);
  });

  it('gets after a restart what was not sent before it, and nothing twice', async () => {
    const show = plan();
    await remindAll(show, 'li', 'joe');
    push.answers('li', 503);
    await goLive(show);
    await reminders.close();
    reminders = open();
    await pass(2 * MINUTE_MS);
    expect(told().map((each) => each.slice(0, 3)).sort()).toEqual(['joe', 'li:']);
  });

  it('is written down for one browser once; five of one person at most', async () => {
    const show = plan();
    for (const browser of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      clock.advance(1_000);
      await subscribe('li', browser);
    }
    await subscriptions.remind(show.id, 'li');
    await goLive(show);
    expect(push.calls.sort()).toEqual(['c', 'd', 'e', 'f', 'g']);
  });
});

it('tells whose turn it is on a waitlist, them alone, for as long as it lasts', async () => {
  const show = plan({ status: 'live', startedAt: clock.now() - HOUR_MS });
  await subscribe('li');
  await subscribe('li', 'li-tablet', 'en');
  await subscribe('wang');
  const until = clock.now() + 15 * MINUTE_MS;
  await reminders.turnCame(show.id, 'li', until);
  await reminders.turnCame(show.id, 'li', until);
  expect(told().toSorted()).toEqual(['li-tablet: 红富士开园 | What you waited for is here. It is kept for you until {time}.', 'li: 红富士开园 | 您排队等的货到了，给您留到 {time}，点开就能下单']);
  expect(push.messages[0]?.note).toMatchObject({ at: until, tag: 'shw_1:turn' });
  push.messages.length = 0;
  await reminders.turnCame(show.id, 'li', clock.now() - 1);
  expect(told()).toEqual([]);
});
