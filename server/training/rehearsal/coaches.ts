// Owns who may coach whom: whose shows a coach's link reaches, and in real shows the host's consent, given and taken back by the host alone.
import type { CoachShow, CoachStandingName, ShowCoach } from '../../protocol/training.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Live } from '../../live/index.ts';
import type { RehearsalTables } from './tables.ts';

const LIST_LIMIT = 200;

export interface CoachesDeps {
  database: Database;
  clock: Clock;
  shows: Live['shows'];
  room: Pick<Live['room'], 'sendToHost' | 'sendToIdentity' | 'present' | 'showOut'>;
}

/** Hosts who sit in a class that this coach teaches. */
export type HostsTaught = (caller: Caller) => Promise<readonly string[]>;

export class Coaches {
  readonly #deps: CoachesDeps;
  #hostsTaught: HostsTaught = () => Promise.resolve([]);

  constructor(deps: CoachesDeps) {
    this.#deps = deps;
  }

  /** Who sits in a class is known above; until then a class is empty. */
  followClasses(hostsTaught: HostsTaught): void {
    this.#hostsTaught = hostsTaught;
  }

  /** Whether this caller coaches in this show now. */
  async may(caller: Caller, show: Show): Promise<boolean> {
    return (await this.standing(caller, show)) === 'allowed';
  }

