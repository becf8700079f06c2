// Owns what stands in a card for the product's own: name, price, origin and grade as they are now, in words to be said. Pure.
import { type CueWord, cueWords, type ScriptLang } from '../../../server/protocol/cue-limits.ts';
import { formatMoney } from '../../../server/protocol/money-format.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { unitsEn, unitsZhCN } from '../../i18n/units.ts';

const unknown: Record<ScriptLang, Record<CueWord, string>> = {
  'zh-CN': { goods: '咱家的东西', price: '看屏幕上的价', origin: '我们这儿', grade: '一个个挑过的', seller: '我们直播间' },
  en: { goods: 'what we grow', price: 'as on the screen', origin: 'our place', grade: 'picked over by hand', seller: 'our show' },
};

export type CueGoods = Pick<Product, 'name' | 'currency' | 'variants' | 'facts'>;

/** `12.8元一箱`; of several sizes the first three, each by its name. */
export function spokenPrice({ currency, variants }: Pick<CueGoods, 'currency' | 'variants'>, lang: ScriptLang): string {
  const each = variants.slice(0, 3).map(({ label, unit, priceMinor }) => {
    const name = variants.length > 1 && label ? (lang === 'zh-CN' ? label : `${label} `) : '';
    if (lang === 'en') return `${name}${formatMoney(priceMinor, currency, 'en')} a ${unitsEn[unit].split(' (')[0]}`;
    const amount = currency === 'CNY' ? `${Number((priceMinor / 100).toFixed(2))}元` : formatMoney(priceMinor, currency, 'zh-CN');
    return `${name}${amount}一${unitsZhCN[unit]}`;
  });
  return each.join(lang === 'zh-CN' ? '，' : ', ');
}

const WORDS = new RegExp(`\\{(${cueWords.join('|')})\\}`, 'g');

/** The language that a line is written in, which need not be the page's. @param lang of one without any letters */
export function langOf(text: string, lang: ScriptLang): ScriptLang {
  const plain = text.replace(WORDS, '');
  if (/\p{sc=Han}/u.test(plain)) return 'zh-CN';
  return /\p{L}/u.test(plain) ? 'en' : lang;
}

/**
 * @param product null: a line about no product in particular
 * @param pageLang of a line without any letters of its own
 */
export function fillCue(text: string, product: CueGoods | null, seller: string, pageLang: ScriptLang): string {
  const lang = langOf(text, pageLang);
  const own: Partial<Record<CueWord, string | undefined>> = product
    ? { goods: product.name, price: spokenPrice(product, lang), origin: product.facts?.origin, grade: product.facts?.grade, seller }
    : { seller };
  return text.replace(WORDS, (_, name: CueWord) => own[name] || unknown[lang][name]);
}
