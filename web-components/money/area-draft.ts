// Owns an area of delivery as a seller types it: amounts and weights as people write them, and what is wrong with them.
import { AREA_WORD_LIMIT, type DeliveryArea } from '../../server/protocol/delivery.ts';
import type { Currency } from '../../server/protocol/money-format.ts';
import { readAmount, shownAmount } from './amount-field.ts';

/** `free` is a fee of nothing; the others are the server's. */
export const feeKinds = ['free', 'order', 'weight', 'piece', 'none'] as const;
export type FeeKind = (typeof feeKinds)[number];

export interface AreaDraft {
  /** Everywhere that none of the other areas is. */
  isElsewhere: boolean;
  /** Places, apart by commas, lines, or spaces between Chinese names. */
  places: string;
  by: FeeKind;
  /** Amounts of the currency; `first` and `step` are kilograms or pieces. */
  first: string;
  firstFee: string;
  step: string;
  stepFee: string;
  /** Kilograms that a piece without a weight counts. */
  other: string;
  freeFrom: string;
  minimum: string;
}

export type DraftField = Exclude<keyof AreaDraft, 'isElsewhere' | 'by'>;

const FEE_MOST_MINOR = 1_000_000;
const NAME_LIMIT = 40;
const HAN = /\p{Script=Han}/u;

export const blankArea = (isElsewhere: boolean): AreaDraft => ({ isElsewhere, places: '', by: 'order', first: '1', firstFee: '', step: '1', stepFee: '', other: '1', freeFrom: '', minimum: '' });

export function draftOf({ words, fee, freeFromMinor, minimumMinor }: DeliveryArea, currency: Currency): AreaDraft {
  const amount = (minor: number): string => shownAmount(minor, currency).replace(/\.0+$/, '');
  const draft: AreaDraft = {
    ...blankArea(words.length === 0),
    places: words.join(words.some((word) => HAN.test(word)) ? '，' : ', '),
    by: fee.by,
    freeFrom: freeFromMinor === null ? '' : amount(freeFromMinor),
    minimum: minimumMinor === 0 ? '' : amount(minimumMinor),
  };
  if (fee.by === 'order') return { ...draft, by: fee.feeMinor === 0 ? 'free' : 'order', firstFee: fee.feeMinor === 0 ? '' : amount(fee.feeMinor) };
  if (fee.by === 'piece') return { ...draft, first: String(fee.firstPieces), firstFee: amount(fee.firstMinor), stepFee: amount(fee.stepMinor) };
  if (fee.by === 'weight') {
    return { ...draft, first: String(fee.firstGrams / 1_000), firstFee: amount(fee.firstMinor), step: String(fee.stepGrams / 1_000), stepFee: amount(fee.stepMinor), other: String(fee.otherGrams / 1_000) };
  }
  return draft;
}

/**
 * The area that a draft means, or its first field that means nothing.
 * @param elsewhere what everywhere else is called
 * @param before name that the area had: one that a person gave it stays
 */
export function areaOfDraft(draft: AreaDraft, { currency, elsewhere, before }: { currency: Currency; elsewhere: string; before: DeliveryArea | undefined }): { area: DeliveryArea } | { wrong: DraftField } {
  const wrong = new Set<DraftField>();
  const take = <T>(field: DraftField, value: T | null): T => {
    if (value === null) wrong.add(field);
    return value as T;
  };
  const fee = (field: DraftField): number => {
    const minor = readAmount(draft[field], currency);
    return take(field, minor !== null && minor <= FEE_MOST_MINOR ? minor : null);
  };
  const grams = (field: DraftField): number => {
    const kilograms = Number(draft[field].normalize('NFKC').replace(',', '.'));
    const whole = Math.round(kilograms * 1_000);
    return take(field, draft[field].trim() !== '' && whole >= 100 && whole <= 1_000_000 ? whole : null);
  };
  const pieces = (field: DraftField): number => {
    const count = Number(draft[field].normalize('NFKC'));
    return take(field, Number.isInteger(count) && count >= 1 && count <= 999 ? count : null);
  };
  const limit = (field: DraftField): number | null => (draft[field].trim() === '' || draft.by === 'none' ? null : take(field, readAmount(draft[field], currency)));

  const words = draft.isElsewhere ? [] : placesOf(draft.places);
  if (!draft.isElsewhere) take('places', words.length > 0 && words.length <= AREA_WORD_LIMIT && words.every((word) => word.length <= 30) ? words : null);
  const fees = (): DeliveryArea['fee'] => {
    switch (draft.by) {
      case 'none':
        return { by: 'none' };
      case 'free':
        return { by: 'order', feeMinor: 0 };
      case 'order':
        return { by: 'order', feeMinor: fee('firstFee') };
      case 'piece':
        return { by: 'piece', firstPieces: pieces('first'), firstMinor: fee('firstFee'), stepMinor: fee('stepFee') };
      case 'weight':
        return { by: 'weight', firstGrams: grams('first'), firstMinor: fee('firstFee'), stepGrams: grams('step'), stepMinor: fee('stepFee'), otherGrams: grams('other') };
    }
  };
  const area: DeliveryArea = {
    name: nameOf(words, elsewhere, before),
    words,
    fee: fees(),
    freeFromMinor: draft.by === 'free' ? null : limit('freeFrom'),
    minimumMinor: limit('minimum') ?? 0,
  };
  const [first] = wrong;
  return first === undefined ? { area } : { wrong: first };
}

/** `洛川 黄陵` are two places, `New York, Boston` too. */
export function placesOf(typed: string): string[] {
  const parts = typed.normalize('NFKC').split(/[,、;\n]/).flatMap((part) => (HAN.test(part) ? part.split(/\s+/) : [part.replaceAll(/\s+/g, ' ')]));
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** Made of its places, unless a person has called it something else. */
function nameOf(words: readonly string[], elsewhere: string, before: DeliveryArea | undefined): string {
  if (before && before.name !== madeOf(before.words)) return before.name;
  return words.length === 0 ? elsewhere : madeOf(words);
}

function madeOf(words: readonly string[]): string {
  return words.join(words.some((word) => HAN.test(word)) ? '、' : ', ').slice(0, NAME_LIMIT).trim();
}
