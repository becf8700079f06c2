// Owns the check of what a played audience says: of the right kind, in the right language, not the same again, and fit for a class.
import { describe, expect, it } from 'vitest';
import { MESSAGE_LIMIT } from '../../../../server/protocol/chat-limits.ts';
import { questionTopics } from '../../../../server/protocol/scenario-limits.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { banks, lineOf, type Saying } from '../../../../server/training/played-audience/bank/lines.ts';
import type { PlannedAct } from '../../../../server/training/played-audience/plan.ts';

const product = (name: string, priceMinor = 2_980): Product => ({
  id: 'prd_1', sellerId: 'sel_1', name, description: '', currency: 'CNY', pictures: [], archived: false,
  variants: [{ id: 'var_1', label: '', unit: 'kg', priceMinor, stock: 5 }],
});
const act = (kind: PlannedAct['act'], nth = 0, more: Partial<PlannedAct> = {}): PlannedAct => ({ act: kind, nth, atMs: 0, viewer: 3, ...more });
const chinese: Saying = { seed: 5, language: 'zh-CN' };
const english: Saying = { seed: 5, language: 'en' };
/** All that is ever asked on a topic about a product. */
const asked = (topic: PlannedAct['topic'], name: string, saying = chinese) =>
  new Set(Array.from({ length: 60 }, (_, nth) => lineOf(act('question', nth, topic ? { topic } : {}), product(name), saying)));

describe('what a played audience says', () => {
  it('asks about the goods that are pinned', () => {
    expect(asked('taste', '红富士苹果')).toContain('甜不甜？');
    expect(asked('taste', '兰州百合')).not.toContain('甜不甜？');
    expect(asked('spoilage', '土鸡蛋 30 枚')).toContain('碎一个补一个吗');
    expect(asked('spoilage', '羊腿')).toContain('冰袋化了怎么办？');
    expect(asked('taste', 'Gala apples', english)).toContain('are they sweet?');
    expect(asked('safety', 'Wildflower honey', english)).toContain('is there sugar in it?');
  });

  it('asks what anybody asks about goods that it does not know', () => {
    const topics = questionTopics.flatMap((topic) => [...asked(topic, 'Handmade basket', english)]);
    expect(topics.length).toBeGreaterThan(60);
    expect(topics).not.toContain('are they sweet?');
  });

  it('says nothing twice before everything has been said, and the same for the same seed', () => {
    const lines = Array.from({ length: 10 }, (_, nth) => lineOf(act('question', nth, { topic: 'freight' }), product('杂粮'), chinese));
    expect(new Set(lines).size).toBe(10);
    expect(Array.from({ length: 10 }, (_, nth) => lineOf(act('question', nth, { topic: 'freight' }), product('杂粮'), chinese))).toEqual(lines);
    expect(Array.from({ length: 10 }, (_, nth) => lineOf(act('question', nth, { topic: 'freight' }), product('杂粮'), { ...chinese, seed: 6 }))).not.toEqual(lines);
  });

  it('haggles from below, in round sums, nearer each time', () => {
    const said = Array.from({ length: 10 }, (_, nth) => lineOf(act('haggle', nth), product('苹果', 2_980), chinese) ?? '');
    expect(said[1]).toBe('¥18.00行不行？');
    expect(said.at(-1)).toBe('最后问一次，¥27.00卖不卖');
  });

  it('leaves the price out where there is nothing to buy', () => {
    const said = (['question', 'haggle', 'troll', 'praise'] as const).flatMap((kind) => Array.from({ length: 60 }, (_, nth) => lineOf(act(kind, nth), undefined, english)));
    for (const line of said) expect(line).toMatch(/\S/);
    expect(said.join()).not.toMatch(/[{}]|NaN|undefined/);
  });

  it('asks a trainer’s own questions in place of those that it knows', () => {
    const own: Saying = { ...english, questions: ['Do you have {name} in red?', { en: 'Any seeds?', 'zh-CN': '有籽吗' }] };
    const said = new Set([0, 1].map((nth) => lineOf(act('question', nth), product('Apples'), own)));
    expect(said).toEqual(new Set(['Do you have Apples in red?', 'Any seeds?']));
  });

  it.each(Object.entries(banks))('fits the chat, in %s', (_, bank) => {
    const all = [
      ...Object.values(bank.anything), ...Object.values(bank.byKind).flatMap((kind) => Object.values(kind)), bank.praise, bank.haggle, bank.troll, bank.names,
    ].flat();
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter((line) => line.trim() !== line || line === '' || line.length > Math.min(80, MESSAGE_LIMIT))).toEqual([]);
    // No link, no number to call: the chat's own rules would refuse them, and a class reads this aloud.
    expect(all.filter((line) => /https?:|www\.|\d{7,}|@/.test(line))).toEqual([]);
    for (const lists of [bank.anything, ...Object.values(bank.byKind)]) for (const lines of Object.values(lists)) expect(new Set(lines).size).toBe(lines.length);
  });

  it('asks in both languages about the same kinds and topics', () => {
    const shape = (bank: (typeof banks)['en']) => Object.entries(bank.byKind).map(([kind, topics]) => [kind, Object.keys(topics).sort()]).sort();
    expect(shape(banks.en)).toEqual(shape(banks['zh-CN']));
  });
});
