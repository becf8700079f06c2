// Owns what follow-up gives out as files: tables for spreadsheets, and a calendar of the visits that are still to be made.
import { createEvents, type EventAttributes } from 'ics';
import { csvFile } from '../../platform/csv.ts';
import type { ClassFollowUp, FollowUp, StillShare } from '../../protocol/follow-up.ts';
import { minorUnitExponent } from '../../protocol/money.ts';
import { type ExportWords, exportWords } from './words.ts';

export type ExportLang = keyof typeof exportWords;

/** A class: a row for each trainee. */
export function classTable({ people }: ClassFollowUp, lang: ExportLang): Uint8Array {
  const words = exportWords[lang];
  const head = [words.name, words.phone, words.home, ...words.visits.flatMap((visit) => [visit, `${visit} ${words.note}`]), words.still30, words.still90, words.lastShow, words.shows, words.onAir, words.viewers, words.orders, words.placed, words.kept, words.currency];
  const rows = people.map((each) => {
    const { numbers } = each;
    const money = (minor: number): number => (numbers ? minor / 10 ** minorUnitExponent(numbers.currency) : 0);
    return [
      each.name,
      each.phone,
      each.home,
      ...each.visits.flatMap(({ state, plannedAt, markedAt, note }) => [`${words.states[state]} ${day(markedAt ?? plannedAt)}`, note]),
      ...each.isStreaming.map((is) => (is === null ? '' : is ? words.yes : each.isHostKnown ? words.no : words.unknown)),
      each.lastShowAt === null ? '' : day(each.lastShowAt),
      ...(numbers
        ? [numbers.shows, Math.round(numbers.onAirSeconds / 60), numbers.viewers, numbers.orders, money(numbers.placedMinor), money(numbers.keptMinor), numbers.currency]
        : ['', '', '', '', '', '', '']),
    ];
  });
  return csvFile(head, rows);
}

/** Several classes: a row for each trainer and for each class. */
export function overviewTable({ classes, trainers }: FollowUp, lang: ExportLang): Uint8Array {
  const words = exportWords[lang];
  const shares = (list: readonly StillShare[]): (string | number)[] => list.flatMap(({ streaming, of, unknown }) => (streaming === null ? ['', of, unknown] : [streaming, of, unknown]));
  const head = [words.kind, words.name, words.trainers, words.ended, words.trainees, words.visitsDone, words.still30, words.of, words.unknown, words.still90, words.of, words.unknown];
  return csvFile(head, [
    ...trainers.map((each) => [words.trainer, each.name, '', '', each.trainees, each.visitsDone, ...shares(each.shares)]),
    ...classes.map((each) => [words.class, each.title, each.trainers.join(', '), day(each.endsAt), each.shares[0]?.of ?? '', each.visitsDone, ...shares(each.shares)]),
  ]);
}

/** Visits that are still to be made, an hour each, with an alarm two hours before. */
export function visitsFile({ people, title }: ClassFollowUp, lang: ExportLang): string {
  const words: ExportWords = exportWords[lang];
  const events = people.flatMap((each) =>
    each.visits
      .filter(({ state }) => state === 'planned')
      .map(
        ({ week, plannedAt, isMoved }): EventAttributes => ({
          productId: '-//Fieldcast//Fieldcast//EN',
          uid: `${each.id}-${week}@fieldcast`,
          sequence: isMoved ? 1 : 0,
          start: plannedAt,
          startInputType: 'utc',
          startOutputType: 'utc',
          duration: { hours: 1 },
          title: words.visit(each.name, week),
          description: [title, each.phone, each.home].filter(Boolean).join('\n'),
          alarms: [{ action: 'display', description: words.visit(each.name, week), trigger: { hours: 2, before: true } }],
        }),
      ),
  );
  if (events.length === 0) return 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fieldcast//Fieldcast//EN\r\nEND:VCALENDAR\r\n';
  const { value, error } = createEvents(events);
  if (typeof value !== 'string') throw new Error('visits make no calendar file', { cause: error });
  return value;
}

/** `2026-06-14`, as every spreadsheet sorts it. */
function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
