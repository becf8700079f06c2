// Owns how goods are put into words on the demo pages: names in two languages, prices, units, what is left.
import { formatMoney, type Product, type ShowStatus, type Unit } from '../../server/protocol/index.ts';
import { language, say } from './language.ts';

const unitNames: Readonly<Record<Unit, readonly [zh: string, en: string]>> = {
  kg: ['公斤', 'kg'],
  jin: ['斤', 'jin (500 g)'],
  g: ['克', 'g'],
  box: ['箱', 'box'],
  bag: ['袋', 'bag'],
  jar: ['罐', 'jar'],
  bottle: ['瓶', 'bottle'],
  piece: ['个', 'piece'],
  pack: ['包', 'pack'],
  bunch: ['把', 'bunch'],
};

export function unitName(unit: Unit): string {
  return say(...unitNames[unit]);
}

export function money(amountMinor: number, currency: Product['currency']): string {
  return formatMoney(amountMinor, currency, language());
}

/** The lowest price of what can be had, and whether there are dearer ones. */
export function fromPrice(product: Product): { text: string; unit: string; isFrom: boolean } {
  const inStock = product.variants.filter((variant) => variant.stock > 0);
  const sorted = [...(inStock.length > 0 ? inStock : product.variants)].sort((one, other) => one.priceMinor - other.priceMinor);
  const lowest = sorted[0];
  if (!lowest) return { text: '', unit: '', isFrom: false };
  return { text: money(lowest.priceMinor, product.currency), unit: unitName(lowest.unit), isFrom: sorted.length > 1 };
}

export function stockOf(product: Product): number {
  return product.variants.reduce((sum, variant) => sum + variant.stock, 0);
}

/** Address of a picture in one of the kept widths. */
export function pictureUrl(pictureId: string, width: 160 | 480 | 1080): string {
  return `/api/v1/pictures/${encodeURIComponent(pictureId)}/${width}`;
}

const statusNames: Readonly<Record<ShowStatus, readonly [zh: string, en: string]>> = {
  planned: ['待开播', 'Planned'],
  live: ['直播中', 'Live'],
  paused: ['暂离', 'Away'],
  ended: ['已结束', 'Ended'],
};

export function statusName(status: ShowStatus): string {
  return say(...statusNames[status]);
}
