// Owns the gate of a show: who may see what is inside, and the one place where that is decided. Admissions outlive connections and restarts.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Gate as GateState, GateChange } from '../../protocol/gate.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { LiveTables } from '../tables.ts';
import type { Coaches } from './coaches.ts';
import { isStaffOf } from './permissions.ts';

interface Rules {
  needsCode: boolean;
  codeHash: string | null;
  origins: readonly string[];
  isHidden: boolean;
  /** Such a show is there for those in it alone. */
  isRehearsal: boolean;
}

export interface GateDeps {
  database: Database;
  clock: Clock;
  /** Where the pages of this server are reached: those may always show it. */
  publicUrl: () => string;
  coaches: Coaches;
}

export class Gate {
  readonly #deps: GateDeps;
  /** Asked at every join and every playlist, changed once in a while. */
  readonly #rules = new Map<string, Promise<Rules>>();

  constructor(deps: GateDeps) {
    this.#deps = deps;
  }

  /**
   * Lets staff, admitted devices and pages of allowed sites pass; into a rehearsal its staff, its coaches and its played viewers alone.
   * @throws FieldcastError `show.gated`: `params.hasCode` is 1 when a code would let the caller in; `not-found` for a rehearsal.
   */
  async require(caller: Caller, show: Show): Promise<void> {
    const refusal = await this.#refusal(caller, show);
    if (refusal === 'rehearsal') throw new FieldcastError('not-found', 'There is no such show.');
    if (refusal === 'origin') {
      throw new FieldcastError('show.gated', 'Pages of this site may not embed the show.', { params: { hasCode: 0, title: show.title } });
    }
    if (refusal === 'code') throw new FieldcastError('show.gated', 'This show needs a code; POST .../admission takes it.', { params: { hasCode: 1, title: show.title } });
  }

  async mayEnter(caller: Caller, show: Show): Promise<boolean> {
    return (await this.#refusal(caller, show)) === undefined;
  }

  /** Whether not everybody may watch, so that nothing of the show may be kept where everybody can fetch it. */
  async isGated(showId: string): Promise<boolean> {
    const { needsCode, origins, isRehearsal } = await this.#rulesOf(showId);
    return isRehearsal || needsCode || origins.length > 0;
  }

  async state(showId: string): Promise<GateState> {
    const { needsCode, codeHash, origins, isHidden } = await this.#rulesOf(showId);
    const read = this.#deps.database.read<LiveTables>();
    const [{ count: admitted }, codes] = await Promise.all([
      read.selectFrom('admissions').select((eb) => eb.fn.countAll<number>().as('count')).where('show_id', '=', showId).executeTakeFirstOrThrow(),
      read
        .selectFrom('gate_codes')
        .select((eb) => [
          eb.fn.countAll<number>().as('all'),
          eb.fn.countAll<number>().filterWhere('revoked_at', 'is not', null).as('revoked'),
          eb.fn.countAll<number>().filterWhere('revoked_at', 'is', null).filterWhere('used_at', 'is not', null).as('used'),
        ])
        .where('show_id', '=', showId)
        .executeTakeFirstOrThrow(),
    ]);
    const { all, used, revoked } = codes;
    return { needsCode, hasCode: codeHash !== null, origins: [...origins], isHidden, admitted, codes: { unused: all - used - revoked, used, revoked } };
  }

  /** @param present identities that watch now: when the gate closes behind them they are let in, because nobody is thrown out unasked. */
  async change(showId: string, change: GateChange, present: readonly string[]): Promise<void> {
    const { database, clock } = this.#deps;
    await database.write<LiveTables, void>(async (transaction) => {
      const before = await readRules(transaction, showId);
      const needsCode = change.needsCode ?? before.needsCode;
      const row = {
        needs_code: needsCode ? (1 as const) : (0 as const),
        code_hash: change.code === undefined ? before.codeHash : change.code === null ? null : hashCode(showId, change.code),
        origins: JSON.stringify(change.origins === undefined ? before.origins : [...new Set(change.origins)]),
        is_hidden: (change.isHidden ?? before.isHidden) ? (1 as const) : (0 as const),
      };
      await transaction
        .insertInto('gates')
        .values({ show_id: showId, ...row })
        .onConflict((conflict) => conflict.column('show_id').doUpdateSet(row))
        .execute();
      if (change.signOutEveryone) await transaction.deleteFrom('admissions').where('show_id', '=', showId).execute();
      else if (needsCode && !before.needsCode) {
        for (const identity of present) await admit(transaction, { showId, identity, codeId: null, now: clock.now() });
      }
    });
    this.#rules.delete(showId);
  }

  /** Whether a typed code is one of the show's, be it used up or not: the difference between a guess and a mistake. */
  async knows(showId: string, code: string): Promise<boolean> {
    const { codeHash } = await this.#rulesOf(showId);
    const hash = hashCode(showId, code);
    if (codeHash !== null && isSame(hash, codeHash)) return true;
    const row = await this.#deps.database
      .read<LiveTables>()
      .selectFrom('gate_codes')
      .select('id')
      .where('show_id', '=', showId)
      .where('code_hash', '=', hash)
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Lets a device in by a code. One that is in already, and a show that needs no code, use nothing up.
   * @returns the identity that is in: with `once` that of the first call, so that a lost answer does not use up a second code.
   * @throws FieldcastError `gate.code-wrong`, `gate.code-used`.
   */
  async admit(showId: string, code: string, identity: string, once: Once | undefined): Promise<string> {
    const { database, clock } = this.#deps;
    const now = clock.now();
    const { value } = await database.writeOnce<LiveTables, { identity: string }>(once, now, async (transaction) => {
      const rules = await readRules(transaction, showId);
      if (!rules.needsCode || (await isAdmitted(transaction, showId, identity))) return { identity };
      const hash = hashCode(showId, code);
      let codeId: string | null = null;
      if (rules.codeHash === null || !isSame(hash, rules.codeHash)) {
        const oneTime = await transaction.selectFrom('gate_codes').selectAll().where('show_id', '=', showId).where('code_hash', '=', hash).executeTakeFirst();
        if (!oneTime) throw new FieldcastError('gate.code-wrong', 'There is no such code for this show.');
        if (oneTime.used_at !== null || oneTime.revoked_at !== null) throw new FieldcastError('gate.code-used', 'This code is used up.');
        await transaction.updateTable('gate_codes').set({ used_at: now }).where('id', '=', oneTime.id).execute();
        codeId = oneTime.id;
      }
      await admit(transaction, { showId, identity, codeId, now });
      return { identity };
    });
    return value.identity;
  }

  /** To be called when a show is gone. */
  forget(showId: string): void {
    this.#rules.delete(showId);
  }

  /** Nobody knows any more that this person was let in anywhere. */
  async forgetPerson(identity: string): Promise<void> {
    await this.#deps.database.write<LiveTables, void>(async (transaction) => {
      await transaction.deleteFrom('admissions').where('identity', '=', identity).execute();
    });
  }

