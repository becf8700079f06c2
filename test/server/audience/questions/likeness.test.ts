// Which questions are one question asked by several people, and which only look alike.
import { describe, expect, it } from 'vitest';
import { likenessTo, questionKey } from '../../../../server/audience/questions/likeness.ts';

const alike = (one: string, other: string): boolean => likenessTo(questionKey(one))(questionKey(other));

describe('two questions', () => {
  it.each([
    ['甜吗', '甜不甜'],
    ['这个甜吗？', '请问甜吗'],
    ['主播，这苹果甜吗', '苹果甜不甜啊'],
    ['多少钱', '怎么卖？'],
    ['多少钱一斤', '什么价'],
    ['包邮吗', '包不包邮'],
    ['什么时候发货', '几天能发货？'],
    ['有没有小箱的', '有小箱吗'],
    ['能不能发顺丰', '可以发顺丰吗'],
    ['ＨＯＷ ＭＵＣＨ？', 'how much is it'],
    ['Are they sweet?', 'is it sweet'],
    ['do you ship to Canada', 'Can you ship to Canada please?'],
    ['how long do they keep in the fridge', 'how long do these keep in a fridge?'],
  ])('%s and %s are one', (one, other) => {
    expect(alike(one, other)).toBe(true);
  });

  it.each([
    ['甜吗', '酸吗'],
    ['5 斤装多少钱', '10 斤装多少钱'],
    ['能发新疆吗', '能发西藏吗'],
    ['包邮吗', '什么时候发货'],
    ['怎么保存', '能保存多久'],
    ['what about a box of 5 kg for my family', 'what about a box of 9 kg for my family'],
    ['do you ship to Canada', 'do you ship to China'],
    ['下雨天也能给我们发货吗', '下雨天不能给我们发货吗'],
    ['大果的一箱里面有多少个', '小果的一箱里面有多少个'],
    ['are the red ones sweet', 'are the yellow ones sweet'],
  ])('%s and %s are two', (one, other) => {
    expect(alike(one, other)).toBe(false);
  });

  it('with nothing but courtesy left are compared by it', () => {
    expect(questionKey('这个呢')).not.toBe('');
    expect(alike('这个呢', '那个呢')).toBe(false);
  });
});
