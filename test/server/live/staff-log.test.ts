// Owns the log of the staff: who changed what, told in names and numbers, seen by hosts and the operator of that seller alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toldEndpoints } from '../../../server/live/staff-log/told.ts';
import { StaffLog } from '../../../server/live/staff-log/staff-log.ts';
import { liveMigrations } from '../../../server/live/tables.ts';
import type { Caller } from '../../../server/platform/auth.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { endpoints } from '../../../server/protocol/index.ts';
import type { EndpointSpec } from '../../../server/protocol/endpoint.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { shopMigrations } from '../../../server/shop/index.ts';
import type { StaffAct } from '../../../server/protocol/staff-log.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

let test: TestApp;
let market: Market;
let helperToken: string;
const clock = new FakeClock();

beforeAll(async () => {
  test = await startApp({ clock });
  market = await openMarket(test, [10, 5]);
  helperToken = await invited('Aunt Li');
});

afterAll(() => test.close());

async function invited(name: string): Promise<string> {
  const { body } = await test.call('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'helper', name } });
  const code = new URL(body.url).hash.slice('#code='.length);
  return (await test.call('POST', '/api/v1/sessions', { body: { code } })).body.token;
}

async function acts(token = market.hostToken): Promise<StaffAct[]> {
  const { status, body } = await test.call('GET', `/api/v1/shows/${market.show.id}/staff-log`, { token });
  expect(status).toBe(200);
  return body.acts;
}

describe('the log of the staff', () => {
  it('says who invited whom', async () => {
    expect((await acts()).find(({ action }) => action === 'helper-invited')).toMatchObject({ byRole: 'host', about: 'Aunt Li' });
  });

  it('says who set which price and stock, by the name of the goods', async () => {
    const variant = market.products[0]?.variants[0];
    clock.advance(1_000);
    expect((await test.call('PATCH', `/api/v1/variants/${variant?.id}`, { token: helperToken, body: { priceMinor: 1_250, stockDelta: -2 } })).status).toBe(200);
    const [newest] = await acts();
    expect(newest).toMatchObject({ at: clock.now(), byRole: 'helper', byName: 'Aunt Li', action: 'variant-changed', changes: { priceMinor: 1_250, stockDelta: -2, currency: 'CNY' } });
    expect(newest?.about).toContain(market.products[0]?.name);
  });

  it('says what was pinned, and how the shelf was arranged', async () => {
    const [first] = market.products;
    await test.call('PUT', `/api/v1/shows/${market.show.id}/pins`, { token: helperToken, body: { productIds: [first?.id] } });
    expect((await acts())[0]).toMatchObject({ action: 'pins-set', about: first?.name, byName: 'Aunt Li' });
  });

  it('tells an order by its number, and nothing of who bought', async () => {
    const placed = { body: orderOf(market.products[0] as Product), headers: { 'idempotency-key': 'order-of-the-log' } };
    const { body: order } = await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, placed);
    await test.call('POST', `/api/v1/orders/${order.id}/state`, { token: market.hostToken, body: { to: 'confirmed' } });
    const log = await acts();
    expect(log[0]).toMatchObject({ action: 'order-moved', about: String(order.number), changes: { to: 'confirmed' } });
    const said = JSON.stringify(log);
    for (const secret of [order.buyer.name, order.buyer.phone, order.buyer.address]) expect(said).not.toContain(secret);
  });

  it('keeps nothing of what was refused', async () => {
    const before = (await acts()).length;
    expect((await test.call('PATCH', `/api/v1/variants/${market.products[0]?.variants[0]?.id}`, { token: helperToken, body: { priceMinor: -1 } })).status).toBe(400);
    expect((await acts()).length).toBe(before);
  });

  it('is for hosts and the operator: neither helpers, nor another seller, nor viewers', async () => {
    expect((await acts(test.operatorToken)).length).toBeGreaterThan(0);
    const other = await openMarket(test);
    const read = async (token?: string) => (await test.call('GET', `/api/v1/shows/${market.show.id}/staff-log`, token === undefined ? {} : { token })).status;
    expect([await read(helperToken), await read(other.hostToken), await read()]).toEqual([403, 403, 401]);
  });

  it('forgets after a year', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldcast-log-'));
    const database = await Database.open(join(folder, 'log.sqlite'), [...shopMigrations, ...liveMigrations], createLogger('silent'));
    // A clock of its own: that of the whole server would ring a year of alarms.
    const year = new FakeClock();
    const log = new StaffLog({ database, clock: year, log: createLogger('silent'), sellerOfShow: async () => 'sel_1', findLink: async () => undefined, showOfPromotion: async () => 'shw_1', sellerOfVariant: async () => 'sel_1' });
    const caller = { claims: { role: 'host', identity: 'per_1', name: 'Zhang' } } as Caller;
    const pin = () => log.note({ spec: endpoints.pinProducts, caller, params: { showId: 'shw_1' }, query: {}, body: {}, answer: { pins: [], shelf: [] } });
    await pin();
    year.advance(366 * 24 * 3600_000);
    await pin();
    expect((await log.of('sel_1')).map(({ at }) => at)).toEqual([year.now()]);
    await database.close();
    await rm(folder, { recursive: true });
  });
});

