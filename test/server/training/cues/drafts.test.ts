// Tests the cards and scripts that come from templates and from shows: complete, within their limits, about what is sold.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { cueCardRequest } from '../../../../server/protocol/cue-cards.ts';
import { goodsKinds, scriptLangs, scriptParts } from '../../../../server/protocol/cue-limits.ts';
import { scriptRequest } from '../../../../server/protocol/scripts.ts';
import { cardDraft } from '../../../../server/training/cues/card-draft.ts';
import { scriptFromShow, scriptFromTemplate } from '../../../../server/training/cues/script-draft.ts';
import { kindOf } from '../../../../server/training/cues/templates/index.ts';

describe('the kind of goods', () => {
  it.each([
    ['红富士苹果', 'fruit'], ['蜜桔', 'fruit'], ['Pomegranates', 'general'], ['Fuji apples', 'fruit'], ['百花蜂蜜', 'honey'], ['Orange blossom honey', 'honey'], ['西湖龙井', 'tea'], ['Jasmine tea', 'tea'],
    ['五常大米', 'grain'], ['散养土鸡蛋', 'eggs-meat'], ['Free-range eggs', 'eggs-meat'], ['干香菇', 'dried'], ['小米椒', 'vegetables'], ['油菜', 'vegetables'], ['牛油果', 'fruit'], ['Tomatoes', 'vegetables'], ['手工竹篮', 'general'],
  ])('of %s is %s', (name, kind) => {
    expect(kindOf(name)).toBe(kind);
  });
});

describe('a card that nobody has written', () => {
  const names = { fruit: '苹果', vegetables: 'Tomatoes', grain: '大米', tea: 'tea', honey: '蜂蜜', 'eggs-meat': 'eggs', dried: '木耳', general: '竹篮' };

  it.each(scriptLangs.flatMap((lang) => goodsKinds.map((kind) => [lang, kind] as const)))('has three to five whole lines, in %s for %s', (lang, kind) => {
    const card = cardDraft({ name: names[kind] }, lang);
    expect(v.parse(cueCardRequest, card)).toEqual(card);
    expect(card.lines.length).toBeGreaterThanOrEqual(3);
    expect(card.objections).toHaveLength(3);
    expect(card.lines.filter((line) => line.endsWith('…') && !line.includes('…', line.length - 1)).concat(card.mustSay)).toEqual([]);
    expect(card.lines.join()).toContain('{price}');
  });

  it('says what is known of the product, and what is long in short', () => {
    const card = cardDraft({ name: 'Pears', facts: { origin: 'Shanxi', grade: 'A', harvestedOn: '2026-09-01', storage: 'cool and dry '.repeat(20) }, limitPerBuyer: 3 }, 'en');
    expect(card.mustSay.slice(0, 3)).toEqual(['From Shanxi', 'Grade: A', 'Picked on 2026-09-01']);
    expect(v.parse(cueCardRequest, card)).toEqual(card);
    expect(card.mustSay.at(-1)).toBe('3 per person at most');
  });
});

describe('a script from a template', () => {
  it.each(scriptLangs)('has every part, the goods in between, in %s', (lang) => {
    const draft = scriptFromTemplate({ shelf: [{ id: 'prd_1', name: '苹果' }, { id: 'prd_2', name: '蜂蜜' }], kind: undefined, lang });
    expect(v.parse(scriptRequest, draft)).toEqual(draft);
    expect(new Set(draft.steps.map(({ part }) => part))).toEqual(new Set(scriptParts.filter((part) => part !== 'other')));
    expect(draft.steps[0]?.part).toBe('opening');
    expect(draft.steps.at(-1)?.part).toBe('closing');
    expect(draft.steps.filter(({ productId }) => productId === 'prd_2').map(({ part }) => part)).toEqual(['origin', 'demonstration', 'grade', 'price', 'objections']);
    expect(draft.steps.flatMap(({ lines }) => lines).every((line) => line.length > 0)).toBe(true);
  });

  it('holds a long shelf and an empty one', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ id: `prd_${index}`, name: 'Apples' }));
    expect(v.is(scriptRequest, scriptFromTemplate({ shelf: many, kind: 'tea', lang: 'en' }))).toBe(true);
    const empty = scriptFromTemplate({ shelf: [], kind: 'tea', lang: 'zh-CN' });
    expect(empty.title).toBe('卖茶叶');
    expect(v.is(scriptRequest, empty)).toBe(true);
    expect(empty.steps.every(({ productId }) => productId === null)).toBe(true);
  });
});

describe('a script from a show', () => {
  const T = 1_800_000_000_000;
  const at = (seconds: number): number => T + seconds * 1000;
  const pin = (productId: string, from: number, to: number) => ({ productId, startedAt: at(from), endedAt: at(to) });

  it('takes its times and its words, and the card where no words are known', () => {
    const draft = scriptFromShow(
      {
        title: 'Harvest',
        startedAt: T,
        endedAt: at(300),
        pins: [pin('prd_1', 40, 90), pin('prd_1', 92, 140), pin('prd_3', 140, 142), pin('prd_2', 142, 250)],
        said: [{ at: at(5), text: 'Good morning all' }, { at: at(50), text: 'Look at that juice' }, { at: at(60), text: 'mm' }],
      },
      (productId) => [`about ${productId}`],
      'en',
    );
    expect(draft).toEqual({
      title: 'As in “Harvest”',
      lang: 'en',
      steps: [
        { part: 'opening', productId: null, lines: ['Good morning all'], seconds: 40 },
        { part: 'demonstration', productId: 'prd_1', lines: ['Look at that juice'], seconds: 100 },
        { part: 'demonstration', productId: 'prd_2', lines: ['about prd_2'], seconds: 108 },
        { part: 'closing', productId: null, lines: expect.any(Array) as string[], seconds: 50 },
      ],
    });
    expect(v.is(scriptRequest, draft)).toBe(true);
  });

  it('stays within the limits of a script, whatever was said', () => {
    const pins = Array.from({ length: 200 }, (_, index) => pin(`prd_${index}`, index * 20, index * 20 + 20));
    const said = Array.from({ length: 4000 }, (_, index) => ({ at: at(index), text: '很'.repeat(1000) }));
    expect(v.is(scriptRequest, scriptFromShow({ title: '很'.repeat(80), startedAt: T, endedAt: at(9000), pins, said }, () => [], 'zh-CN'))).toBe(true);
  });
});
