// Owns the endpoints of what a coach and the host they coach have between them. The whispered voice itself goes over the socket.
import * as v from 'valibot';
import * as desk from '../coach-desk.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { showParams } from './common.ts';

const coach = ['coach'] as const;
const host = ['host'] as const;
const both = ['coach', 'host'] as const;
const noteParams = v.strictObject({ showId: id, noteId: id });

export const readCoachDesk = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/coaching/desk',
  summary: 'What stands between coach and host now: the line to the ear, the hand, what is being shown, the newest cues',
  roles: both,
  params: showParams,
  status: 200,
  response: desk.coachDesk,
});

export const sendCue = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/cues',
  summary: 'A word to the host alone, shown large; `coach.cue` tells the host',
  roles: coach,
  params: showParams,
  body: desk.cueRequest,
  status: 201,
  response: desk.cue,
  limit: { perIdentity: 60 },
});

export const cueSeen = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/cues/{cueId}/seen',
  summary: 'The host has seen a cue; `coach.cue` tells the coaches',
  roles: host,
  params: v.strictObject({ showId: id, cueId: id }),
  status: 200,
  response: desk.cue,
  limit: { perIdentity: 120 },
});

export const raiseHand = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/hand',
  summary: 'Put the hand up to be helped, or down; a coach puts it down when they have come',
  roles: both,
  params: showParams,
  body: desk.handRequest,
  status: 200,
  response: desk.hand,
  limit: { perIdentity: 60 },
});

export const showDemo = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/demo-pin',
  summary: 'Show how to pin: this product is the pin until it is given back. Pins that the host sets meanwhile stay',
  roles: coach,
  params: showParams,
  body: desk.demoRequest,
  status: 200,
  response: desk.demoState,
  limit: { perIdentity: 60 },
});

export const endDemo = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/demo-pin',
  summary: 'Give the pin back: what was pinned before is pinned again',
  roles: both,
  params: showParams,
  status: 200,
  response: desk.demoState,
  limit: { perIdentity: 60 },
});

export const listNotes = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/notes',
  summary: 'What coaches wrote down about the show, in the order of what it is about',
  roles: coach,
  params: showParams,
  status: 200,
  response: v.object({ notes: v.array(desk.note) }),
});

export const writeNote = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/notes',
  summary: 'Write a note down, of this moment or of another one',
  roles: coach,
  params: showParams,
  body: desk.noteRequest,
  status: 201,
  response: desk.note,
  idempotency: 'required',
  limit: { perIdentity: 120 },
});

export const changeNote = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/notes/{noteId}',
  summary: 'Write a note of one\'s own anew',
  roles: coach,
  params: noteParams,
  body: desk.notePatch,
  status: 200,
  response: desk.note,
});

export const deleteNote = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/notes/{noteId}',
  summary: 'Delete a note of one\'s own',
  roles: coach,
  params: noteParams,
  status: 204,
});