describe('what the log of the staff leaves out', () => {
  const elsewhere = new Set<string>([
    // In the log of the chat.
    'changeMessage', 'restrictAuthor', 'liftRestriction', 'changeRestriction', 'changeChatRules',
    // Said in public, with the name of who said it or the show's own.
    'postCaption', 'changeCaption', 'draftCaption', 'answerQuestion', 'openPoll', 'changePoll', 'announce', 'takeAnnouncementAway',
    // Of no interest to anybody later.
    'tryBlockedWord', 'probeUplink', 'changeQuestion', 'markQuestion', 'unmarkQuestion', 'addReadyAnswer', 'changeReadyAnswer', 'deleteReadyAnswer', 'addPicture',
    // In the order's own history and that of its money, with who and when.
    'noteCall', 'handOver', 'noteDelivered', 'noteRefused', 'trackOrder', 'applyOrderImport', 'confirmPayment', 'refuseClaim', 'collectPayment', 'settlePaymentProblem',
    // Between a coach and a seller: no matter of the shop.
    'askToCoach', 'sendCue', 'cueSeen', 'raiseHand', 'showDemo', 'endDemo', 'writeNote', 'changeNote', 'deleteNote',
    // Nothing is changed by them.
    'openPaper', 'previewOrderImport', 'tryWebhook', 'resendWebhook',
    // Played in rehearsals, and told in the run's own log.
    'addScenario', 'removeScenario', 'playAudience', 'changeAudience', 'stopAudience', 'playAct',
    // Words about goods that say themselves who wrote them; and what is about the seller's own practice, not their shop.
    'writeCueCard', 'deleteCueCard', 'createScript', 'changeScript', 'deleteScript', 'useScript', 'createRubric', 'changeRubric', 'deleteRubric', 'changeScoreSheet', 'addMark', 'changeMark', 'deleteMark', 'sendReadings',
    // Of classes and their people, which are no seller's.
    'createClass', 'changeClass', 'deleteClass', 'inviteTrainer', 'endTrainer', 'addTrainee', 'changeTrainee', 'removeTrainee', 'pairTrainees', 'openAttendance', 'closeAttendance', 'markAttendance',
    'connectTrainee', 'addTask', 'changeTask', 'removeTask', 'markTask', 'addMaterial', 'removeMaterial', 'issueCertificate', 'withdrawCertificate', 'changeVisit',
    // The operator alone may; and of a show that is gone nobody reads a log.
    'createSeller', 'deleteShow', 'eraseRehearsal', 'recomputeFigures',
  ]);

  it('is decided for every call by which staff change something', () => {
    const undecided = (Object.entries(endpoints) as [keyof typeof endpoints, EndpointSpec][])
      .filter(([, { method, roles }]) => method !== undefined && method !== 'GET' && !roles.includes('viewer'))
      .filter(([name, spec]) => !toldEndpoints.has(spec) && !elsewhere.has(name))
      .map(([name]) => name);
    expect(undecided).toEqual([]);
  });
});
