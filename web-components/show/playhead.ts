// Owns where a visit is in the replay of its show, so that player, shelf and events tell the same moment. What loads and moves it comes later.
import type { Chapter, Replay } from '../../server/protocol/replay.ts';
import { Watchable } from './watchable.ts';

export class Playhead extends Watchable {
  /** What can be watched again; null while there is nothing. */
  replay: Replay | null = null;
  /** Replay time of the picture, ms; before the first picture, where it will start. Moves without `subscribe` hearing of it. */
  timeMs = 0;
  /** Products pinned at that time, the main one first. */
  pins: readonly string[] = [];
  /** What is explained at that time. */
  chapter: Chapter | null = null;
  /** Shows the picture of that time, and plays on from there. To be called in a tap, which is what allows sound. */
  jump: (timeMs: number) => void = (timeMs) => {
    this.timeMs = timeMs;
  };

  /** Takes what has changed. */
  set(part: Partial<Pick<Playhead, 'replay' | 'pins' | 'chapter'>>): void {
    Object.assign(this, part);
    this.changed();
  }
}
