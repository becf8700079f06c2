// Tests cue cards, scripts and scores in the whole app: who may, whose words they are in a rehearsal, what is worked out, what is refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import type { CueCardList } from '../../../../server/protocol/cue-cards.ts';
import type { PracticeReport, ScoreSheet } from '../../../../server/protocol/scoring.ts';
import type { Script, ScriptDraft, ScriptList } from '../../../../server/protocol/scripts.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { type Market, openMarket, startApp, type TestApp } from '../../../support/start-app.ts';

let test: TestApp;
let market: Market;
let rehearsalId: string;
let coachToken: string;
let otherCoachToken: string;
let helperToken: string;
let viewerToken: string;
const clock = new FakeClock();
const key = () => ({ 'idempotency-key': newId('key') });

beforeAll(async () => {
  test = await startApp({ clock });
  market = await openMarket(test, [10, 5]);
  const productIds = market.products.map(({ id }) => id);
  const made = await test.call('POST', '/api/v1/rehearsals', { token: market.hostToken, body: { sellerId: market.show.sellerId, title: 'Practice', productIds } });
  rehearsalId = made.body.show.id;
  coachToken = await invited(rehearsalId, 'coach', 'Teacher Zhao', market.hostToken);
  const foreign = await openMarket(test, [3]);
  otherCoachToken = await invited(foreign.show.id, 'coach', 'Another', foreign.hostToken);
  helperToken = await invited(market.show.id, 'helper', 'Aunt Li', market.hostToken);
  viewerToken = await test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 3600_000);
});

afterAll(() => test.close());

async function invited(showId: string, role: 'coach' | 'helper', name: string, token: string): Promise<string> {
  const { body } = await test.call('POST', `/api/v1/shows/${showId}/links`, { token, body: { role, name, rights: ['chat'] } });
  const code = new URL(body.url).hash.slice('#code='.length);
  return (await test.call('POST', '/api/v1/sessions', { body: { code } })).body.token;
}

async function cardsOf(showId: string, token = market.hostToken): Promise<CueCardList> {
  const { status, body } = await test.call('GET', `/api/v1/shows/${showId}/cue-cards?lang=en`, { token });
  expect(status).toBe(200);
  return body;
}

const card = { lines: ['Crisp and sweet', 'Picked this morning', 'Today {price}'], mustSay: ['From Luochuan'], objections: [{ asked: 'Too dear', answer: 'Try one box' }] };

describe('cue cards', () => {
  it('are drafted for each product on the shelf until somebody writes them', async () => {
    const { cards, isMeasured } = await cardsOf(market.show.id);
    expect(cards.map(({ productId, isDraft }) => [productId, isDraft])).toEqual(market.products.map(({ id }) => [id, true]));
    expect(cards[0]?.lines.length).toBeGreaterThanOrEqual(3);
    // The seller has rehearsed, so their real shows are measured too.
    expect(isMeasured).toBe(true);
  });

  it('are the same in the rehearsal and in the real shop, whoever writes them', async () => {
    const copy = (await cardsOf(rehearsalId, coachToken)).cards[0]!;
    const written = await test.call('PUT', `/api/v1/shows/${rehearsalId}/cue-cards/${copy.productId}`, { token: coachToken, body: card });
    expect([written.status, written.body.changedBy]).toEqual([200, 'Teacher Zhao']);
    expect((await cardsOf(market.show.id)).cards[0]).toMatchObject({ productId: market.products[0]!.id, isDraft: false, ...card });
    expect((await test.call('DELETE', `/api/v1/shows/${market.show.id}/cue-cards/${market.products[0]!.id}`, { token: market.hostToken })).status).toBe(204);
    expect((await cardsOf(rehearsalId)).cards[0]?.isDraft).toBe(true);
  });

  it.each([
    ['no line', { ...card, lines: [] }],
    ['six lines', { ...card, lines: Array.from({ length: 6 }, () => 'a') }],
    ['a line of 100,000 signs', { ...card, lines: ['a'.repeat(100_000)] }],
    ['a control sign', { ...card, lines: ['a\u202eb'] }],
    ['something else', { ...card, price: 1 }],
  ])('are refused with %s', async (_, body) => {
    const put = await test.call('PUT', `/api/v1/shows/${market.show.id}/cue-cards/${market.products[0]!.id}`, { token: market.hostToken, body });
    expect([put.status, put.body.code]).toEqual([400, 'input.invalid']);
  });

  it('are for products on the shelf alone', async () => {
    const put = await test.call('PUT', `/api/v1/shows/${market.show.id}/cue-cards/${newId('prd')}`, { token: market.hostToken, body: card });
    expect(put.body.code).toBe('shelf.not-on-shelf');
  });
});

