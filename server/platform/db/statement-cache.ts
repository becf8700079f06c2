// Owns prepared statements between kysely and SQLite: kysely prepares anew for each query, which was 29 % of the time of a write.
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Texts vary with the length of `in (...)` lists, so the number kept is bounded; the one not used for longest goes first. */
const KEPT = 500;

/** A connection that prepares each text once. Not for kysely's `stream()`: a statement under way cannot be started again. */
export function withStatementCache(connection: SqliteDatabase): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const statement = statements.get(text) ?? connection.prepare(text);
      // Setting it anew makes it the newest: a Map keeps the order of insertion.
      statements.delete(text);
      statements.set(text, statement);
      if (statements.size > KEPT) statements.delete(statements.keys().next().value as string);
      return statement;
    },
    close() {
      statements.clear();
      connection.close();
    },
  };
}
