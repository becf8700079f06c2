// Owns which pictures stand in for the show's own.
import { expect, it } from 'vitest';
import { stillPictures } from '../../../../web-components/player/lobby/still-pictures.ts';
import { snapshotOf } from '../../show/goods.ts';

const product = (id: string, ...pictures: string[]) => ({ ...snapshotOf([]).shelf[0], id, pictures }) as never;
const snapshot = (posterPictureId: string | null, ...shelf: never[]) => ({ show: { ...snapshotOf([]).show, posterPictureId }, shelf });

it('shows what is explained now, the main one first, each picture once', () => {
  expect(stillPictures(snapshot('poster', product('a', 'a1', 'a2'), product('b', 'b1', 'a1')), ['b', 'a'])).toEqual(['b1', 'a1', 'a2']);
});

it('shows the poster where nothing with a picture is pinned, else one of each on the shelf', () => {
  expect(stillPictures(snapshot('poster', product('a', 'a1'), product('b')), ['b'])).toEqual(['poster']);
  expect(stillPictures(snapshot(null, product('a', 'a1', 'a2'), product('b', 'b1')), [])).toEqual(['a1', 'b1']);
  expect(stillPictures(snapshot(null), ['gone'])).toEqual([]);
});

it('shows few: they are there to save data', () => {
  expect(stillPictures(snapshot(null, product('a', ...Array.from({ length: 20 }, (_, index) => `${index}`))), ['a'])).toHaveLength(6);
});