describe('scripts', () => {
  const scripts = (showId: string) => `/api/v1/shows/${showId}/scripts`;

  it('begin with a template, keep their versions, and come along into the real show', async () => {
    const draft: ScriptDraft = (await test.call('GET', `/api/v1/shows/${rehearsalId}/script-draft?kind=fruit&lang=en`, { token: coachToken })).body;
    const created = await test.call('POST', scripts(rehearsalId), { token: coachToken, body: draft, headers: key() });
    expect(created.status).toBe(201);
    const { id, steps } = created.body as Script;
    expect(steps).toEqual(draft.steps);

    const changed = await test.call('PUT', `${scripts(market.show.id)}/${id}`, { token: market.hostToken, body: { ...draft, title: 'Mine', steps: [{ part: 'opening', productId: market.products[0]!.id, lines: ['Hello'], seconds: 30 }], basedOn: 1 } });
    expect(changed.body).toMatchObject({ title: 'Mine', version: 2, versions: [{ version: 2 }, { version: 1, byName: 'Teacher Zhao' }] });
    // Somebody who still has the first version before them does not write over the second.
    const late = await test.call('PUT', `${scripts(rehearsalId)}/${id}`, { token: coachToken, body: { ...draft, basedOn: 1 } });
    expect([late.body.code, late.body.params]).toEqual(['script.changed', { version: 2 }]);

    const inRehearsal: Script = (await test.call('GET', `${scripts(rehearsalId)}/${id}`, { token: coachToken })).body;
    expect(inRehearsal.steps[0]?.productId).toBe((await cardsOf(rehearsalId)).cards[0]?.productId);
    expect((await test.call('GET', `${scripts(rehearsalId)}/${id}?version=1`, { token: coachToken })).body.steps).toHaveLength(draft.steps.length);

    const listed: ScriptList = (await test.call('GET', scripts(market.show.id), { token: market.hostToken })).body;
    expect(listed).toMatchObject({ scripts: [{ id, title: 'Mine', version: 2, steps: 1, seconds: 30 }], usedId: null });
    expect((await test.call('PUT', `/api/v1/shows/${market.show.id}/script`, { token: market.hostToken, body: { scriptId: id } })).status).toBe(200);
    expect((await test.call('GET', scripts(market.show.id), { token: market.hostToken })).body.usedId).toBe(id);
    expect((await test.call('DELETE', `${scripts(market.show.id)}/${id}`, { token: market.hostToken })).status).toBe(204);
    expect((await test.call('GET', scripts(market.show.id), { token: market.hostToken })).body).toMatchObject({ scripts: [], usedId: null });
  });

  it('are not found by those of another seller', async () => {
    const draft = (await test.call('GET', `/api/v1/shows/${market.show.id}/script-draft?kind=tea`, { token: market.hostToken })).body;
    const { body } = await test.call('POST', scripts(market.show.id), { token: market.hostToken, body: draft, headers: key() });
    const foreign = await openMarket(test, [3]);
    expect((await test.call('GET', `${scripts(foreign.show.id)}/${body.id}`, { token: foreign.hostToken })).status).toBe(404);
    expect((await test.call('PUT', `/api/v1/shows/${foreign.show.id}/script`, { token: foreign.hostToken, body: { scriptId: body.id } })).status).toBe(404);
    const draftOfOthers = await test.call('GET', `/api/v1/shows/${foreign.show.id}/script-draft?fromShowId=${market.show.id}`, { token: foreign.hostToken });
    expect(draftOfOthers.status).toBe(404);
  });

  it.each([
    ['no step', { title: 'a', lang: 'en', steps: [] }],
    ['61 steps', { title: 'a', lang: 'en', steps: Array.from({ length: 61 }, () => ({ part: 'other', lines: [], seconds: 30 })) }],
    ['a step of no time', { title: 'a', lang: 'en', steps: [{ part: 'other', lines: [], seconds: 0 }] }],
    ['an unknown part', { title: 'a', lang: 'en', steps: [{ part: 'constructor', lines: [], seconds: 30 }] }],
  ])('are refused with %s', async (_, body) => {
    expect((await test.call('POST', scripts(market.show.id), { token: market.hostToken, body, headers: key() })).status).toBe(400);
  });
});

