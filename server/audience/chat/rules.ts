// Owns how a show's chat is ruled: what is set, and the word filter that follows from it. Kept in memory while it is used.
import type { Kysely } from 'kysely';
import type * as v from 'valibot';
import type { ChatRules, chatRulesPatch } from '../../protocol/chat.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AudienceTables } from '../tables.ts';
import { compileFilter, type WordFilter } from './word-filter.ts';

/** Whether joins are told follows who may come in, until somebody has chosen. */
type StoredRules = Omit<ChatRules, 'tellsJoins'> & { tellsJoins: boolean | null };

const DEFAULTS: StoredRules = { slowSeconds: 0, writers: 'everyone', isHeld: false, blocksContacts: true, blockedWords: [], tellsJoins: null, tellsOrders: true };

/** Shows whose rules are kept ready; a server has a handful at a time. */
const KEPT = 100;

interface Ruled {
  rules: ChatRules;
  hasBlockedWord: WordFilter;
}
interface Kept {
  rules: StoredRules;
  hasBlockedWord: WordFilter;
}

export class Rules {
  readonly #database: Database;
  readonly #isGated: (showId: string) => Promise<boolean>;
  readonly #kept = new Map<string, Promise<Kept>>();

  /** @param isGated whether not everybody may come into a show */
  constructor(database: Database, isGated: (showId: string) => Promise<boolean>) {
    this.#database = database;
    this.#isGated = isGated;
  }

  /** The rules of a show, with the filter of its blocked words. */
  async of(showId: string): Promise<Ruled> {
    const { rules, hasBlockedWord } = await this.#ready(showId);
    return { rules: await this.#settled(showId, rules), hasBlockedWord };
  }

  #ready(showId: string): Promise<Kept> {
    let ruled = this.#kept.get(showId);
    if (!ruled) {
      ruled = this.#read(showId);
      ruled.catch(() => this.#kept.delete(showId));
      this.#kept.set(showId, ruled);
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    }
    return ruled;
  }

  /** Changes what the patch names. */
  async change(showId: string, patch: v.InferOutput<typeof chatRulesPatch>): Promise<ChatRules> {
    const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changed = await this.#database.write<AudienceTables, StoredRules>(async (transaction) => {
      const rules: StoredRules = { ...(await readRules(transaction, showId)), ...named };
      rules.blockedWords = [...new Set(rules.blockedWords)];
      const row = {
        slow_seconds: rules.slowSeconds,
        writers: rules.writers,
        held: rules.isHeld ? 1 : 0,
        blocks_contacts: rules.blocksContacts ? 1 : 0,
        blocked_words: JSON.stringify(rules.blockedWords),
        tells_joins: rules.tellsJoins === null ? null : Number(rules.tellsJoins),
        tells_orders: Number(rules.tellsOrders),
      };
      await transaction
        .insertInto('chat_rules')
        .values({ show_id: showId, ...row })
        .onConflict((conflict) => conflict.column('show_id').doUpdateSet(row))
        .execute();
      return rules;
    });
    this.#kept.delete(showId);
    return this.#settled(showId, changed);
  }

  async #settled(showId: string, rules: StoredRules): Promise<ChatRules> {
    return { ...rules, tellsJoins: rules.tellsJoins ?? !(await this.#isGated(showId)) };
  }

  async #read(showId: string): Promise<Kept> {
    const rules = await readRules(this.#database.read<AudienceTables>(), showId);
    return { rules, hasBlockedWord: await compileFilter(rules.blockedWords) };
  }
}

async function readRules(database: Kysely<AudienceTables>, showId: string): Promise<StoredRules> {
  const row = await database.selectFrom('chat_rules').selectAll().where('show_id', '=', showId).executeTakeFirst();
  if (!row) return DEFAULTS;
  return {
    slowSeconds: row.slow_seconds,
    writers: row.writers,
    isHeld: row.held === 1,
    blocksContacts: row.blocks_contacts === 1,
    blockedWords: JSON.parse(row.blocked_words) as string[],
    tellsJoins: row.tells_joins === null ? null : row.tells_joins === 1,
    tellsOrders: row.tells_orders === 1,
  };
}
