// Owns that both languages say everything, and how one of them is picked.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorStatus } from '../../../server/protocol/errors.ts';
import { formatMoney } from '../../../server/protocol/money.ts';
import { checkoutEn } from '../../../web-components/i18n/checkout.en.ts';
import { checkoutZhCN } from '../../../web-components/i18n/checkout.zh-CN.ts';
import { errorsEn } from '../../../web-components/i18n/errors.en.ts';
import { errorsZhCN } from '../../../web-components/i18n/errors.zh-CN.ts';
import { pickLocale } from '../../../web-components/i18n/localize.ts';
import { replayEn } from '../../../web-components/i18n/replay.en.ts';
import { replayZhCN } from '../../../web-components/i18n/replay.zh-CN.ts';

function leaves(value: object, path = ''): [path: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, part]) => (typeof part === 'object' && part !== null ? leaves(part, `${path}${key}.`) : [[path + key, part] as [string, unknown]]));
}
const say = (value: unknown) => (typeof value === 'function' ? String((value as (...args: unknown[]) => string)(3, 'kg')) : String(value));

describe('pickLocale', () => {
  it.each([
    [['zh-CN'], 'zh-CN'],
    [['zh'], 'zh-CN'],
    [['zh-Hant-TW'], 'zh-CN'],
    [['en-GB', 'zh'], 'en'],
    [['fr', 'zh-CN'], 'zh-CN'],
    [[null, undefined, ''], 'en'],
    [['sw', 'fr'], 'en'],
  ])('of %j picks %s', (wishes, locale) => expect(pickLocale(wishes)).toBe(locale));
});

describe('catalogues', () => {
  it.each([
    [checkoutEn, checkoutZhCN],
    [replayEn, replayZhCN],
  ])('say everything in both languages', (english, chinese) => {
    expect(leaves(chinese).map(([path]) => path)).toEqual(leaves(english).map(([path]) => path));
    for (const [path, value] of [...leaves(english), ...leaves(chinese)]) expect(say(value), path).toMatch(/\S/);
  });

  it.each([[checkoutZhCN], [replayZhCN]])('speak Chinese in Chinese, with its own punctuation', (chinese) => {
    const mixed = leaves(chinese).filter(([, value]) => /[\u4e00-\u9fff][,!;]|[\u4e00-\u9fff]\.$/.test(say(value)));
    expect(mixed).toEqual([]);
  });

  it('call a show that is not real a rehearsal in English; practice is what one does to get better at something', async () => {
    const folder = new URL('../../../web-components/i18n/', import.meta.url);
    const files = (await readdir(folder)).filter((name) => /^(?:\w[\w-]*\.)?en\.ts$/.test(name));
    const said = await Promise.all([...files.map((name) => new URL(name, folder)), new URL('../../../docs/training.md', import.meta.url)].map((file) => readFile(file, 'utf8')));
    const lines = said.flatMap((text) => text.split('\n')).filter((line) => !/^\s*(?:\/\/|\/\*|\*)/.test(line) && /(?:['`“ ])practi[sc]/i.test(line.replace(/^\s*[\w'-]+:/, '')));
    // The five first steps are no show at all.
    expect(lines.map((line) => line.trim()).sort()).toEqual(["close: 'Stop practising',", "notePlaceholder: 'What went well, what to practise…',"].sort());
  });

  it('explain every error code with a sentence', () => {
    for (const code of Object.keys(errorStatus) as (keyof typeof errorStatus)[]) {
      expect(errorsEn[code]).toMatch(/\.$/);
      expect(errorsZhCN[code]).toMatch(/。$/);
    }
  });
});

describe('formatMoney', () => {
  it('writes minor units as people do', () => {
    expect(formatMoney(12_900, 'CNY', 'zh-CN')).toBe('¥129.00');
    expect(formatMoney(500, 'JPY', 'en')).toBe('¥500');
    expect(formatMoney(1, 'USD', 'en')).toBe('$0.01');
  });
});