describe('who may', () => {
  const staffOnly = ['cue-cards', 'scripts', 'script-draft?kind=fruit'];
  const trainersOnly = ['score-sheet', 'practice'];

  it.each(staffOnly)('read %s: not viewers, not helpers without the right, not coaches of others', async (path) => {
    const status = async (showId: string, token: string) => (await test.call('GET', `/api/v1/shows/${showId}/${path}`, { token })).status;
    expect(await status(market.show.id, viewerToken)).toBe(403);
    expect(await status(market.show.id, helperToken)).toBe(403);
    expect(await status(rehearsalId, otherCoachToken)).toBe(404);
    // Of a real show the host's consent is needed.
    expect(await status(market.show.id, coachToken)).toBe(403);
    expect(await status(rehearsalId, coachToken)).toBe(200);
  });

  it.each(trainersOnly)('read %s: neither viewers, helpers nor coaches of others', async (path) => {
    const status = async (token: string) => (await test.call('GET', `/api/v1/shows/${rehearsalId}/${path}`, { token })).status;
    expect([await status(viewerToken), await status(helperToken), await status(otherCoachToken), await status(coachToken)]).toEqual([403, 403, 404, 200]);
  });

  it('mark: trainers alone, and not the host', async () => {
    const body = { criterionId: 'crt_opening', mark: 5 };
    for (const token of [market.hostToken, helperToken, viewerToken]) expect((await test.call('POST', `/api/v1/shows/${rehearsalId}/score-sheet/marks`, { token, body, headers: key() })).status).toBe(403);
    expect((await test.call('POST', `/api/v1/shows/${rehearsalId}/score-sheet/marks`, { token: otherCoachToken, body, headers: key() })).status).toBe(404);
  });

  it('measure: the host alone', async () => {
    for (const token of [coachToken, helperToken, viewerToken]) expect((await test.call('POST', `/api/v1/shows/${rehearsalId}/practice/readings`, { token, body: { levels: [1] } })).status).toBe(403);
  });
});

