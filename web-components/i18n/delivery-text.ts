// Owns how an area of delivery is told in one line, to buyers and to the seller who sets it: fee, free from, least order.
import type { DeliveryArea, DeliveryFee } from '../../server/protocol/delivery.ts';
import type { Currency } from '../../server/protocol/money-format.ts';
import type { Localize } from './localize.ts';
import type { ProductMessages } from './product.en.ts';

type Words = Pick<Localize<ProductMessages>, 'text' | 'locale' | 'money' | 'number'>;

/** `¥8 up to 1 kg, then ¥2 for each 1 kg, free from ¥99, orders from ¥20`. */
export function deliveryText({ fee, freeFromMinor, minimumMinor }: DeliveryArea, currency: Currency, words: Words): string {
  const { text, locale } = words;
  if (fee.by === 'none') return text.notServed;
  const parts = [feeText(fee, currency, words)];
  if (freeFromMinor !== null && parts[0] !== text.free) parts.push(text.freeFrom(words.money(freeFromMinor, currency)));
  if (minimumMinor > 0) parts.push(text.minimum(words.money(minimumMinor, currency)));
  return parts.join(locale === 'zh-CN' ? '，' : ', ');
}

function feeText(fee: DeliveryFee, currency: Currency, words: Words): string {
  const { text } = words;
  const money = (amountMinor: number): string => words.money(amountMinor, currency);
  switch (fee.by) {
    case 'order':
      return fee.feeMinor === 0 ? text.free : text.fee(money(fee.feeMinor));
    case 'weight':
      return text.byWeight(money(fee.firstMinor), weightText(fee.firstGrams, words), money(fee.stepMinor), weightText(fee.stepGrams, words));
    case 'piece':
      return text.byPiece(money(fee.firstMinor), fee.firstPieces, money(fee.stepMinor));
    case 'none':
      return text.notServed;
  }
}

/** `500 g`, `2.5 kg`. */
export function weightText(grams: number, words: Pick<Words, 'text' | 'number'>): string {
  return grams < 1_000 ? words.text.grams(words.number(grams)) : words.text.kilograms(words.number(grams / 1_000));
}
