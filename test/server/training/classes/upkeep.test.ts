// Owns that a class forgets its people when their time is over, and keeps the numbers that name nobody.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Database } from '../../../../server/platform/db/database.ts';
import { createLogger } from '../../../../server/platform/log.ts';
import { ClassViews } from '../../../../server/training/classes/class-view.ts';
import { Classes } from '../../../../server/training/classes/classes.ts';
import { Materials } from '../../../../server/training/classes/materials.ts';
import { classMigration, type ClassTables } from '../../../../server/training/classes/tables.ts';
import { Trainees } from '../../../../server/training/classes/trainees.ts';
import { ClassUpkeep } from '../../../../server/training/classes/upkeep.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const DAY = 24 * 3600_000;
const clock = new FakeClock();
let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-test-'));
  database = await Database.open(join(dataDir, 'test.sqlite'), [classMigration], createLogger('silent'));
});
afterEach(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

it('erases names, phones, files and marks so many days after the last meeting, and not an hour before', async () => {
  const deps = { database, clock };
  const classes = new Classes(deps);
  const trainees = new Trainees(deps);
  const materials = new Materials({ ...deps, dataDir, reserveBytes: 0 });
  const views = new ClassViews({ ...deps, hostName: () => Promise.resolve(undefined) });
  const now = clock.now();
  const lesson = { title: 'Apples', place: '', stage: 'never' as const, seats: 5 };
  const old = await classes.create({ ...lesson, meetings: [{ startsAt: now - 2 * DAY, endsAt: now - DAY }, { startsAt: now - 9 * DAY, endsAt: now - 8 * DAY }] }, undefined, undefined);
  const young = await classes.create({ ...lesson, meetings: [{ startsAt: now, endsAt: now + DAY }] }, undefined, undefined);
  for (const classId of [old, young]) {
    await trainees.add(classId, { name: '王小明', phone: '13899990000', home: '' }, undefined);
    await materials.add(classId, 'a.txt', new TextEncoder().encode('Say hello.'));
  }
  const faults: unknown[] = [];
  const upkeep = new ClassUpkeep({ ...deps, materials, days: 100, numbersOf: async (classId) => ({ trainees: (await views.people(classId)).length, visitsDone: 3, visitsMissed: 0, shares: [] }), onFault: (error) => faults.push(error) });
  clock.set(99 * DAY);
  await upkeep.expire();
  expect((await views.summary(old)).isErased).toBe(false);
  clock.set(1);
  await upkeep.expire();
  upkeep.close();

  expect(await views.whole(old)).toMatchObject({ isErased: true, title: 'Apples', people: [], materials: [] });
  expect(await views.whole(young)).toMatchObject({ isErased: false, people: [{ name: '王小明' }], materials: [{ name: 'a.txt' }] });
  const row = await database.read<ClassTables>().selectFrom('classes').select('kept').where('id', '=', old).executeTakeFirstOrThrow();
  expect(JSON.parse(row.kept ?? '')).toEqual({ trainees: 1, visitsDone: 3, visitsMissed: 0, shares: [] });
  await expect(trainees.add(old, { name: 'X', phone: '', home: '' }, undefined)).rejects.toMatchObject({ code: 'class.wrong-state' });
  expect(faults).toEqual([]);
});
