// Owns the endpoints of codes by which viewers order in the chat.
import * as codes from '../codes.ts';
import { endpoint } from '../endpoint.ts';
import { everyone, showParams, staff } from './common.ts';

export const readCodes = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/codes',
  summary: 'Codes by which what is on the shelf can be ordered in the chat',
  roles: everyone,
  params: showParams,
  status: 200,
  response: codes.codes,
});

export const readCodeDesk = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/codes/desk',
  summary: 'The codes with what was ordered by each',
  roles: staff,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: codes.codeDesk,
});

export const changeCodes = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/codes',
  summary: 'Turn ordering by code on or off; codes stay the same for the whole show',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: codes.codesPatch,
  status: 200,
  response: codes.codeDesk,
  limit: { perIdentity: 60 },
});
