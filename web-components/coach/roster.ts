// Owns who is in the console: the shows that may be coached, a picture for twelve of them at most, and the one that is large.
import type { CoachShow } from '../../server/protocol/training.ts';
import { CLASS_MOST } from '../../server/protocol/coach-limits.ts';
import type { Client } from '../show/index.ts';
import { Watchable } from '../show/index.ts';
import { Microphone } from './microphone.ts';
import { Trainee } from './trainee.ts';

export interface RosterOptions {
  openClient: () => Client;
  coachName: string;
}

/** `subscribe()` to hear of changes, also of each trainee's. */
export class Roster extends Watchable {
  /** Those with a connection, in the order of the list. */
  trainees: readonly Trainee[] = [];
  /** Those who cannot be watched now: they have to be asked first, or there are twelve pictures already. */
  others: readonly CoachShow[] = [];
  large: Trainee | null = null;
  readonly #options: RosterOptions;
  readonly #microphone = new Microphone();
  readonly #stops = new Map<string, () => void>();
  /** Whom the coach wanted to see although there were twelve others. */
  #wanted: string[] = [];
  #isHidden = false;

  constructor(options: RosterOptions) {
    super();
    this.#options = options;
  }

  /** The list of the server, the most urgent first. */
  take(listed: readonly CoachShow[]): void {
    const open = listed.filter(({ show, standing }) => standing === 'allowed' && show.status !== 'ended');
    const shown = [...open].sort((a, b) => this.#rank(a) - this.#rank(b)).slice(0, CLASS_MOST);
    const shownIds = new Set(shown.map(({ show }) => show.id));
    // A real show that is over is listed where a host has no other: a rehearsal can be opened of it.
    this.others = listed.filter(({ show }) => (show.kind === 'live' || show.status !== 'ended') && !shownIds.has(show.id));
    for (const trainee of this.trainees) if (!shownIds.has(trainee.id)) this.#close(trainee);
    this.trainees = open.filter(({ show }) => shownIds.has(show.id)).map((one) => this.#with(one));
    this.changed();
  }

  /** Makes one large, and the one that was small again; null: all small. */
  async enlarge(trainee: Trainee | null): Promise<void> {
    if (trainee === this.large) return;
    const before = this.large;
    this.large = trainee;
    this.changed();
    await Promise.all([before?.setLarge(false), trainee?.setLarge(true)]);
  }

  /** Sees somebody for whom there was no picture; the next {@link take} finds room for them. */
  want(showId: string): void {
    this.#wanted = [showId, ...this.#wanted.filter((id) => id !== showId)].slice(0, CLASS_MOST);
  }

  /** Nobody looks at this page now: pictures stop, sound of the large one goes on. */
  set isHidden(isHidden: boolean) {
    this.#isHidden = isHidden;
    for (const trainee of this.trainees) trainee.setPicture(!isHidden || trainee.isLarge);
  }

  close(): void {
    for (const trainee of this.trainees) this.#close(trainee);
    this.trainees = [];
    this.#microphone.close();
  }

  #rank({ show }: CoachShow): number {
    if (show.id === this.large?.id) return -100;
    const wanted = this.#wanted.indexOf(show.id);
    if (wanted !== -1) return wanted - 50;
    return show.status === 'planned' ? 1 : 0;
  }

  #with(listed: CoachShow): Trainee {
    const known = this.trainees.find(({ id }) => id === listed.show.id);
    if (known) {
      known.listed = listed;
      return known;
    }
    const trainee = new Trainee({ client: this.#options.openClient(), listed, microphone: this.#microphone, coachName: this.#options.coachName });
    this.#stops.set(trainee.id, trainee.subscribe(() => this.changed()));
    trainee.start();
    trainee.setPicture(!this.#isHidden);
    return trainee;
  }

  #close(trainee: Trainee): void {
    this.#stops.get(trainee.id)?.();
    this.#stops.delete(trainee.id);
    if (this.large === trainee) this.large = null;
    trainee.close();
  }
}
