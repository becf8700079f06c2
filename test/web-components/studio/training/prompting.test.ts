// Tests what the prompter works out by itself: the words for what is true now, the line being said, the place in the script, the light.
import { describe, expect, it } from 'vitest';
import type { ScriptStep } from '../../../../server/protocol/scripts.ts';
import { type CueGoods, fillCue, spokenPrice } from '../../../../web-components/studio/training/cue-fill.ts';
import { lookAt } from '../../../../web-components/studio/training/picture-look.ts';
import { secondsBehind, secondsLeft, stepForPin } from '../../../../web-components/studio/training/run-of-show.ts';
import { lineReached } from '../../../../web-components/studio/training/voice-scroll.ts';

const variant = (priceMinor: number, unit: 'box' | 'jin' | 'kg', label = '') => ({ id: `var_${priceMinor}`, label, unit, priceMinor, stock: 5 });
const apples: CueGoods = { name: '红富士', currency: 'CNY', variants: [variant(1280, 'jin')], facts: { origin: '洛川' } };

describe('a line about a product', () => {
  it('says price and origin as they are now, and something true for what is not known', () => {
    expect(fillCue('{goods}，{origin}的，{grade}，今天{price}', apples, '老王家', 'zh-CN')).toBe('红富士，洛川的，一个个挑过的，今天12.8元一斤');
    expect(fillCue('Welcome to {seller}: {price}', null, 'Wang', 'en')).toBe('Welcome to Wang: as on the screen');
  });

  it('is filled in its own language, whatever the page speaks', () => {
    expect(fillCue('今天{price}', apples, '', 'en')).toBe('今天12.8元一斤');
    expect(fillCue('Today {price}', apples, '', 'zh-CN')).toBe('Today ¥12.80 a jin');
    expect(fillCue('{price}', apples, '', 'zh-CN')).toBe('12.8元一斤');
  });

  it('leaves alone what it does not know, also what looks like code', () => {
    expect(fillCue('{constructor} {toString} {x} $& $1', apples, '$&', 'en')).toBe('{constructor} {toString} {x} $& $1');
    expect(fillCue('{seller}', null, '$&', 'en')).toBe('$&');
  });

  it('names sizes where there are several', () => {
    expect(spokenPrice({ currency: 'CNY', variants: [variant(3900, 'box', '小箱'), variant(6900, 'box', '大箱')] }, 'zh-CN')).toBe('小箱39元一箱，大箱69元一箱');
    expect(spokenPrice(apples, 'en')).toBe('¥12.80 a jin');
  });
});

describe('the line being said', () => {
  const zh = ['这苹果是洛川的，我身后这一片就是。', '来，我随手拿一个，现切给您看。', '今天直播间十二块八一斤。'];

  it('follows a host who says it in other words', () => {
    expect(lineReached(zh, '大家好啊', 0)).toBe(0);
    expect(lineReached(zh, '我随手拿一个啊，来切给您看', 0)).toBe(1);
    expect(lineReached(zh, '来，我随手拿一个，现切给您看', 0)).toBe(2);
  });

  it('never goes back, and stays at the last line', () => {
    expect(lineReached(zh, '这苹果是洛川的，我身后这一片就是', 2)).toBe(2);
    expect(lineReached(zh, '今天直播间十二块八一斤', 2)).toBe(2);
    expect(lineReached([], '今天', 0)).toBe(0);
  });

  it('follows English', () => {
    expect(lineReached(['I take one, any one, and cut it right here.', 'Hear that? Look at the juice.'], 'so I just take any one and cut it', 0)).toBe(0);
    expect(lineReached(['I take one, any one, and cut it right here.', 'Hear that? Look at the juice.'], 'hear that look at this', 0)).toBe(1);
  });
});

describe('the place in a script', () => {
  const step = (productId: string | null, seconds: number): ScriptStep => ({ part: 'other', productId, lines: [], seconds });
  const steps = [step(null, 60), step('a', 120), step('a', 60), step('b', 120), step(null, 60)];
  const T = 1_800_000_000_000;

  it('goes with the pin, forwards first', () => {
    expect(stepForPin(steps, 0, 'a')).toBe(1);
    expect(stepForPin(steps, 2, 'a')).toBe(2);
    expect(stepForPin(steps, 4, 'b')).toBe(3);
    expect(stepForPin(steps, 0, 'c')).toBeNull();
  });

  it('tells what is left of a step, and how far behind the show is', () => {
    expect(secondsLeft(steps, { index: 1, since: T }, T + 50_000)).toBe(70);
    expect(secondsLeft(steps, { index: 1, since: T }, T + 150_000)).toBe(-30);
    expect(secondsLeft(steps, { index: 1, since: null }, T)).toBe(120);
    expect(secondsBehind(steps, { index: 1, since: T + 90_000 }, T, T + 100_000)).toBe(30);
    expect(secondsBehind(steps, { index: 1, since: T + 60_000 }, T, T + 200_000)).toBe(20);
    expect(secondsBehind(steps, { index: 3, since: T + 100_000 }, T, T + 100_000)).toBe(-140);
  });
});

describe('a look at the picture', () => {
  const WIDTH = 90;
  const HEIGHT = 160;
  const frame = (luma: (x: number, y: number) => number) => {
    const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
    for (let y = 0; y < HEIGHT; y += 1) for (let x = 0; x < WIDTH; x += 1) data.set([luma(x / WIDTH, y / HEIGHT), luma(x / WIDTH, y / HEIGHT), luma(x / WIDTH, y / HEIGHT), 255], (y * WIDTH + x) * 4);
    return { width: WIDTH, height: HEIGHT, data };
  };
  const box = (x: number, y: number, size = 0.2): boolean => Math.abs(x - 0.5) < size && Math.abs(y - 0.5) < size;
  const checks = (x: number, y: number): number => ((Math.floor(x * 30) + Math.floor(y * 50)) % 2 === 0 ? 60 : 200);

  it.each([
    ['a face in good light', (x: number, y: number) => (box(x, y) ? checks(x, y) : 120), { light: 'good', framing: 'good' }],
    ['a barn at night', (x: number, y: number) => (box(x, y) ? checks(x, y) / 5 : 10), { light: 'dark', framing: 'good' }],
    ['a window behind', (x: number, y: number) => (box(x, y, 0.32) ? checks(x, y) / 3 : 230), { light: 'backlit', framing: 'good' }],
    ['the noon sun', (x: number, y: number) => (box(x, y) ? checks(x, y) : 252), { light: 'bright', framing: 'good' }],
    ['goods at the edge', (x: number, y: number) => (x < 0.18 ? checks(x, y) : 120), { light: 'good', framing: 'off-centre' }],
    ['a wall', () => 120, { light: 'good', framing: 'empty' }],
    ['a lens too near', (x: number, y: number) => 120 + 60 * Math.sin(x * 9) * Math.cos(y * 9), { light: 'good', framing: 'blurred' }],
  ] as const)('sees %s', (_, luma, look) => {
    expect(lookAt(frame(luma))).toEqual(look);
  });

  it('does not fail over a picture that has no pixels', () => {
    expect(lookAt({ width: 0, height: 0, data: [] }).framing).toBe('empty');
  });
});
