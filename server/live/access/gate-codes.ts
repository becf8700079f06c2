// Owns the one-time codes of a show's gate: making them, telling which are used, taking them back. Stored as hashes only.
import { randomBytes } from 'node:crypto';
import { CODES_LIMIT, type CodeSummary, type FreshCode } from '../../protocol/gate.ts';
import { newId } from '../../protocol/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { LiveTables } from '../tables.ts';
import { hashCode } from './gate.ts';

// Without 0, O, 1 and L, which people take for each other. 8 of 32 signs are 40 random bits.
const ALPHABET = 'ABCDEFGHIJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

export class GateCodes {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** @throws FieldcastError `input.invalid` when the show would have more than `CODES_LIMIT`. */
  async make(showId: string, count: number): Promise<FreshCode[]> {
    const now = this.#clock.now();
    return this.#database.write<LiveTables, FreshCode[]>(async (transaction) => {
      const { last, all } = await transaction
        .selectFrom('gate_codes')
        .select((eb) => [eb.fn.max('number').as('last'), eb.fn.countAll<number>().as('all')])
        .where('show_id', '=', showId)
        .executeTakeFirstOrThrow();
      if (all + count > CODES_LIMIT) throw new FieldcastError('input.invalid', `A show has ${CODES_LIMIT} one-time codes at most.`);
      const made = new Map<string, FreshCode>();
      for (let number = (last ?? 0) + 1; made.size < count; ) {
        const code = randomCode();
        if (made.has(code)) continue;
        made.set(code, { id: newId('cod'), number, code: `${code.slice(0, 4)}-${code.slice(4)}` });
        number += 1;
      }
      const rows = [...made].map(([code, { id, number }]) => ({
        id,
        show_id: showId,
        number,
        code_hash: hashCode(showId, code),
        created_at: now,
        used_at: null,
        revoked_at: null,
      }));
      await transaction.insertInto('gate_codes').values(rows).execute();
      return [...made.values()];
    });
  }

  async list(showId: string): Promise<CodeSummary[]> {
    const rows = await this.#database.read<LiveTables>().selectFrom('gate_codes').selectAll().where('show_id', '=', showId).orderBy('number').execute();
    return rows.map((row) => ({ id: row.id, number: row.number, createdAt: row.created_at, usedAt: row.used_at, revokedAt: row.revoked_at }));
  }

  /** Takes a code out of use, and with it the admission that it gave. @throws FieldcastError `not-found`. */
  async revoke(showId: string, codeId: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('gate_codes')
        .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(this.#clock.now())) }))
        .where('id', '=', codeId)
        .where('show_id', '=', showId)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new FieldcastError('not-found', 'There is no such code of this show.');
      await transaction.deleteFrom('admissions').where('code_id', '=', codeId).execute();
    });
  }

  /** Takes every code out of use that nobody has used. */
  async revokeUnused(showId: string): Promise<void> {
    await this.#database.write<LiveTables, void>(async (transaction) => {
      await transaction
        .updateTable('gate_codes')
        .set({ revoked_at: this.#clock.now() })
        .where('show_id', '=', showId)
        .where('used_at', 'is', null)
        .where('revoked_at', 'is', null)
        .execute();
    });
  }
}

function randomCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
}
