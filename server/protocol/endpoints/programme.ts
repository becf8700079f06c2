// Owns the endpoints by which people find shows: the list of live, coming and past ones, the link to share, the calendar file.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as programme from '../programme.ts';
import { everyone, showParams } from './common.ts';

export const readProgramme = endpoint({
  method: 'GET',
  path: '/api/v1/programme',
  summary: 'Shows for viewers: live ones first, then coming ones (soonest first), then past ones (newest first); hidden ones are left out',
  roles: everyone,
  query: v.strictObject({
    sellerId: v.optional(id),
    hostId: v.optional(id),
    limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(100)), '24'),
  }),
  status: 200,
  response: programme.programme,
});

export const shareShow = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/share',
  summary: 'The address where the show is watched, with its QR code',
  roles: everyone,
  params: showParams,
  status: 200,
  response: programme.share,
});

export const readCalendar = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/calendar.ics',
  summary: 'Calendar file (RFC 5545) of a planned show, with an alarm ten minutes before',
  roles: everyone,
  params: showParams,
  status: 200,
});