  /** Undefined: the show is none of this caller's business. */
  async standing(caller: Caller, show: Show): Promise<CoachStandingName | undefined> {
    if (caller.claims.role !== 'coach' || !(await this.hostsOf(caller)).includes(show.hostId)) return undefined;
    if (show.kind === 'rehearsal') return 'allowed';
    return (await this.#consent(show.id, caller.claims.identity))?.standing ?? 'may-ask';
  }

  /** @throws FieldcastError `not-found`; `auth.forbidden` for who does not coach in it. */
  async require(caller: Caller, showId: string): Promise<Show> {
    const show = await this.#deps.shows.require(showId);
    const standing = await this.standing(caller, show);
    if (standing === 'allowed') return show;
    // A rehearsal of others is not there at all.
    if (show.kind === 'rehearsal') throw new FieldcastError('not-found', 'There is no such show.');
    throw new FieldcastError('auth.forbidden', standing === undefined ? 'This is nobody you coach.' : 'The host of this show has not let you in.');
  }

  /** Hosts whom a coach coaches: of the show that the link was made for, or those who sit in a class of theirs. */
  async hostsOf(caller: Caller): Promise<readonly string[]> {
    const { showId } = caller.claims;
    const [ofShow, taught] = await Promise.all([showId === undefined ? undefined : this.#deps.shows.find(showId), this.#hostsTaught(caller)]);
    return ofShow ? [...new Set([ofShow.hostId, ...taught])] : taught;
  }

  /**
   * Shows that this coach may be in or ask for: rehearsals first, then what is on the air or coming. Of a host whose real shows are all over,
   * the newest of them: a rehearsal can be opened of it.
   */
  async showsOf(caller: Caller): Promise<CoachShow[]> {
    const hostIds = await this.hostsOf(caller);
    const lists = await Promise.all(hostIds.map((hostId) => this.#deps.shows.list({ hostId, limit: LIST_LIMIT })));
    const found = await Promise.all(lists.flatMap(worthListing).map(async (show) => ({ show, standing: (await this.standing(caller, show)) ?? ('may-ask' as const) })));
    return found.sort((a, b) => rankOf(a.show) - rankOf(b.show)).slice(0, LIST_LIMIT);
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for a show of nobody this coach coaches. */
  async ask(caller: Caller, showId: string): Promise<CoachShow> {
    const show = await this.#deps.shows.require(showId);
    const standing = await this.standing(caller, show);
    if (standing === undefined) throw show.kind === 'rehearsal' ? new FieldcastError('not-found', 'There is no such show.') : new FieldcastError('auth.forbidden', 'This is nobody you coach.');
    if (show.status === 'ended') throw new FieldcastError('show.wrong-state', 'This show is over.');
    if (standing === 'allowed') return { show, standing };
    const { identity, name = '' } = caller.claims;
    await this.#write(showId, identity, name, 'asked');
    this.#deps.room.sendToHost(showId, 'coach.asked', { coachId: identity, name });
    return { show, standing: 'asked' };
  }

  /** What the host of a show sees: who is let in, and who asks. */
  async ofShow(showId: string): Promise<ShowCoach[]> {
    const rows = await this.#deps.database.read<RehearsalTables>().selectFrom('coach_consents').selectAll().where('show_id', '=', showId).orderBy('changed_at', 'desc').limit(LIST_LIMIT).execute();
    const here = new Set(this.#deps.room.present(showId).flatMap(({ identity, isCoach }) => (isCoach ? [identity] : [])));
    return rows.map((row) => ({ coachId: row.coach_id, name: row.name, standing: row.standing, askedAt: row.asked_at, isHere: here.has(row.coach_id) }));
  }

  /** The host's word. @throws FieldcastError `not-found` for a coach who never asked. */
  async answer(showId: string, coachId: string, isAllowed: boolean): Promise<void> {
    const before = await this.#consent(showId, coachId);
    if (!before) throw new FieldcastError('not-found', 'No such coach has asked.');
    const standing = isAllowed ? 'allowed' : before.standing === 'allowed' || before.standing === 'ended' ? 'ended' : 'refused';
    await this.#write(showId, coachId, before.name, standing);
    this.#tell(showId, coachId, before.name, standing);
    // Out of the room as a coach: whoever is still let in as a viewer comes again as one.
    if (!isAllowed) this.#deps.room.showOut(showId, coachId);
  }

  /** A host who gives a coach a link to a real show has said yes with it. */
  async allow(showId: string, coachId: string, name: string): Promise<void> {
    await this.#write(showId, coachId, name, 'allowed');
    this.#tell(showId, coachId, name, 'allowed');
  }

  /** Tells the host of a real show who of those let in has come or gone. */
  async moved(showId: string): Promise<void> {
    const allowed = (await this.ofShow(showId)).filter(({ standing }) => standing === 'allowed');
    for (const { coachId, name, standing } of allowed) this.#deps.room.sendToHost(showId, 'coach.changed', { coachId, name, standing });
  }

  #tell(showId: string, coachId: string, name: string, standing: CoachStandingName): void {
    this.#deps.room.sendToHost(showId, 'coach.changed', { coachId, name, standing });
    this.#deps.room.sendToIdentity(showId, coachId, 'coach.changed', { coachId, name, standing });
  }

  async #consent(showId: string, coachId: string) {
    return this.#deps.database.read<RehearsalTables>().selectFrom('coach_consents').select(['standing', 'name']).where('show_id', '=', showId).where('coach_id', '=', coachId).executeTakeFirst();
  }

  async #write(showId: string, coachId: string, name: string, standing: RehearsalTables['coach_consents']['standing']): Promise<void> {
    const now = this.#deps.clock.now();
    const asked = standing === 'asked' ? { asked_at: now } : {};
    await this.#deps.database.write<RehearsalTables, void>(async (transaction) => {
      await transaction
        .insertInto('coach_consents')
        .values({ show_id: showId, coach_id: coachId, name, standing, asked_at: null, changed_at: now, ...asked })
        .onConflict((conflict) => conflict.columns(['show_id', 'coach_id']).doUpdateSet({ name, standing, changed_at: now, ...asked }))
        .execute();
    });
  }
}

/** Of a host's shows, the newest first. Of real ones that are over there is nothing to coach; rehearsals are there to look back at. */
function worthListing(shows: readonly Show[]): Show[] {
  const isOpen = ({ kind, status }: Show): boolean => kind === 'live' && status !== 'ended';
  const newest = shows.some(isOpen) ? undefined : shows.find(({ kind }) => kind === 'live');
  return shows.filter((show) => show.kind === 'rehearsal' || isOpen(show) || show === newest);
}

function rankOf(show: Show): number {
  const isOnAir = show.status === 'live' || show.status === 'paused';
  return (show.kind === 'rehearsal' ? 0 : 10) + (isOnAir ? 0 : show.status === 'planned' ? 1 : 2);
}
