// Tests whether a price is heard however people say it, and nothing else is taken for one.
import { describe, expect, it } from 'vitest';
import { amountsIn, type SaidPrice, saysPrice } from '../../../../server/protocol/price-said.ts';

const yuan = (priceMinor: number, unit: SaidPrice['unit'] = 'box'): SaidPrice[] => [{ priceMinor, exponent: 2, unit }];

describe('a price in a sentence', () => {
  it.each([
    ['今天直播间12.8元一箱', 1280],
    ['今天直播间 12块8', 1280],
    ['十二块八，喜欢的拍', 1280],
    ['二十九块九毛', 2990],
    ['九块九包邮', 990],
    ['一百二十八元', 12_800],
    ['一百二一箱', 12_000],
    ['一千零五十', 105_000],
    ['两块钱', 200],
    ['三点五元', 350],
    ['１２．８'.replace('．', '.'), 1280],
    ['today it is 12.80 a box', 1280],
    ['only twelve eighty', 1280],
    ['twelve dollars and eighty cents', 1280],
    ['it is nine ninety-nine', 999],
    ['a hundred and twenty a box', 12_000],
    ['three point five', 350],
    ['1,280 yuan', 128_000],
  ])('is heard in "%s"', (text, priceMinor) => {
    expect(saysPrice(text, yuan(priceMinor))).toBe(true);
  });

  it.each([
    ['今天特别甜，大家尝尝', 1280],
    ['十二块九', 1280],
    ['电话一三八零零一三八零零零', 1380],
    ['thank you all', 1280],
    ['twelve eighteen', 1280],
  ])('is not heard in "%s"', (text, priceMinor) => {
    expect(saysPrice(text, yuan(priceMinor))).toBe(false);
  });

  it('is heard for a jin where the shop says kilo, and the other way round', () => {
    expect(saysPrice('六块四一斤', yuan(1280, 'kg'))).toBe(true);
    expect(saysPrice('25.6 一公斤', yuan(1280, 'jin'))).toBe(true);
    expect(saysPrice('六块四一箱', yuan(1280, 'box'))).toBe(false);
  });

  it('knows currencies without a point', () => {
    expect(saysPrice('500 yen', [{ priceMinor: 500, exponent: 0, unit: 'bag' }])).toBe(true);
  });

  it('takes its time over nothing that somebody could write', () => {
    const startedAt = performance.now();
    for (const text of ['一'.repeat(100_000), '1'.repeat(100_000), 'one '.repeat(25_000), '一百'.repeat(50_000), '1块'.repeat(50_000)]) amountsIn(text);
    // Anything that is not linear takes minutes here.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});