  async #refusal(caller: Caller, show: Show): Promise<'rehearsal' | 'origin' | 'code' | undefined> {
    if (isStaffOf(caller, show) || (await this.#deps.coaches.may(caller, show))) return undefined;
    if (show.kind === 'rehearsal') return caller.isPlayed ? undefined : 'rehearsal';
    const { needsCode, origins } = await this.#rulesOf(show.id);
    const { origin } = caller;
    if (origin !== undefined && origins.length > 0 && !origins.includes(origin) && origin !== originOf(this.#deps.publicUrl())) return 'origin';
    if (needsCode && !(await isAdmitted(this.#deps.database.read<LiveTables>(), show.id, caller.claims.identity))) return 'code';
    return undefined;
  }

  #rulesOf(showId: string): Promise<Rules> {
    let rules = this.#rules.get(showId);
    if (!rules) {
      const fresh = (rules = readRules(this.#deps.database.read<LiveTables>(), showId));
      this.#rules.set(showId, fresh);
      fresh.catch(() => {
        if (this.#rules.get(showId) === fresh) this.#rules.delete(showId);
      });
    }
    return rules;
  }
}

type Reader = Pick<Transaction<LiveTables>, 'selectFrom'>;

async function readRules(reader: Reader, showId: string): Promise<Rules> {
  const row = await reader
    .selectFrom('shows')
    .leftJoin('gates', 'gates.show_id', 'shows.id')
    .select(['shows.kind', 'gates.needs_code', 'gates.code_hash', 'gates.origins', 'gates.is_hidden'])
    .where('shows.id', '=', showId)
    .executeTakeFirst();
  return {
    needsCode: row?.needs_code === 1,
    codeHash: row?.code_hash ?? null,
    origins: JSON.parse(row?.origins ?? '[]') as string[],
    isHidden: row?.is_hidden === 1,
    isRehearsal: row?.kind === 'rehearsal',
  };
}

async function isAdmitted(reader: Reader, showId: string, identity: string): Promise<boolean> {
  const row = await reader.selectFrom('admissions').select('admitted_at').where('show_id', '=', showId).where('identity', '=', identity).executeTakeFirst();
  return row !== undefined;
}

async function admit(transaction: Transaction<LiveTables>, { showId, identity, codeId, now }: { showId: string; identity: string; codeId: string | null; now: number }) {
  await transaction
    .insertInto('admissions')
    .values({ show_id: showId, identity, code_id: codeId, admitted_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Keyed by the show, so that the same code of two shows does not look the same. */
export function hashCode(showId: string, code: string): string {
  return createHmac('sha256', showId).update(code).digest('base64url');
}

/** Compares without telling by its time how much was right. */
function isSame(hash: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hash), Buffer.from(expected));
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