describe('a score sheet', () => {
  const path = () => `/api/v1/shows/${rehearsalId}/score-sheet`;

  it('is marked while the rehearsal is on, and read by its host once it is shared', async () => {
    const early = await test.call('POST', `${path()}/marks`, { token: coachToken, body: { criterionId: 'crt_opening', mark: 4 }, headers: key() });
    expect(early.body.code).toBe('show.wrong-state');
    await onAir();
    clock.advance(60_000);
    const headers = key();
    const body = { criterionId: 'crt_opening', mark: 4, note: 'Warm <b>smile</b>' };
    await test.call('POST', `${path()}/marks`, { token: coachToken, body, headers });
    // The same tap, sent twice by a bad network, is one mark.
    const marked: ScoreSheet = (await test.call('POST', `${path()}/marks`, { token: coachToken, body, headers })).body;
    expect(marked.marks).toMatchObject([{ criterionId: 'crt_opening', mark: 4, note: 'Warm <b>smile</b>', at: clock.now(), byName: 'Teacher Zhao' }]);
    expect(marked.score.mean).toBe(4);

    expect((await test.call('GET', path(), { token: market.hostToken })).body).toBeNull();
    await test.call('PATCH', path(), { token: coachToken, body: { good: 'You laughed', next: 'Say the price twice', isShared: true } });
    expect((await test.call('GET', path(), { token: market.hostToken })).body).toMatchObject({ good: 'You laughed', next: 'Say the price twice', score: { mean: 4 } });
    await test.call('PATCH', path(), { token: coachToken, body: { isShared: false } });
    expect((await test.call('GET', path(), { token: market.hostToken })).body).toBeNull();
  });

  it('has criteria of the trainer: what is taken out takes its marks along', async () => {
    const { criteria }: ScoreSheet = (await test.call('GET', `${path()}?lang=en`, { token: coachToken })).body;
    await test.call('POST', `${path()}/marks`, { token: coachToken, body: { criterionId: 'crt_voice', mark: 2 }, headers: key() });
    const kept = [...criteria.filter(({ id }) => id !== 'crt_voice').map(({ id, title, hint }) => ({ id, title, hint })), { title: 'Humour' }, { id: 'crt_foreign', title: 'Sent with an id' }];
    const changed: ScoreSheet = (await test.call('PATCH', path(), { token: coachToken, body: { criteria: kept } })).body;
    expect(changed.criteria.map(({ title }) => title)).toEqual(kept.map(({ title }) => title));
    expect(changed.criteria.at(-1)?.id).not.toBe('crt_foreign');
    expect(changed.marks.map(({ criterionId }) => criterionId)).toEqual(['crt_opening']);
    expect((await test.call('POST', `${path()}/marks`, { token: coachToken, body: { criterionId: 'crt_voice', mark: 3 }, headers: key() })).status).toBe(404);
  });

  it.each([
    ['a mark of 6', { criterionId: 'crt_opening', mark: 6 }],
    ['a mark of 2.5', { criterionId: 'crt_opening', mark: 2.5 }],
    ['a note of 100,000 signs', { criterionId: 'crt_opening', mark: 3, note: 'a'.repeat(100_000) }],
    ['a moment before the recording', { criterionId: 'crt_opening', mark: 3, replayMs: -1 }],
  ])('refuses %s', async (_, body) => {
    expect((await test.call('POST', `${path()}/marks`, { token: coachToken, body, headers: key() })).body.code).toBe('input.invalid');
  });

  it('changes and takes back marks', async () => {
    const [mark] = ((await test.call('GET', path(), { token: coachToken })).body as ScoreSheet).marks;
    expect((await test.call('PATCH', `${path()}/marks/${mark!.id}`, { token: coachToken, body: { mark: 5 } })).body.score.mean).toBe(5);
    expect((await test.call('DELETE', `${path()}/marks/${mark!.id}`, { token: coachToken })).body.marks).toEqual([]);
    expect((await test.call('DELETE', `${path()}/marks/${mark!.id}`, { token: coachToken })).status).toBe(404);
  });
});

describe('a rubric', () => {
  it('is its maker’s to change', async () => {
    const made = await test.call('POST', '/api/v1/rubrics', { token: coachToken, body: { title: 'For tea', criteria: [{ title: 'Pours slowly' }] }, headers: key() });
    expect(made.status).toBe(201);
    const path = `/api/v1/rubrics/${made.body.id}`;
    const body = { title: 'For green tea', criteria: [{ id: made.body.criteria[0].id, title: 'Pours slowly', hint: 'Not boiling' }] };
    expect((await test.call('PUT', path, { token: otherCoachToken, body })).status).toBe(403);
    expect((await test.call('PUT', path, { token: coachToken, body })).body.criteria).toEqual([{ id: made.body.criteria[0].id, title: 'Pours slowly', hint: 'Not boiling' }]);
    const titles = async (token: string) => (await test.call('GET', '/api/v1/rubrics?lang=en', { token })).body.rubrics.map(({ title }: { title: string }) => title);
    expect(await titles(coachToken)).toEqual(['The usual rubric', 'For green tea']);
    expect(await titles(otherCoachToken)).toEqual(['The usual rubric']);
    expect((await test.call('DELETE', path, { token: coachToken })).status).toBe(204);
    expect((await test.call('PUT', '/api/v1/rubrics/rub_usual', { token: coachToken, body })).status).toBe(404);
  });
});

