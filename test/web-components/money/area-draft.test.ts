// An area of delivery as it is typed, and what the server gets of it.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type DeliveryArea, deliveryArea } from '../../../server/protocol/delivery.ts';
import { type AreaDraft, areaOfDraft, blankArea, draftOf, placesOf } from '../../../web-components/money/area-draft.ts';

const terms = { currency: 'CNY', elsewhere: 'Everywhere else', before: undefined } as const;
const typed = (patch: Partial<AreaDraft>) => areaOfDraft({ ...blankArea(false), places: '洛川', ...patch }, terms);

describe('an area that is typed', () => {
  it.each([
    ['洛川 黄陵，富县', ['洛川', '黄陵', '富县']],
    ['New York, Boston\nNew York', ['New York', 'Boston']],
    ['洛川县；  黄陵县、', ['洛川县', '黄陵县']],
    [' , ,', []],
  ])('%j names %j', (text, places) => expect(placesOf(text)).toEqual(places));

  it.each<[Partial<AreaDraft>, string]>([
    [{ places: ' ', firstFee: '8' }, 'places'],
    [{ places: 'x'.repeat(31), firstFee: '8' }, 'places'],
    [{ firstFee: '' }, 'firstFee'],
    [{ firstFee: '-8' }, 'firstFee'],
    [{ firstFee: '10001' }, 'firstFee'],
    [{ firstFee: '8', freeFrom: 'much' }, 'freeFrom'],
    [{ by: 'weight', first: '0', firstFee: '8', stepFee: '2' }, 'first'],
    [{ by: 'weight', firstFee: '8', step: '1001', stepFee: '2' }, 'step'],
    [{ by: 'piece', first: '1.5', firstFee: '8', stepFee: '2' }, 'first'],
  ])('%j is asked for again: %s', (patch, wrong) => expect(typed(patch)).toEqual({ wrong }));

  it.each<Partial<AreaDraft>>([
    { firstFee: '8.50', freeFrom: '99', minimum: '20' },
    { by: 'free', freeFrom: '5' },
    { by: 'none', minimum: 'never mind' },
    { by: 'weight', first: '0,5', firstFee: '８', stepFee: '0' },
    { by: 'piece', first: '3', firstFee: '10', stepFee: '2' },
    { isElsewhere: true, firstFee: '12' },
  ])('%j is taken by the server, and typed again the same', (patch) => {
    const result = typed(patch);
    const { area } = result as { area: DeliveryArea };
    expect(v.is(deliveryArea, area)).toBe(true);
    expect(areaOfDraft(draftOf(area, 'CNY'), { ...terms, before: area })).toEqual({ area });
  });

  it('keeps the name that a person gave it, and follows its places otherwise', () => {
    const area = (name: string): DeliveryArea => ({ name, words: ['洛川'], fee: { by: 'none' }, freeFromMinor: null, minimumMinor: 0 });
    const rename = (before: DeliveryArea) => areaOfDraft({ ...draftOf(before, 'CNY'), places: '黄陵' }, { ...terms, before });
    expect(rename(area('本县'))).toMatchObject({ area: { name: '本县' } });
    expect(rename(area('洛川'))).toMatchObject({ area: { name: '黄陵' } });
  });
});
