// Owns the endpoints of the waitlist.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as waitlist from '../waitlist.ts';
import { everyone, showParams, staff } from './common.ts';

export const readWaits = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/waits',
  summary: 'Your own places on the waitlists of the show',
  roles: everyone,
  params: showParams,
  status: 200,
  response: waitlist.waits,
});

export const joinWaitlist = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/waits',
  summary: 'Wait for something that is sold out; whoever waits for it already keeps the place',
  roles: everyone,
  params: showParams,
  body: waitlist.waitRequest,
  status: 201,
  response: waitlist.wait,
  limit: { perIdentity: 30, perAddress: 300 },
});

export const leaveWaitlist = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/waits/{waitId}',
  summary: 'Give a place up; what was held for it goes to the next',
  roles: everyone,
  params: v.strictObject({ showId: id, waitId: id }),
  status: 204,
  limit: { perIdentity: 60, perAddress: 600 },
});

export const readWaitlist = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/waitlist',
  summary: 'How many wait for what in the show, and what is held for them',
  roles: staff,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: waitlist.waitlistDesk,
});

export const closeWaitlist = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/waitlist/{variantId}',
  summary: 'Close the waitlist of a variant: nobody waits for it any more, and what was held is on sale again',
  roles: staff,
  right: 'shelf',
  params: v.strictObject({ showId: id, variantId: id }),
  status: 204,
  limit: { perIdentity: 60 },
});
