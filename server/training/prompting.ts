// Owns who may read and write what prepares a show: its staff, and who coaches in it.
import type { Caller } from '../platform/auth.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Live } from '../live/index.ts';
import type { Show } from '../protocol/show.ts';
import type { Coaches } from './rehearsal/index.ts';

/** @throws FieldcastError `not-found`; `auth.forbidden` for who neither works for the show nor coaches in it. */
export type Prompting = (caller: Caller, showId: string) => Promise<Show>;

export function prompting({ door, coaches }: { door: Live['door']; coaches: Pick<Coaches, 'require'> }): Prompting {
  return async (caller, showId) => {
    if (caller.claims.role === 'coach') return coaches.require(caller, showId);
    const { show, isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return show;
  };
}
