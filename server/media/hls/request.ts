// Owns what an address below /hls/ says: ids, names of pieces, and the directives of a blocking reload.
import type { FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { FieldcastError } from '../../platform/errors.ts';
import { id } from '../../protocol/ids.ts';
import { looksLikePass } from './passes.ts';
import type { Position } from './rendition-window.ts';

const NUMBER = /^\d{1,15}$/;

export function nothingHere(): FieldcastError {
  return new FieldcastError('not-found', 'There is nothing at this address.');
}

/** @throws FieldcastError `not-found` for what cannot be an id or a pass */
export function placeOf(request: FastifyRequest): { streamId: string; pass: string | undefined } {
  const { showId, pass } = request.params as Record<string, string | undefined>;
  const streamId = v.safeParse(id, showId);
  if (!streamId.success || (pass !== undefined && !looksLikePass(pass))) throw nothingHere();
  return { streamId: streamId.output, pass };
}

export type PieceName = { kind: 'init'; stretch: number } | { kind: 'segment'; sequence: number } | { kind: 'part'; sequence: number; index: number };

/** @throws FieldcastError `not-found` for what is no name of a piece */
export function pieceOf(request: FastifyRequest): PieceName {
  const { file = '' } = request.params as Record<string, string | undefined>;
  const init = /^init-(\d{1,15})\.mp4$/.exec(file);
  if (init) return { kind: 'init', stretch: Number(init[1]) };
  const [, sequence, index] = /^(\d{1,15})(?:\.(\d{1,15}))?\.m4s$/.exec(file) ?? [];
  if (sequence === undefined) throw nothingHere();
  if (index === undefined) return { kind: 'segment', sequence: Number(sequence) };
  return { kind: 'part', sequence: Number(sequence), index: Number(index) };
}

/**
 * `_HLS_msn` and `_HLS_part` (rfc8216bis section 6.2.5.2); undefined without them. Parameters of others are none of ours.
 * @throws FieldcastError `input.invalid`
 */
export function directivesOf(request: FastifyRequest): Position | undefined {
  const { _HLS_msn: sequence, _HLS_part: part, _HLS_skip: skip } = request.query as Record<string, unknown>;
  if (skip !== undefined && skip !== 'YES' && skip !== 'v2') throw refused('_HLS_skip', 'YES or v2');
  if (sequence === undefined && part === undefined) return undefined;
  // Given twice it is an array.
  if (typeof sequence !== 'string' || !NUMBER.test(sequence)) throw refused('_HLS_msn', 'a media sequence number');
  if (part === undefined) return { sequence: Number(sequence), part: undefined };
  if (typeof part !== 'string' || !NUMBER.test(part)) throw refused('_HLS_part', 'the number of a part');
  return { sequence: Number(sequence), part: Number(part) };
}

export function refused(path: string, message: string): FieldcastError {
  return new FieldcastError('input.invalid', 'This playlist cannot be asked for like this.', { issues: [{ path, message }] });
}
