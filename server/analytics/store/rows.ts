// Owns the writing of roll-ups, devices and raw chunks as rows, by statements that are compiled once.
import type { Transaction } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { NamedSet, Sum } from '../rollup/pending.ts';
import type { AnalyticsTables } from './tables.ts';
import { Turns } from './turns.ts';

export const addSum = compileOnce<AnalyticsTables, AnalyticsTables['sums']>()((database, param) =>
  database
    .insertInto('sums')
    .values({ show: param('show'), phase: param('phase'), minute: param('minute'), counter: param('counter'), subject: param('subject'), amount: param('amount') })
    .onConflict((conflict) => conflict.columns(['show', 'phase', 'counter', 'minute', 'subject']).doUpdateSet((eb) => ({ amount: eb('sums.amount', '+', eb.ref('excluded.amount')) }))),
);

export const keepSet = compileOnce<AnalyticsTables, AnalyticsTables['sets']>()((database, param) =>
  database
    .insertInto('sets')
    .values({ show: param('show'), phase: param('phase'), name: param('name'), subject: param('subject'), members: param('members') })
    .onConflict((conflict) => conflict.columns(['show', 'phase', 'name', 'subject']).doUpdateSet((eb) => ({ members: eb.ref('excluded.members') }))),
);

type DeviceRow = AnalyticsTables['devices'];
export const keepDevice = compileOnce<AnalyticsTables, DeviceRow>()((database, param) =>
  database
    .insertInto('devices')
    .values({
      show: param('show'),
      number: param('number'),
      device: param('device'),
      mark: param('mark'),
      first_at: param('first_at'),
      area: param('area'),
      person: param('person'),
      person_across: param('person_across'),
      story: param('story'),
      pages: param('pages'),
    })
    .onConflict((conflict) =>
      conflict.columns(['show', 'number']).doUpdateSet((eb) => ({
        mark: eb.ref('excluded.mark'),
        person: eb.ref('excluded.person'),
        person_across: eb.ref('excluded.person_across'),
        story: eb.ref('excluded.story'),
        pages: eb.ref('excluded.pages'),
      })),
    ),
);

export const keepStory = compileOnce<AnalyticsTables, Pick<DeviceRow, 'show' | 'number' | 'story'>>()((database, param) =>
  database.updateTable('devices').set({ story: param('story') }).where('show', '=', param('show')).where('number', '=', param('number')),
);

export const addChunk = compileOnce<AnalyticsTables, AnalyticsTables['raw_chunks']>()((database, param) =>
  database.insertInto('raw_chunks').values({ show: param('show'), position: param('position'), base: param('base'), last_at: param('last_at'), events: param('events'), lines: param('lines') }),
);

export async function keepRollUps(transaction: Transaction<AnalyticsTables>, show: number, { sums, sets }: { sums: readonly Sum[]; sets: readonly NamedSet[] }): Promise<void> {
  const turns = new Turns();
  for (const sum of sums) {
    await addSum(transaction, { show, ...sum });
    await turns.next();
  }
  for (const { phase, name, subject, members } of sets) {
    await keepSet(transaction, { show, phase, name, subject, members: Buffer.from(members.bytes()) });
    await turns.next();
  }
}
