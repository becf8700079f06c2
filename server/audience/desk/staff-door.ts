// Owns the way of staff into the chat of a show: whose it is, and how the log will call them.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Door } from '../../live/index.ts';
import type { Show } from '../../protocol/show.ts';
import type { Moderator } from '../chat/moderation.ts';

/** @throws FieldcastError `auth.forbidden` for whoever does not work for the show. */
export function staffDoor(door: Door): (caller: Caller, showId: string) => Promise<{ show: Show; by: Moderator }> {
  return async (caller, showId) => {
    const { show, isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return { show, by: { name: caller.claims.name ?? '', role: caller.claims.role } };
  };
}
