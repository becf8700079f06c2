// Owns the newest cues of each show while it is on: what a coach said in a word, and whether the host saw it. Kept in memory alone: a cue is
// of the moment, and nothing of it is worth keeping over a restart.
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Cue, cueRequest } from '../../protocol/coach-desk.ts';
import { CUES_KEPT } from '../../protocol/coach-limits.ts';
import { newId } from '../../protocol/ids.ts';
import type * as v from 'valibot';

export class CueBoard {
  readonly #clock: Clock;
  readonly #byShow = new Map<string, Cue[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The newest first. */
  of(showId: string): Cue[] {
    return this.#byShow.get(showId) ?? [];
  }

  send(showId: string, by: string, request: v.InferOutput<typeof cueRequest>): Cue {
    const what = 'preset' in request ? { preset: request.preset, text: null } : { preset: null, text: request.text };
    const cue: Cue = { id: newId('cue'), ...what, by, at: this.#clock.now(), seenAt: null };
    this.#byShow.set(showId, [cue, ...this.of(showId)].slice(0, CUES_KEPT));
    return cue;
  }

  /** The first time counts. @throws FieldcastError `not-found` also of one that newer ones pushed out */
  seen(showId: string, cueId: string): Cue {
    const cues = this.of(showId);
    const known = cues.find((cue) => cue.id === cueId);
    if (!known) throw new FieldcastError('not-found', 'There is no such cue any more.');
    const seen = { ...known, seenAt: known.seenAt ?? this.#clock.now() };
    this.#byShow.set(showId, cues.map((cue) => (cue === known ? seen : cue)));
    return seen;
  }

  forget(showId: string): void {
    this.#byShow.delete(showId);
  }
}
