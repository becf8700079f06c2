// Owns which pictures stand in for the show's own, in order: of what is explained now, else the poster, else of what is on the shelf. Pure.
import type { ShowSnapshot } from '../../../server/protocol/show.ts';

/** More than these are more data than a picture that was left out to save it. */
const MOST = 6;

/** Ids of pictures; none where the show has no picture at all. */
export function stillPictures({ show, shelf }: Pick<ShowSnapshot, 'show' | 'shelf'>, pins: readonly string[]): string[] {
  const pinned = pins.flatMap((id) => shelf.find((product) => product.id === id)?.pictures ?? []);
  const found = pinned.length > 0 ? pinned : show.posterPictureId ? [show.posterPictureId] : shelf.flatMap(({ pictures }) => pictures.slice(0, 1));
  return [...new Set(found)].slice(0, MOST);
}
