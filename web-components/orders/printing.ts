// Owns opening a page to print: a tab is opened at the tap, because a browser lets none be opened when the answer is there.
import type { PaperKind } from '../../server/protocol/desk.ts';
import { openPaper } from '../../server/protocol/endpoints.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { DeskPage } from './room.ts';

export async function print({ room, words, tell }: DeskPage, kind: PaperKind, orders: readonly Order[] | readonly string[]): Promise<void> {
  const tab = window.open('', '_blank');
  const orderIds = orders.map((order) => (typeof order === 'string' ? order : order.id));
  const lang = words.locale;
  const made = await room.client.call(openPaper, { body: { kind, orderIds, lang } });
  if (!made.ok) {
    tab?.close();
    tell({ text: words.text.errors[made.error.code], isFault: true });
    return;
  }
  const href = room.client.serverUrl + made.value.url;
  if (tab) {
    tab.opener = null;
    tab.location.href = href;
  } else tell({ text: words.text.print.ready, href });
}
