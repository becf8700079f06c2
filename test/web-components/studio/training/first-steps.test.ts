// Owns the guided practice as data: five tasks of three screens at most, each with a way on and a way back, in words that nobody has to look up.
import { describe, expect, it } from 'vitest';
import { firstStepsMessages } from '../../../../web-components/i18n/first-steps.ts';
import { type Act, after, beginning, canGoOn, type Practice, screenNames, taskNames, taskOf, Way } from '../../../../web-components/studio/training/first-steps/steps.ts';

/** What somebody does on each screen before they can go on; nothing: the one button. */
const acts: Partial<Record<Practice['screen'], Act>> = {
  'see.look': { name: 'seen' },
  'hello.speak': { name: 'heard' },
  'pin.tap': { name: 'show', good: 'pears' },
  'price.type': { name: 'price', priceMinor: 2_900 },
  'order.take': { name: 'take' },
};

function walk(): Practice[] {
  const way = new Way();
  const seen = [way.now];
  for (let step = 0; way.now.screen !== 'finished' && step < 50; step += 1) {
    const act = acts[way.now.screen];
    if (!act || !way.do(act)) way.do({ name: 'next' });
    seen.push(way.now);
  }
  return seen;
}

describe('the guided practice', () => {
  it('has five tasks in their order, none of more than three screens', () => {
    expect([...new Set(screenNames.map(taskOf))]).toEqual(taskNames);
    for (const task of taskNames) expect(screenNames.filter((screen) => taskOf(screen) === task).length).toBeLessThanOrEqual(3);
  });

  it('has no dead end: every screen is left by doing what it says', () => {
    const seen = walk();
    expect([...new Set(seen.map(({ screen }) => screen))]).toEqual([...screenNames, 'finished']);
    expect(seen.at(-1)).toMatchObject({ shown: 'pears', prices: { pears: 2_900, apples: 3_900 }, isTaken: true });
  });

  it('takes back every single step, to the beginning and no further', () => {
    const seen = walk();
    const way = new Way();
    for (const state of seen.slice(1)) {
      const act = acts[way.now.screen];
      if (!act || !way.do(act)) way.do({ name: 'next' });
      expect(way.now).toEqual(state);
    }
    for (const state of [...seen].reverse().slice(1)) {
      way.undo();
      expect(way.now).toEqual(state);
    }
    expect([way.canUndo, way.now]).toEqual([false, beginning]);
    way.undo();
    expect(way.now).toBe(beginning);
  });

  it('does nothing for a tap that means nothing, and does not go on before it is done', () => {
    for (const practice of walk()) {
      if (practice.screen === 'finished') continue;
      const own = acts[practice.screen];
      const others = Object.values(acts).filter((act) => act.name !== own?.name);
      const meaningless = canGoOn(practice) ? others : [...others, { name: 'next' } as const];
      for (const act of meaningless) expect(after(practice, act)).toBe(practice);
    }
    const typing = { ...beginning, screen: 'price.type' as const, shown: 'apples' as const };
    expect(after(typing, { name: 'price', priceMinor: 0 })).toBe(typing);
  });

  it.each(['en', 'zh-CN'] as const)('says on every screen what to do, in %s, without a word of the trade', (lang) => {
    const words = firstStepsMessages[lang];
    const said = screenNames.map((screen) => words.screens[screen].say);
    for (const sentence of said) expect(sentence.length).toBeGreaterThan(8);
    expect(spoken(words).join('\n')).not.toMatch(/\b(?:stream|pin|pinned|SKU|codec|bitrate|upload|URL|interface|UI|button bar|dashboard|checkout|console|network settings)\b|推流|置顶|上链接|转化|流量|码率|后台|界面|库存|配置|端口|直播间|SKU/i);
    // Said aloud it must not take longer than one listens.
    for (const sentence of said) expect(sentence.length).toBeLessThan(lang === 'en' ? 110 : 45);
  });
});

/** All words of a catalogue, without the names by which the code knows them. */
function spoken(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [String(words(1, 'x'))];
  return Object.values(words as object).flatMap(spoken);
}
