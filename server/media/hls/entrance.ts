// Owns who gets in below /hls/: by a pass where the stream is gated, and nobody asks the database once a part and viewer.
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { isLoopback, MinuteLimit } from '../../platform/limits.ts';
import type { HlsPasses } from './passes.ts';
import { RecentAnswers } from './recent-answers.ts';
import type { LiveState } from './rendition-window.ts';
import { placeOf } from './request.ts';

/** What is known outside of a stream and its viewers. */
export interface HlsAccess {
  /** `isSecret`: without a pass it is as if it were not there. @throws FieldcastError `not-found` for an unknown stream */
  about(streamId: string): Promise<About>;
  /** @throws FieldcastError for who may not, `not-found` for an unknown stream */
  mayWatch(caller: Caller, streamId: string): Promise<void>;
}

interface About {
  isGated: boolean;
  isOver: boolean;
  isSecret?: boolean;
}

/** Answers about a stream are asked of the database once in this time, not once a part and viewer. */
const ABOUT_KEPT_MS = 2_000;
const UNKNOWN_PER_MINUTE = 600;

export interface Entered extends About {
  streamId: string;
  pass: string | undefined;
}

export class Entrance {
  readonly #passes: HlsPasses;
  readonly #stateOf: (streamId: string) => LiveState | undefined;
  readonly #about: RecentAnswers<About>;
  readonly #unknown = new MinuteLimit(UNKNOWN_PER_MINUTE);

  constructor(deps: { access: HlsAccess; passes: HlsPasses; clock: Clock; stateOf: (streamId: string) => LiveState | undefined }) {
    this.#passes = deps.passes;
    this.#stateOf = deps.stateOf;
    this.#about = new RecentAnswers((streamId) => deps.access.about(streamId), { keptMs: ABOUT_KEPT_MS, clock: deps.clock });
  }

  /** Whoever asks, a gated stream without a pass included. @throws FieldcastError `not-found`, `auth.invalid`, `rate.limited` */
  async anybody(request: FastifyRequest): Promise<Entered> {
    const { streamId, pass } = placeOf(request);
    // Viewers are not counted by address, since many share one; who looks for streams that are not there, is.
    const state = this.#stateOf(streamId);
    if (state === undefined && !isLoopback(request.ip)) await this.#unknown.take(request.ip);
    const recent = await this.#about.of(streamId);
    // Whoever asks for the recording as soon as the show is over must not get what was true a moment ago: the end of the live playlist.
    const about = state === 'ended' && !recent.isOver ? await this.#about.afresh(streamId) : recent;
    if (pass !== undefined && !this.#passes.isValid(streamId, pass)) throw about.isSecret ? notThere() : notWithThis();
    return { streamId, pass, ...about };
  }

  /** Who has a pass, where one is needed. @throws FieldcastError `auth.missing` and those of `anybody` */
  async withPass(request: FastifyRequest): Promise<Entered> {
    const entered = await this.anybody(request);
    if (entered.isGated && entered.pass === undefined) throw entered.isSecret ? notThere() : needsPass();
    return entered;
  }
}

function needsPass(): FieldcastError {
  return new FieldcastError('auth.missing', 'This show is gated: ask for its address with show.join.', { headers: { 'www-authenticate': 'Bearer' } });
}

function notThere(): FieldcastError {
  return new FieldcastError('not-found', 'There is no such show.');
}

function notWithThis(): FieldcastError {
  return new FieldcastError('auth.invalid', 'This address has expired: ask for a new one with show.join.');
}
