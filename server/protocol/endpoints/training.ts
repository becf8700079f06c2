// Owns the endpoints of rehearsals and of consent to a coach. What is done inside a rehearsal goes through the endpoints of every show.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as training from '../training.ts';
import { coaches, hosts, nothing, practisers, showParams } from './common.ts';

export const startRehearsal = endpoint({
  method: 'POST',
  path: '/api/v1/rehearsals',
  summary: 'Make a rehearsal: a private show with copies of the products, in which nothing is charged, counted or taken from stock',
  roles: practisers,
  body: training.rehearsalRequest,
  status: 201,
  response: training.rehearsal,
  idempotency: 'accepted',
  limit: { perIdentity: 30 },
});

export const readRehearsal = endpoint({
  method: 'GET',
  path: '/api/v1/rehearsals/{showId}',
  summary: 'A rehearsal, with what of it would go live, and when it is erased',
  roles: practisers,
  params: showParams,
  status: 200,
  response: training.rehearsal,
});

export const goLive = endpoint({
  method: 'POST',
  path: '/api/v1/rehearsals/{showId}/go-live',
  summary: 'Carry the practised shelf, its pins and the prices that are named over into a real show, which its host starts when ready',
  roles: hosts,
  params: showParams,
  body: training.goLiveRequest,
  status: 200,
  response: training.rehearsal,
});

export const undoGoLive = endpoint({
  method: 'POST',
  path: '/api/v1/rehearsals/{showId}/go-live/undo',
  summary: 'Take back what went live, as long as that show has not begun: shelf, pins, prices, and the show where it was made for this',
  roles: hosts,
  params: showParams,
  body: nothing,
  status: 200,
  response: training.rehearsal,
});

export const eraseRehearsal = endpoint({
  method: 'DELETE',
  path: '/api/v1/rehearsals/{showId}',
  summary: 'Erase a rehearsal now: recording, chat, orders, copies of products. What went live stays',
  roles: hosts,
  params: showParams,
  status: 204,
});

export const listCoachShows = endpoint({
  method: 'GET',
  path: '/api/v1/coaching/shows',
  summary: 'Shows of those whom this coach coaches, rehearsals first, with how the coach stands in each',
  roles: coaches,
  status: 200,
  response: v.object({ shows: v.array(training.coachShow) }),
});

export const askToCoach = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/coaching/ask',
  summary: 'Ask the host of a real show to be coached in it; `coach.asked` tells the host',
  roles: coaches,
  params: showParams,
  body: nothing,
  status: 200,
  response: training.coachShow,
  limit: { perIdentity: 20 },
});

export const listCoaches = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/coaching',
  summary: 'Coaches who are in the show, may be, or ask to be',
  roles: hosts,
  params: showParams,
  status: 200,
  response: v.object({ coaches: v.array(training.showCoach) }),
});

export const answerCoach = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/coaching/{coachId}',
  summary: 'Let a coach in, or out: held at once, and taken back at once',
  roles: hosts,
  params: v.strictObject({ showId: id, coachId: id }),
  body: training.coachAnswer,
  status: 200,
  response: v.object({ coaches: v.array(training.showCoach) }),
});
