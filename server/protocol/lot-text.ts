// Owns how the lots of an order's line are written in both languages: on the order's page, on labels, receipts and in tables.
import type { OrderLot } from './order-lot.ts';

/** "Lot North field, no. 7–8 of 40". Empty where there are none. */
export function lotText(lots: readonly OrderLot[] | undefined, language: 'en' | 'zh-CN'): string {
  const isChinese = language === 'zh-CN';
  const texts = (lots ?? []).map(({ name, first, quantity, quota }, _index, all) => {
    if (first === null) return all.length === 1 ? name : `${name} ×${quantity}`;
    const numbers = quantity === 1 ? `${first}` : `${first}–${first + quantity - 1}`;
    return isChinese ? `${name} 第 ${numbers} 号（共 ${quota} 件）` : `${name}, no. ${numbers} of ${quota}`;
  });
  if (texts.length === 0) return '';
  return isChinese ? `批次：${texts.join('；')}` : `Lot ${texts.join('; ')}`;
}
