// Owns `fieldcast erase --buyer PHONE`: a buyer who wants to be forgotten is taken out of every order that is closed, also while the server runs.
import type { Database } from '../platform/db/database.ts';
import { eraseBuyerByPhone } from '../shop/index.ts';
import { type Answer, UsageError } from './answer.ts';

export async function erase(values: { buyer?: string }, database: Database): Promise<Answer> {
  const phone = values.buyer?.trim() ?? '';
  if (!/^[+\d][\d\s()-]{4,30}$/.test(phone)) throw new UsageError('erase needs --buyer with the phone number of the orders');
  const { erased, open } = await eraseBuyerByPhone(database, phone);
  const rest = open === 0 ? '' : `\n${open} open ${open === 1 ? 'order keeps' : 'orders keep'} name and address until delivered, refused or cancelled: run this again then`;
  return { text: `erased the buyer from ${erased} ${erased === 1 ? 'order' : 'orders'}${rest}`, json: { erased, open } };
}
