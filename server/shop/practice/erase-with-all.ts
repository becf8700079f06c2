// Owns deleting a row with everything that refers to it, however far: which tables those are the database itself knows, so that none is forgotten.
import { type RawBuilder, sql, type Transaction } from 'kysely';

interface Reference {
  child: string;
  column: string;
  /** Of the table that is referred to; null: its primary key. */
  to: string | null;
}

/** @param id of the row, in the column `id` */
export async function eraseWithAll(transaction: Transaction<any>, table: string, id: string): Promise<void> {
  // Rows may go before those that they refer to are gone, and the other way round, until the transaction is committed.
  await sql`pragma defer_foreign_keys = on`.execute(transaction);
  const { rows } = await sql<{ parent: string; child: string; column: string; to: string | null }>`
    select lists."table" as parent, m.name as child, lists."from" as "column", lists."to" as "to"
    from sqlite_master m, pragma_foreign_key_list(m.name) lists where m.type = 'table'`.execute(transaction);
  const references = new Map<string, Reference[]>();
  for (const { parent, ...reference } of rows) references.set(parent, [...(references.get(parent) ?? []), reference]);
  await eraseRows(transaction, references, table, sql`id = ${id}`, [table]);
}

async function eraseRows(transaction: Transaction<any>, references: ReadonlyMap<string, Reference[]>, table: string, where: RawBuilder<unknown>, trail: readonly string[]): Promise<void> {
  for (const { child, column, to } of references.get(table) ?? []) {
    // A table that refers to itself, or back, has been seen: what it holds goes with its first reference.
    if (trail.includes(child)) continue;
    const referred = sql`${sql.ref(column)} in (select ${sql.ref(to ?? 'id')} from ${sql.table(table)} where ${where})`;
    await eraseRows(transaction, references, child, referred, [...trail, child]);
  }
  await sql`delete from ${sql.table(table)} where ${where}`.execute(transaction);
}