describe('figures of practice', () => {
  it('are made of what the host’s page measures, by the server’s clock', async () => {
    const readings = `/api/v1/shows/${rehearsalId}/practice/readings`;
    const { cards } = await cardsOf(rehearsalId);
    const productId = cards[0]!.productId;
    await test.call('PUT', `/api/v1/shows/${rehearsalId}/pins`, { token: market.hostToken, body: { productIds: [productId] } });
    clock.advance(20_000);
    const spoken = Array.from({ length: 20 }, () => 65);
    expect((await test.call('POST', readings, { token: market.hostToken, body: { levels: spoken, isListening: true, pricesSaid: [{ productId, secondsAgo: 8 }], picture: { light: 'dark', framing: 'good' } } })).status).toBe(204);
    clock.advance(20_000);
    await test.call('POST', readings, { token: market.hostToken, body: { levels: [...Array.from({ length: 8 }, () => 65), ...Array.from({ length: 12 }, () => 3)], picture: { light: 'good', framing: 'good' } } });
    // Sent again because the answer was lost: these seconds are known.
    await test.call('POST', readings, { token: market.hostToken, body: { levels: spoken } });
    const { figures }: PracticeReport = (await test.call('GET', `/api/v1/shows/${rehearsalId}/practice`, { token: coachToken })).body;
    expect(figures.speech).toMatchObject({ measuredSeconds: 40, silentSeconds: 12, deadAir: [{ seconds: 12 }] });
    expect(figures.pins).toMatchObject([{ productId, seconds: 40, priceSaidAfter: 12, isHeard: true }]);
    expect(figures.picture).toMatchObject({ looks: 2, light: { dark: 0.5, good: 0.5 } });
    expect(figures.questions).toEqual({ asked: 0, answered: 0, answeredPerMinute: 0 });
  });

  it.each([
    ['a level of 101', { levels: [101] }],
    ['an hour at once', { levels: Array.from({ length: 3600 }, () => 1) }],
    ['a price from the future', { levels: [1], pricesSaid: [{ productId: 'prd_abc', secondsAgo: -3600 }] }],
    ['a picture', { levels: [1], picture: { light: 'good', framing: 'good', frame: 'AAAA' } }],
  ])('refuse %s', async (_, body) => {
    expect((await test.call('POST', `/api/v1/shows/${rehearsalId}/practice/readings`, { token: market.hostToken, body })).status).toBe(400);
  });

  it('stand beside the last rehearsals, and a script can be made of one', async () => {
    await test.call('POST', `/api/v1/shows/${rehearsalId}/end`, { token: market.hostToken, body: {} });
    expect((await test.call('POST', `/api/v1/shows/${rehearsalId}/practice/readings`, { token: market.hostToken, body: { levels: [1] } })).body.code).toBe('show.not-live');
    const { beside }: PracticeReport = (await test.call('GET', `/api/v1/shows/${market.show.id}/practice`, { token: market.hostToken })).body;
    expect(beside).toMatchObject([{ showId: rehearsalId, kind: 'rehearsal', mean: null, figures: { speech: { silentSeconds: 12 } } }]);
    const { sources }: ScriptList = (await test.call('GET', `/api/v1/shows/${market.show.id}/scripts`, { token: market.hostToken })).body;
    expect(sources).toMatchObject([{ showId: rehearsalId, products: 1 }]);
    const draft: ScriptDraft = (await test.call('GET', `/api/v1/shows/${market.show.id}/script-draft?fromShowId=${rehearsalId}&lang=en`, { token: market.hostToken })).body;
    expect(draft.steps.map(({ part, productId }) => [part, productId])).toEqual([['opening', null], ['demonstration', market.products[0]!.id]]);
  });

  it('go with the show, whole', async () => {
    expect((await test.call('DELETE', `/api/v1/rehearsals/${rehearsalId}`, { token: market.hostToken })).status).toBe(204);
    expect((await test.call('GET', `/api/v1/shows/${rehearsalId}/score-sheet`, { token: coachToken })).status).toBe(404);
    expect((await test.call('GET', `/api/v1/shows/${market.show.id}/practice`, { token: market.hostToken })).body.beside).toEqual([]);
  });
});

/** Without media: the show is on the air as far as the rest of the app can tell. */
async function onAir(): Promise<void> {
  const { default: SqliteDatabase } = await import('better-sqlite3');
  const database = new SqliteDatabase(`${test.dataDir}/fieldcast.sqlite`);
  database.prepare(`update shows set status = 'live', started_at = ? where id = ?`).run(clock.now(), rehearsalId);
  database.close();
  // What the app keeps of a show in memory is read anew.
  await test.call('PATCH', `/api/v1/shows/${rehearsalId}`, { token: market.hostToken, body: { title: 'Practice!' } });
}
