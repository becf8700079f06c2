// Owns the lines of all shows: one is made when somebody comes to it, and gone when nobody is on it.
import type { Media } from '../../media/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { ignore } from '../../platform/errors.ts';
import type { WhisperState } from '../../protocol/coach-desk.ts';
import type { Show } from '../../protocol/show.ts';
import { mayHear } from './ear.ts';
import { Line } from './line.ts';

const NOBODY: WhisperState = { coach: null, isTalking: false, canHear: false };

export interface LinesDeps {
  media: Pick<Media, 'privateStream'>;
  clock: Clock;
  changed: (showId: string, state: WhisperState) => void;
}

export class Lines {
  readonly #deps: LinesDeps;
  readonly #byShow = new Map<string, Line<Caller>>();

  constructor(deps: LinesDeps) {
    this.#deps = deps;
  }

  state(showId: string): WhisperState {
    return this.#byShow.get(showId)?.state ?? NOBODY;
  }

  find(showId: string): Line<Caller> | undefined {
    return this.#byShow.get(showId);
  }

  /** The line of a show, whether or not somebody is on it. */
  of(show: Pick<Show, 'id' | 'hostId'>): Line<Caller> {
    const known = this.#byShow.get(show.id);
    if (known) return known;
    // No id that a client may send has a colon: not even by name can it be asked for.
    const stream = this.#deps.media.privateStream(`whisper:${show.id}`, mayHear(show));
    const line: Line<Caller> = new Line({
      stream,
      clock: this.#deps.clock,
      changed: (state) => this.#deps.changed(show.id, state),
      empty: () => {
        if (this.#byShow.get(show.id) !== line) return;
        this.#byShow.delete(show.id);
        stream.close().catch(ignore('a worker that is gone has closed it'));
      },
    });
    this.#byShow.set(show.id, line);
    return line;
  }
}
