// Owns what the chat tells of figures: how often a viewer was kept from writing.
import type { Show } from '../../protocol/show.ts';
import { SERVER_DEVICE, serverKinds } from '../rollup/raw-event.ts';
import type { Books } from '../store/books.ts';

/** In the chat of a show a viewer was kept from writing at that moment; `-1`: and is not any more, because that was taken back. */
export interface ChatRestricted {
  showId: string;
  at: number;
  count: 1 | -1;
}

/** What is taken back is told of the same moment, so that it leaves the part of the show in which it was counted. */
export async function noteRestriction({ showId, at, count }: ChatRestricted, { books, findShow }: { books: Books; findShow: (showId: string) => Promise<Show | undefined> }): Promise<void> {
  const show = await findShow(showId);
  if (!show) return;
  const book = await books.open(show);
  const phase = show.endedAt === null || at <= show.endedAt ? 'live' : 'after';
  book.count([{ kind: serverKinds.restricted, args: [count], at, device: SERVER_DEVICE, phase, mark: '' }], undefined);
}
