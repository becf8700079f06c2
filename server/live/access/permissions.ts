// Owns who may act on which show: the one place where a caller meets a show's host, seller and helpers.
import { type Right, rights } from '../../protocol/access.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';

/** Operator: every show. Host: their own, or the one their token names. Helper: the one their token names. */
export function isStaffOf(caller: Caller, show: Pick<Show, 'id' | 'hostId'>): boolean {
  const { role, identity, showId } = caller.claims;
  if (role === 'operator') return true;
  if (role === 'host') return showId === undefined ? identity === show.hostId : showId === show.id;
  return role === 'helper' && showId === show.id;
}

/** As which kind of staff a caller stands in a show. */
export function staffKind(caller: Caller, show: Pick<Show, 'id' | 'hostId'>): 'none' | 'host' | 'helper' {
  if (!isStaffOf(caller, show)) return 'none';
  return caller.claims.role === 'helper' ? 'helper' : 'host';
}

/** May send picture and sound, end the show, and let others in. */
export function isHostOf(caller: Caller, show: Pick<Show, 'id' | 'hostId'>): boolean {
  return caller.claims.role !== 'helper' && isStaffOf(caller, show);
}

/** What a caller may do in the show, so that rooms and pages show them no more than that; empty for viewers. */
export function rightsIn(caller: Caller, show: Pick<Show, 'id' | 'hostId'>): Right[] {
  if (!isStaffOf(caller, show)) return [];
  return caller.claims.role === 'helper' ? [...(caller.claims.rights ?? [])] : [...rights];
}

/** @throws FieldcastError `auth.forbidden`; `not-found` for a rehearsal, which is not there for others. */
export function requireStaffOf(caller: Caller, show: Pick<Show, 'id' | 'hostId' | 'kind'>): void {
  if (!isStaffOf(caller, show)) throw notYours(show);
}

/** @throws FieldcastError `auth.forbidden`; `not-found` for a rehearsal, which is not there for others. */
export function requireHostOf(caller: Caller, show: Pick<Show, 'id' | 'hostId' | 'kind'>): void {
  if (!isHostOf(caller, show)) throw notYours(show);
}

function notYours({ kind }: Pick<Show, 'kind'>): FieldcastError {
  return kind === 'rehearsal' ? new FieldcastError('not-found', 'There is no such show.') : new FieldcastError('auth.forbidden', 'This is not your show.');
}
