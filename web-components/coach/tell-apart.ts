// Owns what tells the shows of one name apart: when they began and what they are called, and a number where these are the same too. Pure.
import type { Show } from '../../server/protocol/show.ts';

type Told = Pick<Show, 'id' | 'hostName' | 'title' | 'startedAt'>;

export interface TellApartWords {
  /** A moment, ms since epoch. */
  time: (at: number) => string;
  notStarted: string;
  nth: (number: number) => string;
}

/** @returns what is said of each show beside its name, by its id; nothing of a name that stands there once */
export function tellApart(shows: readonly Told[], words: TellApartWords): Map<string, string[]> {
  const plain = ({ title, startedAt }: Told): string[] => [startedAt === null ? words.notStarted : words.time(startedAt), title];
  const parts = new Map<string, string[]>();
  for (const show of shows) {
    const namesakes = shows.filter(({ hostName }) => hostName === show.hostName);
    if (namesakes.length < 2) continue;
    const own = plain(show);
    const twins = namesakes.filter((other) => plain(other).join('\n') === own.join('\n')).sort(olderFirst);
    parts.set(show.id, [...(twins.length > 1 ? [words.nth(twins.indexOf(show) + 1)] : []), ...own]);
  }
  return parts;
}

/** By their ids where nothing else is known, so that each keeps its number. */
function olderFirst(a: Told, b: Told): number {
  return (a.startedAt ?? 0) - (b.startedAt ?? 0) || (a.id < b.id ? -1 : 1);
}
