// Owns the endpoints of polls and announcements, and of what stands in a room now. Reactions come by socket.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as stage from '../stage.ts';
import { everyone, showParams, staff } from './common.ts';

const pollParams = v.strictObject({ showId: id, pollId: id });

export const readStage = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/stage',
  summary: 'What stands beside picture and chat now: reactions so far, the poll with your own answer, the announcement',
  roles: everyone,
  params: showParams,
  status: 200,
  response: stage.stage,
});

export const listPolls = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/polls',
  summary: 'All polls of the show with their results, newest first',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: v.object({ polls: v.array(stage.poll) }),
});

export const openPoll = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/polls',
  summary: 'Ask the viewers something, with two to four answers; one poll at a time',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: stage.pollRequest,
  status: 201,
  response: stage.poll,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});

export const changePoll = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/polls/{pollId}',
  summary: 'Close a poll, withdraw one that was a mistake, open one again',
  roles: staff,
  right: 'chat',
  params: pollParams,
  body: stage.pollPatch,
  status: 200,
  response: stage.poll,
  limit: { perIdentity: 60 },
});

export const vote = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/polls/{pollId}/vote',
  summary: 'Answer the open poll, or another way; one vote an identity',
  roles: everyone,
  params: pollParams,
  body: stage.pollVote,
  status: 200,
  response: stage.poll,
  limit: { perIdentity: 30, perAddress: 300 },
});

export const announce = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/announcement',
  summary: 'Put one line on the picture, for some minutes or until it is taken away; another one takes its place',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: stage.announcementRequest,
  status: 200,
  response: stage.announcement,
  limit: { perIdentity: 30 },
});

export const takeAnnouncementAway = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/announcement',
  summary: 'Take the announcement away',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 204,
  limit: { perIdentity: 30 },
});
