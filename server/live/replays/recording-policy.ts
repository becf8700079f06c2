// Owns which shows are recorded: each one from its first picture until it ends, over every drop, unless its seller keeps no replays.
import type { Show } from '../../protocol/show.ts';
import { ignore } from '../../platform/errors.ts';
import type { Bus } from '../../platform/events.ts';
import type { LiveFacts } from '../facts.ts';
import type { Shows } from '../shows.ts';
import type { RetentionRules } from './retention-rules.ts';

/** What writes a stream down. */
export interface StreamRecording {
  /** Records the stream whenever it has a picture, until `finish`; called again it changes nothing. */
  record(streamId: string): Promise<unknown>;
  /** Writes what is left; then it can be watched again. Nothing happens where nothing was recorded. */
  finish(streamId: string): Promise<unknown>;
}

export interface RecordingPolicyDeps {
  shows: Shows;
  recording: StreamRecording;
  rules: RetentionRules;
  bus: Bus<LiveFacts>;
  /** Called when a show has been written down. */
  finished: (show: Show) => Promise<void>;
}

export class RecordingPolicy {
  readonly #deps: RecordingPolicyDeps;
  /** Shows whose recording has begun and is not finished. */
  readonly #recorded = new Set<string>();
  /** The last thing that is under way for a show: a beginning that an end overtook would never end. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(deps: RecordingPolicyDeps) {
    this.#deps = deps;
  }

  isRecording(showId: string): boolean {
    return this.#recorded.has(showId);
  }

  /** The show has a picture, for the first time or again. */
  started(showId: string): Promise<void> {
    return this.#inTurn(showId, () => this.#start(showId));
  }

  /** The show is over; called again it changes nothing. */
  ended(show: Show): Promise<void> {
    return this.#inTurn(show.id, async () => {
      await this.#deps.recording.finish(show.id);
      this.#recorded.delete(show.id);
      await this.#deps.finished(show);
    });
  }

  async #start(showId: string): Promise<void> {
    const { shows, recording, rules, bus } = this.#deps;
    const show = await shows.find(showId);
    if (!show || show.status === 'ended' || (await rules.daysOf(show.sellerId)) === 0) return;
    await recording.record(showId);
    if (this.#recorded.has(showId)) return;
    this.#recorded.add(showId);
    bus.emit('replay.changed', { showId, state: 'recording' });
  }

  #inTurn(showId: string, task: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(showId) ?? Promise.resolve()).then(task);
    const settled: Promise<void> = turn.catch(ignore('told to whoever asked for this turn')).then(() => {
      if (this.#turns.get(showId) === settled) this.#turns.delete(showId);
    });
    this.#turns.set(showId, settled);
    return turn;
  }
}
