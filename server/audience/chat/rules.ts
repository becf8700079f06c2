// Owns how a show's chat is ruled: what is set, and the word filter that follows from it. Kept in memory while it is used.
import type { Kysely } from 'kysely';
import type * as v from 'valibot';
import type { ChatRules, chatRulesPatch } from '../../protocol/chat.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AudienceTables } from '../tables.ts';
import { compileFilter, type WordFilter } from './word-filter.ts';

const DEFAULTS: ChatRules = { slowSeconds: 0, writers: 'everyone', isHeld: false, blocksContacts: true, blockedWords: [] };

/** Shows whose rules are kept ready; a server has a handful at a time. */
const KEPT = 100;

interface Ruled {
  rules: ChatRules;
  hasBlockedWord: WordFilter;
}

export class Rules {
  readonly #database: Database;
  readonly #kept = new Map<string, Promise<Ruled>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The rules of a show, with the filter of its blocked words. */
  of(showId: string): Promise<Ruled> {
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
    const changed = await this.#database.write<AudienceTables, ChatRules>(async (transaction) => {
      const rules: ChatRules = { ...(await readRules(transaction, showId)), ...named };
      rules.blockedWords = [...new Set(rules.blockedWords)];
      const row = {
        slow_seconds: rules.slowSeconds,
        writers: rules.writers,
        held: rules.isHeld ? 1 : 0,
        blocks_contacts: rules.blocksContacts ? 1 : 0,
        blocked_words: JSON.stringify(rules.blockedWords),
      };
      await transaction
        .insertInto('chat_rules')
        .values({ show_id: showId, ...row })
        .onConflict((conflict) => conflict.column('show_id').doUpdateSet(row))
        .execute();
      return rules;
    });
    this.#kept.delete(showId);
    return changed;
  }

  async #read(showId: string): Promise<Ruled> {
    const rules = await readRules(this.#database.read<AudienceTables>(), showId);
    return { rules, hasBlockedWord: await compileFilter(rules.blockedWords) };
  }
}

async function readRules(database: Kysely<AudienceTables>, showId: string): Promise<ChatRules> {
  const row = await database.selectFrom('chat_rules').selectAll().where('show_id', '=', showId).executeTakeFirst();
  if (!row) return DEFAULTS;
  return {
    slowSeconds: row.slow_seconds,
    writers: row.writers,
    isHeld: row.held === 1,
    blocksContacts: row.blocks_contacts === 1,
    blockedWords: JSON.parse(row.blocked_words) as string[],
  };
}
