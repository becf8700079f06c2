// Owns the calendar file of a planned show (RFC 5545): times in UTC, one UID for good, a sequence that grows with every change.
import { createEvent, type EventAttributes } from 'ics';
import type { Show } from '../protocol/show.ts';

/** Nobody says how long a show will be; a calendar has to draw something. */
const DRAWN_MS = 3600_000;
const ALARM_MINUTES = 10;

export interface Announcement {
  show: Pick<Show, 'id' | 'title' | 'sellerName' | 'hostName'>;
  plannedAt: number;
  /** How often what the file tells has changed: a calendar takes a newer one over an older one. */
  sequence: number;
  /** Where it is watched. */
  url: string;
}

/** @returns the text of the file. It is in no language: title, names and address only. */
export function calendarFile({ show, plannedAt, sequence, url }: Announcement): string {
  const event: EventAttributes = {
    productId: '-//Fieldcast//Fieldcast//EN',
    uid: `${show.id}@fieldcast`,
    sequence,
    start: plannedAt,
    startInputType: 'utc',
    startOutputType: 'utc',
    end: plannedAt + DRAWN_MS,
    endInputType: 'utc',
    endOutputType: 'utc',
    title: show.title,
    description: `${show.sellerName} · ${show.hostName}\n${url}`,
    status: 'CONFIRMED',
    alarms: [{ action: 'display', description: show.title, trigger: { minutes: ALARM_MINUTES, before: true } }],
  };
  // The library takes no IPv6 address as a URL; in the description it stands in any case.
  const text = createEvent({ ...event, url }).value ?? createEvent(event).value;
  if (text === null) throw new Error(`show ${show.id} makes no calendar file`);
  return text;
}
