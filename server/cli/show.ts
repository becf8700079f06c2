// Owns `fieldcast show create` and `fieldcast show list`.
import * as v from 'valibot';
import type { Shows } from '../live/index.ts';
import { showRequest } from '../protocol/show.ts';
import type { Shop } from '../shop/index.ts';
import { type Answer, UsageError } from './answer.ts';

export async function createShow(values: { title?: string; 'host-name'?: string }, shows: Shows, shop: Shop): Promise<Answer> {
  const request = v.safeParse(showRequest, { title: values.title, hostName: values['host-name'] ?? 'Host' });
  if (!request.success) throw new UsageError('show create needs --title of 1 to 80 characters');
  const seller = (await shop.sellers.first()) ?? (await shop.sellers.create({ name: 'My shop', currency: 'CNY' }));
  const show = await shows.create({ ...request.output, sellerId: seller.id }, undefined);
  return { text: `${show.id}  ${show.title}`, json: show };
}

export async function listShows(shows: Shows): Promise<Answer> {
  const list = await shows.list({ kind: 'live', limit: 200 });
  return { text: list.map((show) => `${show.id}  ${show.status.padEnd(7)}  ${show.title}`).join('\n'), json: { shows: list } };
}
