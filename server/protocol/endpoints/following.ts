// Owns the endpoints of following a seller, of being told when a show starts, and of being forgotten.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import * as shapes from '../following.ts';
import { id } from '../ids.ts';
import { everyone, nothing, showParams } from './common.ts';

const sellerParams = v.strictObject({ sellerId: id });
/** A person's taps; a flood of made-up viewers comes from few addresses. */
const taps = { perIdentity: 60, perAddress: 240 };

export const readFollow = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/follow',
  summary: 'How many follow a seller, and whether this viewer does',
  roles: everyone,
  params: sellerParams,
  status: 200,
  response: shapes.following,
});

export const followSeller = endpoint({
  method: 'PUT',
  path: '/api/v1/sellers/{sellerId}/follow',
  summary: 'Follow a seller: no account, the device is who follows. Answers a `viewerToken` to a device that had none',
  roles: everyone,
  params: sellerParams,
  body: nothing,
  status: 200,
  response: shapes.followed,
  limit: taps,
});

export const unfollowSeller = endpoint({
  method: 'DELETE',
  path: '/api/v1/sellers/{sellerId}/follow',
  summary: 'Follow a seller no more',
  roles: everyone,
  params: sellerParams,
  status: 200,
  response: shapes.following,
  limit: taps,
});

export const listFollowed = endpoint({
  method: 'GET',
  path: '/api/v1/me/following',
  summary: 'Sellers that this viewer follows, each with the show that is on or comes next',
  roles: everyone,
  status: 200,
  response: shapes.followedSellers,
});

export const readReminder = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/reminder',
  summary: 'The server\'s key for web push, and whether this viewer is to be told when the show starts',
  roles: everyone,
  params: showParams,
  status: 200,
  response: shapes.reminder,
});

export const setReminder = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/reminder',
  summary: 'Tell this viewer ten minutes before the planned time and when the show goes live, on each device that takes push messages',
  roles: everyone,
  params: showParams,
  body: nothing,
  status: 200,
  response: shapes.keptViewer,
  limit: taps,
});

export const dropReminder = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/reminder',
  summary: 'Do not tell this viewer',
  roles: everyone,
  params: showParams,
  status: 204,
  limit: taps,
});

export const subscribePush = endpoint({
  method: 'PUT',
  path: '/api/v1/me/push',
  summary: 'This browser takes push messages (RFC 8030): of shows that the viewer wants to be reminded of, and of sellers they follow',
  roles: everyone,
  body: shapes.pushRequest,
  status: 200,
  response: shapes.keptViewer,
  limit: { perIdentity: 20, perAddress: 120 },
});

export const unsubscribePush = endpoint({
  method: 'DELETE',
  path: '/api/v1/me/push',
  summary: 'No push messages to this viewer any more, on any device',
  roles: everyone,
  status: 204,
  limit: taps,
});

export const forgetMe = endpoint({
  method: 'DELETE',
  path: '/api/v1/me',
  summary: 'Erase what the server knows of this viewer in all shows: messages, questions, answers to them, follows, reminders, what was left for prizes. Orders stay with their seller',
  roles: ['viewer'],
  status: 204,
  limit: { perIdentity: 5, perAddress: 60 },
});

export const forgetRecognition = endpoint({
  method: 'DELETE',
  path: '/api/v1/me/recognition',
  summary: 'This viewer does not agree any more to be known again in other shows: forgets by what they were, in all of them',
  roles: ['viewer'],
  status: 204,
  limit: { perIdentity: 20, perAddress: 120 },
});
