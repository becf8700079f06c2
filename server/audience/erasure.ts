// Owns that a person can be forgotten: all that viewers leave behind, in one place, so that nothing of it is overlooked.
import type { Transaction } from 'kysely';
import { eraseBidder, eraseCouponClaims, eraseEntrant } from '../shop/index.ts';
import { changeMessage } from './chat/messages.ts';
import { eraseFollower } from './following/follows.ts';
import type { FollowingTables } from './following/tables.ts';
import { eraseReminders } from './reminders/subscriptions.ts';
import type { ReminderTables } from './reminders/tables.ts';
import type { StageTables } from './stage/tables.ts';
import { eraseVotes } from './stage/traces.ts';
import type { AudienceTables } from './tables.ts';

type Tables = AudienceTables & StageTables & FollowingTables & ReminderTables;

/** What is left of a message: that somebody wrote there once. */
const EMPTY = { state: 'removed', pinned: 0, removed_by: null, text: '', name: '', place: '' } as const;

/** Messages that are now empty, by show; whoever shows them is told. Questions in them go when that is looked through. */
export type ErasedMessages = ReadonlyMap<string, string[]>;

/** Takes what somebody wrote in one show, and what was written to them alone, out of it for good; and their votes. */
export async function eraseFromShow(transaction: Transaction<AudienceTables>, identity: string, showId: string): Promise<ErasedMessages> {
  const all = transaction as unknown as Transaction<Tables>;
  await eraseVotes(all as unknown as Transaction<StageTables>, identity, showId);
  return eraseWords(all, identity, showId);
}

/** Forgets somebody in every show: words, votes, draws, coupons, purchases that let them write, follows, reminders, browsers that were told. */
export async function erasePerson(transaction: Transaction<AudienceTables>, identity: string): Promise<ErasedMessages> {
  const all = transaction as unknown as Transaction<Tables>;
  await eraseVotes(all as unknown as Transaction<StageTables>, identity);
  await eraseFollower(all as unknown as Transaction<FollowingTables>, identity);
  await eraseReminders(all as unknown as Transaction<ReminderTables>, identity);
  await eraseEntrant(all as unknown as Parameters<typeof eraseEntrant>[0], identity);
  await eraseCouponClaims(all as unknown as Parameters<typeof eraseCouponClaims>[0], identity);
  await eraseBidder(all as unknown as Parameters<typeof eraseBidder>[0], identity);
  await all.deleteFrom('chat_buyers').where('identity', '=', identity).execute();
  return eraseWords(all, identity);
}

async function eraseWords(all: Transaction<Tables>, identity: string, showId?: string): Promise<ErasedMessages> {
  // What was said to them alone tells as much of them as what they said.
  let theirs = all
    .selectFrom('chat_messages')
    .select(['id', 'show_id'])
    .where((eb) => eb.or([eb('identity', '=', identity), eb('private_for', '=', identity)]));
  let logged = all.updateTable('moderation_log').set({ author_name: '', text: '' }).where('identity', '=', identity);
  // A ban holds to its end: being forgotten is no way around it. Whom it was for is not written there any more.
  let restricted = all.updateTable('chat_restrictions').set({ name: '' }).where('identity', '=', identity);
  if (showId !== undefined) {
    theirs = theirs.where('show_id', '=', showId);
    logged = logged.where('show_id', '=', showId);
    restricted = restricted.where('show_id', '=', showId);
  }
  const messages = await theirs.orderBy('show_id').orderBy('revision').execute();
  for (const each of messages) await changeMessage(all as unknown as Transaction<AudienceTables>, each, EMPTY);
  await logged.execute();
  await restricted.execute();
  let reports = all.deleteFrom('chat_reports').where('identity', '=', identity);
  if (showId !== undefined) reports = reports.where('message_id', 'in', (eb) => eb.selectFrom('chat_messages').select('id').where('show_id', '=', showId));
  await reports.execute();
  const byShow = new Map<string, string[]>();
  for (const { id, show_id } of messages) byShow.set(show_id, [...(byShow.get(show_id) ?? []), id]);
  return byShow;
}
