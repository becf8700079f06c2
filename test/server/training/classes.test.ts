// Owns classes and what comes after them on a whole server: trainers in their own classes alone, phones that come by the code on the wall, and
// that nothing a trainer or a trainee sends reaches further than it should.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../server/protocol/access.ts';
import type { AttendanceDoor, AttendanceSheet, ClassSummary, ClassView, Come, OwnClass, TrainerInvitation } from '../../../server/protocol/classes.ts';
import type { EndpointSpec } from '../../../server/protocol/endpoint.ts';
import * as classEndpoints from '../../../server/protocol/endpoints/classes.ts';
import * as followUpEndpoints from '../../../server/protocol/endpoints/follow-up.ts';
import type { ClassFollowUp, FollowUp } from '../../../server/protocol/follow-up.ts';
import { newId } from '../../../server/protocol/ids.ts';
import type { RtpCapabilities } from '../../../server/protocol/media.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { LightPeers, throughSocket } from '../../support/light-peer.ts';
import { openSocket } from '../../support/socket.ts';
import { openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const clock = new FakeClock();
let test: TestApp;
let operatorToken: string;

beforeAll(async () => {
  test = await startApp({ clock });
  operatorToken = await test.app.issueToken({ role: 'operator', identity: newId('per') }, 5_000 * DAY);
});
afterAll(() => test.close());

interface Lesson {
  id: string;
  meetingId: string;
  /** Its trainer, who came by a link. */
  coach: string;
  linkId: string;
}

const operator = () => ({ token: operatorToken });
const meetingFrom = (startsAt: number) => ({ startsAt, endsAt: startsAt + 2 * HOUR });

/** A class with a trainer; its meeting is now, or was `daysAgo`. */
async function openClass({ title = 'First steps', seats = 20, daysAgo = 0 } = {}): Promise<Lesson> {
  const body = { title, place: '南坡村', seats, meetings: [meetingFrom(clock.now() - daysAgo * DAY)], trainerName: 'Chen' };
  const made = await test.call<ClassView>('POST', '/api/v1/classes', { ...operator(), body });
  expect(made.status).toBe(201);
  const link = await test.call<TrainerInvitation>('POST', `/api/v1/classes/${made.body.id}/links`, { ...operator(), body: { name: 'Chen' } });
  const session = await test.call<Session>('POST', '/api/v1/sessions', { body: { code: new URL(link.body.url).hash.slice('#code='.length) } });
  expect(session.body).toMatchObject({ role: 'coach', classId: made.body.id });
  // The same without an end: the clock goes on by months here.
  const coach = await test.app.issueToken({ role: 'coach', identity: session.body.identity, name: 'Chen', classId: made.body.id, linkId: link.body.id }, 5_000 * DAY);
  return { id: made.body.id, meetingId: made.body.meetings[0]?.id ?? '', coach, linkId: link.body.id };
}

const read = async ({ id, coach }: Lesson) => (await test.call<ClassView>('GET', `/api/v1/classes/${id}`, { token: coach })).body;
const openWall = async ({ meetingId, coach }: Lesson) => {
  const sheet = await test.call<AttendanceSheet>('POST', `/api/v1/meetings/${meetingId}/attendance`, { token: coach, body: {} });
  return new URL(sheet.body.url).hash.slice('#at='.length);
};
const come = (code: string, body: object, token?: string) => test.call<Come>('POST', `/api/v1/attendance/${code}`, { body, ...(token ? { token } : {}) });
const enrol = async (lesson: Lesson, name: string, rest: object = {}) => {
  const { body } = await test.call<ClassView>('POST', `/api/v1/classes/${lesson.id}/trainees`, { token: lesson.coach, body: { name, ...rest } });
  return body.people.find((each) => each.name === name)?.id ?? '';
};
const upload = (lesson: Lesson, name: string, body: Uint8Array<ArrayBuffer> | string, token = lesson.coach) =>
  fetch(`${test.url}/api/v1/classes/${lesson.id}/materials?name=${encodeURIComponent(name)}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }, body });

describe('who may do what', () => {
  const endpoints = [...Object.values(classEndpoints), ...Object.values(followUpEndpoints)] as EndpointSpec[];
  const roles = ['viewer', 'host', 'helper', 'coach', 'operator'] as const;

  it.each(roles)('a %s is refused at every endpoint of classes that is not theirs', async (role) => {
    const token = await test.app.issueToken({ role, identity: newId('per'), ...(role === 'helper' ? { rights: [] } : {}) }, HOUR);
    const foreign = endpoints.filter((each) => !each.roles.includes(role));
    const passed: string[] = [];
    for (const { method, path } of foreign) {
      const answer = await test.call(method, path.replace('{week}', '1').replace(/\{\w+\}/g, 'nobodynobody'), { token, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) });
      if (answer.body.code !== 'auth.forbidden') passed.push(`${method} ${path}: ${answer.status}`);
    }
    expect(passed).toEqual([]);
    expect(foreign.length).toBeGreaterThan(role === 'operator' ? 3 : 4);
  });

  it('a trainer of one class finds nothing of another one', async () => {
    const [own, other] = [await openClass(), await openClass()];
    const trainee = await enrol(other, 'Li');
    await upload(other, 'a.txt', 'Say hello.');
    const task = await test.call<ClassView>('POST', `/api/v1/classes/${other.id}/tasks`, { token: other.coach, body: { title: 'Practise', dueAt: clock.now() + DAY } });
    const there = await read(other);
    const values: Record<string, string> = { classId: other.id, traineeId: trainee, meetingId: other.meetingId, taskId: task.body.tasks[0]?.id ?? '', materialId: there.materials[0]?.id ?? '', week: '1', linkId: other.linkId };
    const bodies: Record<string, object> = {
      changeClass: { title: 'Mine' },
      addTrainee: { name: 'X' },
      changeTrainee: { name: 'X' },
      pairTrainees: { pairs: [] },
      markAttendance: { wasThere: true },
      addTask: { title: 'X', dueAt: clock.now() },
      changeTask: { title: 'X' },
      markTask: { isDone: true },
      changeVisit: { note: 'X' },
    };
    const found: string[] = [];
    for (const [name, { method, path, roles: allowed }] of [...Object.entries(classEndpoints), ...Object.entries(followUpEndpoints)] as [string, EndpointSpec][]) {
      if (!allowed.includes('coach') || !path.includes('{') || path.includes('{code}') || name === 'addMaterial') continue;
      const answer = await test.call(method, path.replace(/\{(\w+)\}/g, (_, each: string) => values[each] ?? ''), { token: own.coach, ...(method === 'GET' || method === 'DELETE' ? {} : { body: bodies[name] ?? {} }) });
      if (answer.status !== 404) found.push(`${name}: ${answer.status}`);
    }
    expect(found).toEqual([]);
    expect((await upload(other, 'b.txt', 'Mine.', own.coach)).status).toBe(404);
    expect((await test.call<{ classes: ClassSummary[] }>('GET', '/api/v1/classes', { token: own.coach })).body.classes.map(({ id }) => id)).toEqual([own.id]);
    expect(await read(other)).toEqual({ ...there, serverTime: clock.now() });
  });

  it('a link that is taken back ends its trainer at once', async () => {
    const lesson = await openClass();
    expect((await test.call('DELETE', `/api/v1/classes/${lesson.id}/links/${lesson.linkId}`, operator())).status).toBe(204);
    expect((await test.call('GET', `/api/v1/classes/${lesson.id}`, { token: lesson.coach })).body.code).toBe('auth.revoked');
  });

  it('a trainer makes classes of their own and teaches all of them by one link', async () => {
    const lesson = await openClass();
    const second = await test.call<ClassView>('POST', '/api/v1/classes', { token: lesson.coach, body: { title: 'Second', meetings: [meetingFrom(clock.now())] } });
    expect(second.body.trainers).toEqual(['Chen']);
    expect((await test.call<{ classes: ClassSummary[] }>('GET', '/api/v1/classes', { token: lesson.coach })).body.classes).toHaveLength(2);
    const forOneShow = await test.app.issueToken({ role: 'coach', identity: newId('per'), showId: newId('shw') }, HOUR);
    expect((await test.call('POST', '/api/v1/classes', { token: forOneShow, body: { title: 'X', meetings: [meetingFrom(clock.now())] } })).body.code).toBe('auth.forbidden');
  });
});

describe('coming to a class', () => {
  it('takes a phone that knows nothing: by a name in the list, by a new name, and the same phone again as itself', async () => {
    const lesson = await openClass();
    const li = await enrol(lesson, 'Li');
    const code = await openWall(lesson);
    const door = await test.call<AttendanceDoor>('GET', `/api/v1/attendance/${code}`);
    expect(door.body).toMatchObject({ title: 'First steps', people: [{ id: li, name: 'Li', isTaken: false }], hasRoom: true });
    expect(JSON.stringify(door.body)).not.toContain('phone');

    const first = await come(code, { traineeId: li });
    expect(first.body).toMatchObject({ traineeId: li, name: 'Li', at: clock.now() });
    clock.advance(60_000);
    expect((await come(code, {}, first.body.token)).body.at).toBe(first.body.at);
    expect((await come(code, { traineeId: li })).body.code).toBe('class.name-taken');
    expect((await come(code, {})).body.code).toBe('not-found');
    const fresh = await come(code, { name: '王芳', home: '北坡' });
    expect((await read(lesson)).meetings[0]?.present.map(({ traineeId, how }) => [traineeId, how])).toEqual([[li, 'code'], [fresh.body.traineeId, 'code']]);

    await test.call('PATCH', `/api/v1/trainees/${li}`, { token: lesson.coach, body: { isFreed: true } });
    expect((await come(code, { traineeId: li })).status).toBe(200);
  });

  it('goes by the server\'s clock alone: the code is over when its time is, and a new one takes its place', async () => {
    const lesson = await openClass();
    const code = await openWall(lesson);
    expect(await openWall(lesson)).toBe(code);
    clock.set(4 * HOUR + 1);
    expect((await come(code, { name: 'Late' })).body.code).toBe('attendance.closed');
    expect(await openWall(lesson)).not.toBe(code);
    const fresh = await openClass();
    const closing = await openWall(fresh);
    await test.call('DELETE', `/api/v1/meetings/${fresh.meetingId}/attendance`, { token: fresh.coach });
    expect((await test.call('GET', `/api/v1/attendance/${closing}`)).body.code).toBe('attendance.closed');
  });

  it('stops at the last place, and a class gets no fewer places than people', async () => {
    const lesson = await openClass({ seats: 1 });
    const code = await openWall(lesson);
    expect((await come(code, { name: 'Li' })).status).toBe(200);
    expect((await come(code, { name: 'Wang' })).body).toMatchObject({ code: 'class.full', params: { seats: 1 } });
    expect((await test.call('PATCH', `/api/v1/classes/${lesson.id}`, { token: lesson.coach, body: { seats: 5 } })).status).toBe(200);
    expect((await come(code, { name: 'Wang' })).status).toBe(200);
    expect((await test.call('PATCH', `/api/v1/classes/${lesson.id}`, { token: lesson.coach, body: { seats: 1 } })).body.code).toBe('class.full');
  });

  it('counts whom the trainer saw, and not any more; a meeting that was held cannot be taken out', async () => {
    const lesson = await openClass();
    const li = await enrol(lesson, 'Li');
    const mark = (wasThere: boolean) => test.call<ClassView>('PUT', `/api/v1/meetings/${lesson.meetingId}/attendance/${li}`, { token: lesson.coach, body: { wasThere } });
    expect((await mark(true)).body.meetings[0]?.present).toMatchObject([{ traineeId: li, how: 'trainer' }]);
    const other = { meetings: [meetingFrom(clock.now() + DAY)] };
    expect((await test.call('PATCH', `/api/v1/classes/${lesson.id}`, { token: lesson.coach, body: other })).body).toMatchObject({ code: 'class.wrong-state', params: { reason: 'was-held' } });
    expect((await mark(false)).body.meetings[0]?.present).toEqual([]);
    const moved = await test.call<ClassView>('PATCH', `/api/v1/classes/${lesson.id}`, { token: lesson.coach, body: other });
    expect(moved.body.meetings).toMatchObject([other.meetings[0]]);
  });
});

describe('a trainee\'s phone', () => {
  it('shows its tasks, its pair and its files, and marks what is done and not', async () => {
    const lesson = await openClass();
    const code = await openWall(lesson);
    const wang = await enrol(lesson, 'Wang', { stage: 'steady', phone: '13800001234' });
    const { token, traineeId } = (await come(code, { name: 'Li' })).body;
    const body = { title: 'Do the first steps', dueAt: clock.now() + 3 * DAY, isFirstSteps: true };
    const task = (await test.call<ClassView>('POST', `/api/v1/classes/${lesson.id}/tasks`, { token: lesson.coach, body })).body.tasks[0]?.id;
    expect((await test.call<ClassView>('PUT', `/api/v1/classes/${lesson.id}/pairs`, { token: lesson.coach, body: { pairs: [{ juniorId: traineeId, seniorId: wang }] } })).status).toBe(200);
    expect((await test.call('PUT', `/api/v1/classes/${lesson.id}/pairs`, { token: lesson.coach, body: { pairs: [{ juniorId: wang, seniorId: traineeId }] } })).body).toMatchObject({ code: 'class.wrong-state', params: { reason: 'not-senior' } });
    const mark = (isDone: boolean) => test.call<OwnClass>('PUT', `/api/v1/me/class/tasks/${task}`, { token, body: { isDone } });
    expect((await mark(true)).body).toMatchObject({ name: 'Li', senior: { name: 'Wang', phone: '13800001234' }, tasks: [{ title: 'Do the first steps', isFirstSteps: true, doneAt: clock.now() }], meetings: [{ wasThere: true }], showsNumbers: false });
    expect((await mark(false)).body.tasks[0]?.doneAt).toBeNull();
    expect((await test.call('PUT', `/api/v1/me/class/tasks/${task}`, { token: await stranger(), body: { isDone: true } })).status).toBe(404);
  });

  it('becomes a host\'s only by that host\'s own token, and is forgotten when it asks for it', async () => {
    const lesson = await openClass();
    const { token, traineeId } = (await come(await openWall(lesson), { name: 'Li' })).body;
    const market = await openMarket({ call: test.call, operatorToken });
    const connect = (trainee: string) => test.call<OwnClass>('POST', '/api/v1/me/class/host', { token: market.hostToken, body: { trainee, showsNumbers: true } });
    expect((await connect(`${token}x`)).body.code).toBe('auth.invalid');
    expect((await connect(token)).body).toMatchObject({ isHostKnown: true, showsNumbers: true });
    expect((await read(lesson)).people).toMatchObject([{ id: traineeId, host: { id: market.show.hostId, name: 'Zhang' }, showsNumbers: true }]);
    expect((await test.call('PATCH', `/api/v1/trainees/${traineeId}`, { token: lesson.coach, body: { hostId: market.show.hostId } })).body.code).toBe('auth.forbidden');

    expect((await test.call('DELETE', '/api/v1/me', { token })).status).toBe(204);
    expect((await read(lesson)).people).toEqual([]);
    expect((await test.call('GET', '/api/v1/me/class', { token })).status).toBe(404);
  });
});

describe('files of a class', () => {
  it('go to its trainers and trainees alone, as what they are, never as a page', async () => {
    const lesson = await openClass();
    const { token } = (await come(await openWall(lesson), { name: 'Li' })).body;
    expect((await upload(lesson, '价目表.exe', '%PDF-1.7 prices')).status).toBe(201);
    const file = (await read(lesson)).materials[0];
    expect(file).toMatchObject({ name: '价目表.exe.pdf', type: 'application/pdf', bytes: 15 });
    const get = (by?: string) => fetch(`${test.url}/api/v1/materials/${file?.id}`, by ? { headers: { authorization: `Bearer ${by}` } } : {});
    const answer = await get(token);
    expect(await answer.text()).toBe('%PDF-1.7 prices');
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'content-disposition': "attachment; filename*=UTF-8''%E4%BB%B7%E7%9B%AE%E8%A1%A8.exe.pdf" });
    expect((await get(lesson.coach)).status).toBe(200);
    expect([(await get()).status, (await get(await stranger())).status, (await get((await openClass()).coach)).status]).toEqual([404, 404, 404]);

    await test.call('DELETE', `/api/v1/materials/${file?.id}`, { token: lesson.coach });
    expect((await get(token)).status).toBe(404);
    expect(await readdir(join(test.dataDir, 'materials'))).not.toContain(file?.id);
  });

  it.each([
    ['a page', 'a.pdf', '<html><script>alert(1)</script>', 'material.refused'],
    ['a program', 'a.png', 'MZ\x90\x00', 'material.refused'],
    ['a way out of the folder', '../../a.txt', 'text', 'input.invalid'],
    ['nothing', 'a.txt', '', 'input.invalid'],
  ])('are not %s', async (_, name, content, code) => {
    const lesson = await openClass();
    expect(((await (await upload(lesson, name, content)).json()) as { code: string }).code).toBe(code);
    expect((await read(lesson)).materials).toEqual([]);
  });

  it('have a size that they may not pass', async () => {
    const lesson = await openClass();
    expect((await upload(lesson, 'a.txt', new Uint8Array(20_000_001).fill(97))).status).toBe(413);
  });
});

describe('a certificate', () => {
  it('says what was so, as a page to print that carries nobody else\'s code, until it is taken back', async () => {
    const lesson = await openClass({ title: '<b>Apples</b>' });
    const absent = await enrol(lesson, 'Never');
    expect((await test.call('POST', `/api/v1/trainees/${absent}/certificate`, { token: lesson.coach, body: {} })).body).toMatchObject({ code: 'class.wrong-state', params: { reason: 'never-there' } });
    const { traineeId } = (await come(await openWall(lesson), { name: '<img src=x onerror=alert(1)>' })).body;
    const issue = () => test.call<ClassView>('POST', `/api/v1/trainees/${traineeId}/certificate`, { token: lesson.coach, body: {} });
    const made = (await issue()).body.people.find(({ id }) => id === traineeId)?.certificate;
    expect((await issue()).body.people.find(({ id }) => id === traineeId)?.certificate).toEqual(made);
    for (const lang of ['en', 'zh-CN']) {
      const page = await test.call<string>('GET', `/certificates/${made?.id}?lang=${lang}`);
      expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(page.body).not.toMatch(/<img|<b>Apples/);
      expect(page.body).toContain(made?.number ?? '');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      // A closed network: the page asks nobody for anything.
      expect(page.body).not.toMatch(/(?:src|href)="http|url\(/);
    }
    await test.call('DELETE', `/api/v1/trainees/${traineeId}/certificate`, { token: lesson.coach });
    expect((await test.call('GET', `/certificates/${made?.id}`)).status).toBe(404);
  });
});

describe('after a class', () => {
  it('tells what is due, takes notes, and counts the shows that a trainee held, with numbers where they agreed', async () => {
    const lesson = await openClass({ daysAgo: 10 });
    const { token, traineeId } = (await come(await openWall(lesson), { name: 'Li', phone: '13800001234' })).body;
    const silent = await enrol(lesson, '=Silent');
    const market = await openMarket({ call: test.call, operatorToken });
    await test.call('POST', '/api/v1/me/class/host', { token: market.hostToken, body: { trainee: token, showsNumbers: true } });
    await holdShow(market);

    const follow = async () => (await test.call<ClassFollowUp>('GET', `/api/v1/classes/${lesson.id}/follow-up`, { token: lesson.coach })).body;
    const li = (await follow()).people.find(({ id }) => id === traineeId);
    expect(li).toMatchObject({ lastShowAt: clock.now() - HOUR, isHostKnown: true, isStreaming: [null, null], numbers: { currency: 'CNY', shows: 1, orders: 1, placedMinor: 1000, onAirSeconds: 3600 } });
    await test.call('PATCH', '/api/v1/me/class', { token, body: { showsNumbers: false } });
    expect((await follow()).people.map(({ numbers }) => numbers)).toEqual([null, null]);

    const overview = async () => (await test.call<FollowUp>('GET', '/api/v1/follow-up', { token: lesson.coach })).body;
    expect((await overview()).visits.map(({ name, week, isLate }) => [name, week, isLate])).toEqual([['=Silent', 1, true], ['Li', 1, true], ['=Silent', 2, false], ['Li', 2, false]]);
    const visit = (body: object, week: string | number = 1) => test.call<ClassFollowUp>('PATCH', `/api/v1/trainees/${traineeId}/visits/${week}`, { token: lesson.coach, body });
    const noted = await visit({ state: 'done', note: '卖了 12 箱' });
    expect(noted.body.people.find(({ id }) => id === traineeId)?.visits[0]).toMatchObject({ state: 'done', note: '卖了 12 箱', markedAt: clock.now(), byName: 'Chen' });
    expect((await overview()).visits.map(({ name, week }) => [name, week])).toEqual([['=Silent', 1], ['=Silent', 2], ['Li', 2]]);
    expect((await visit({ note: 'x'.repeat(100_000) })).body.code).toBe('input.invalid');
    expect((await visit({ note: 'x' }, 3)).body.code).toBe('input.invalid');
    expect((await visit({ state: 'planned' })).body.people.find(({ id }) => id === traineeId)?.visits[0]).toMatchObject({ state: 'planned', note: '卖了 12 箱', markedAt: null });

    const table = await test.call<string>('GET', `/api/v1/classes/${lesson.id}/follow-up.csv?lang=zh-CN`, { token: lesson.coach });
    expect(table.body).toContain('"\'=Silent"');
    expect(table.body).toContain('卖了 12 箱');
    expect((await test.call<string>('GET', '/api/v1/follow-up.csv', { token: lesson.coach })).body).toContain('"Chen"');
    expect((await test.call<string>('GET', `/api/v1/classes/${lesson.id}/visits.ics`, { token: lesson.coach })).body.match(/BEGIN:VEVENT/g)).toHaveLength(8);

    // Set, not lived through: an hour of upkeep at a time is nothing for a test.
    clock.set(25 * DAY);
    const later = await test.call<ClassFollowUp>('GET', `/api/v1/classes/${lesson.id}/follow-up`, operator());
    expect(later.body.shares).toEqual([{ day: 30, streaming: 1, of: 2, unknown: 1 }, { day: 90, streaming: null, of: 2, unknown: 1 }]);
    expect(later.body.people.find(({ id }) => id === silent)?.isStreaming).toEqual([false, null]);
  });
});

const stranger = () => test.app.issueToken({ role: 'viewer', identity: newId('vwr') }, HOUR);

/** On the air for an hour, with one order. */
async function holdShow(market: Awaited<ReturnType<typeof openMarket>>): Promise<void> {
  const host = await openSocket(test.url, market.hostToken);
  const joined = await host.ask('show.join', { showId: market.show.id });
  const peers = await LightPeers.open(joined.rtpCapabilities as RtpCapabilities);
  try {
    await peers.publish(throughSocket((name, input) => host.ask(name, input)), { hasAudio: false });
    await expect.poll(async () => (await test.call('GET', `/api/v1/shows/${market.show.id}`)).body.show.status).toBe('live');
    await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body: orderOf(market.products[0] as Product), headers: { 'idempotency-key': newId('key') } });
    clock.set(HOUR);
    expect((await test.call('POST', `/api/v1/shows/${market.show.id}/end`, { ...operator(), body: {} })).status).toBe(200);
  } finally {
    peers.close();
    host.close();
  }
}
