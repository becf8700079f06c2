// Owns who may not write for now: muted, shadow-banned or banned, each with an end.
import type { Kysely, Selectable, Transaction } from 'kysely';
import { newId } from '../../protocol/ids.ts';
import type { Restriction } from '../../protocol/chat.ts';
import type { AudienceTables } from '../tables.ts';
import { authorKey } from './author.ts';

export type RestrictionRow = Selectable<AudienceTables['chat_restrictions']>;

/** The hardest restriction that holds for a writer, if any. A ban by place spares those who wrote here before it. */
export async function restrictionOf(
  database: Kysely<AudienceTables>,
  who: { showId: string; identity: string; place: string; now: number },
): Promise<RestrictionRow | undefined> {
  const rows = await database
    .selectFrom('chat_restrictions')
    .selectAll()
    .where('show_id', '=', who.showId)
    .where('ends_at', '>', who.now)
    .where((eb) => eb.or([eb('identity', '=', who.identity), eb.and([eb('kind', '=', 'ban'), eb('place', '=', who.place)])]))
    .execute();
  const own = rows.filter((row) => row.identity === who.identity);
  const byPlace = rows.filter((row) => row.identity !== who.identity);
  const [oldest] = byPlace.toSorted((a, b) => a.created_at - b.created_at);
  const isKnown = oldest !== undefined && (await hasWrittenBefore(database, who, oldest.created_at));
  const holding = isKnown ? own : rows;
  return holding.find((row) => row.kind === 'ban') ?? holding.find((row) => row.kind === 'mute') ?? holding[0];
}

export async function addRestriction(
  transaction: Transaction<AudienceTables>,
  what: Omit<RestrictionRow, 'id'>,
): Promise<RestrictionRow> {
  const row = { id: newId('key'), ...what };
  await transaction.insertInto('chat_restrictions').values(row).execute();
  return row;
}

export async function readRestriction(database: Kysely<AudienceTables>, showId: string, id: string): Promise<RestrictionRow | undefined> {
  return database.selectFrom('chat_restrictions').selectAll().where('show_id', '=', showId).where('id', '=', id).executeTakeFirst();
}

export async function listRestrictions(database: Kysely<AudienceTables>, showId: string, now: number): Promise<Restriction[]> {
  const rows = await database
    .selectFrom('chat_restrictions')
    .selectAll()
    .where('show_id', '=', showId)
    .where('ends_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(viewRestriction);
}

export function viewRestriction(row: RestrictionRow): Restriction {
  return {
    id: row.id,
    kind: row.kind,
    author: { key: authorKey(row.show_id, row.identity), name: row.name },
    createdAt: row.created_at,
    endsAt: row.ends_at,
    byName: row.by_name,
  };
}

async function hasWrittenBefore(database: Kysely<AudienceTables>, who: { showId: string; identity: string }, at: number): Promise<boolean> {
  const row = await database
    .selectFrom('chat_messages')
    .select('id')
    .where('show_id', '=', who.showId)
    .where('identity', '=', who.identity)
    .where('at', '<', at)
    .executeTakeFirst();
  return row !== undefined;
}
