// Owns the one question that shows have about coaches: may this one be in here now. Who answers it is above; without an answer nobody may.
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';

export type CoachStanding = (caller: Caller, show: Show) => Promise<boolean>;

export class Coaches {
  #standing: CoachStanding = () => Promise.resolve(false);

  /** Asks `standing` about every coach from now on. */
  follow(standing: CoachStanding): void {
    this.#standing = standing;
  }

  /** Whether the caller is a coach who may be in this show. */
  async may(caller: Caller, show: Show): Promise<boolean> {
    return caller.claims.role === 'coach' && (await this.#standing(caller, show));
  }
}
