// Tests whom the console lists beside those it has a picture of.
import { expect, it } from 'vitest';
import type { CoachShow } from '../../../server/protocol/training.ts';
import { Roster } from '../../../web-components/coach/roster.ts';

const listed = (id: string, kind: 'live' | 'rehearsal', status: 'planned' | 'ended', standing: CoachShow['standing'] = 'may-ask') => ({ show: { id, kind, status }, standing }) as CoachShow;

it('keeps a real show that is over among the others, and no rehearsal that is', () => {
  const roster = new Roster({ openClient: () => expect.unreachable('nobody here is watched'), coachName: 'Li' });
  roster.take([listed('coming', 'live', 'planned'), listed('over', 'live', 'ended', 'allowed'), listed('practised', 'rehearsal', 'ended', 'allowed')]);
  expect(roster.others.map(({ show }) => show.id)).toEqual(['coming', 'over']);
  expect(roster.trainees).toEqual([]);
});
