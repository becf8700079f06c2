// What is worth saying aloud to a host: questions, not greetings; the same once; many askers in one sentence; nothing stale.
import { describe, expect, it } from 'vitest';
import { Chooser, isGreeting, isQuestion, sayable } from '../../../web-components/voice/chooser.ts';
import { earpieceAmong } from '../../../web-components/voice/earpiece.ts';

let serial = 0;
const message = (text: string, name = '李梅') => ({ id: `msg_${++serial}`, authorKey: `key${serial}`, name, text });
const chooser = (what: 'questions' | 'all' = 'questions', lang: 'zh-CN' | 'en' = 'zh-CN') => new Chooser({ what, lang });
const drain = (from: Chooser, now = 0) => {
  const said: string[] = [];
  for (let next = from.next(now); next; next = from.next(now)) said.push(next.text);
  return said;
};

describe('choosing what is read', () => {
  it.each(['大家好', '主播好！', '666666', '哈哈哈', 'hi', 'Hello!!', '👍👍👍', '加油', '谢谢', '1', '。。。', '[鼓掌][鼓掌]', 'https://x.example/a'])('leaves out %s', (text) => {
    const all = chooser('all');
    all.take(message(text), 0);
    expect(drain(all)).toEqual([]);
  });

  it.each(['多少钱一斤？', '包邮吗', '几天能到', '能不能发新疆', '这个甜不甜', 'how much', 'Is it sweet?', 'do you ship to Suzhou', '还有货么'])('finds a question in %s', (text) => {
    expect(isQuestion(text)).toBe(true);
    expect(isGreeting(text)).toBe(false);
  });

  it.each(['这个苹果真红', 'I bought two boxes', '已下单'])('finds none in %s', (text) => {
    expect(isQuestion(text)).toBe(false);
    const [questions, all] = [chooser(), chooser('all')];
    for (const each of [questions, all]) each.take(message(text), 0);
    expect([drain(questions), drain(all)]).toEqual([[], [`李梅说：${text}`]]);
  });

  it('says many askers of one thing in one sentence, and each of a few by name', () => {
    const few = chooser();
    few.take(message('多少钱'), 0);
    few.take(message('甜吗？', ''), 0);
    expect(drain(few)).toEqual(['李梅问：多少钱', '有人问：甜吗？']);
    const many = chooser('questions', 'en');
    for (const text of ['how much?', 'price?', 'what does it cost', 'is it sweet?', 'how much is a box']) many.take(message(text), 0);
    expect(drain(many)).toEqual(['4 people ask about the price', '李梅 asks: is it sweet?']);
  });

  it('counts the same words instead of saying them again, now and for two minutes', () => {
    const one = chooser('all');
    for (let index = 0; index < 3; index += 1) one.take(message('想吃这个'), 0);
    expect(drain(one)).toEqual(['3 个人说：想吃这个']);
    one.take(message('想吃这个！'), 60_000);
    expect(drain(one, 60_000)).toEqual([]);
    one.take(message('想吃这个'), 130_000);
    expect(drain(one, 130_000)).toHaveLength(1);
  });

  it('says orders first, in units of the goods', () => {
    const one = chooser();
    one.take(message('甜吗？'), 0);
    one.takeOrder([{ name: '红富士', quantity: 2, unit: 'box' }, { name: '小米', quantity: 12, unit: 'jin' }], 0);
    expect(drain(one)).toEqual(['新订单：两箱红富士，12斤小米', '李梅问：甜吗？']);
  });

  it('drops the oldest of too many, and what nobody talks about any more', () => {
    const one = chooser('all');
    for (let index = 0; index < 30; index += 1) one.take(message(`第 ${index} 件事`), 0);
    expect(one.size).toBe(8);
    expect(drain(one)[0]).toBe('李梅说：第 22 件事');
    one.take(message('后来呢'), 0);
    expect(drain(one, 61_000)).toEqual([]);
  });

  it('says first again what was interrupted', () => {
    const one = chooser();
    one.take(message('甜吗？'), 0);
    one.take(message('多少钱？'), 0);
    const cut = one.next(0)!;
    one.giveBack(cut);
    expect(drain(one)).toEqual(['李梅问：甜吗？', '李梅问：多少钱？']);
  });

  it('keeps what is said short, and leaves out what a voice would spell', () => {
    expect(sayable('看 https://evil.example/aaaa 这个😀😀 好好好好好好')).toBe('看 这个 好好');
    expect(sayable('字'.repeat(3) + 'a b '.repeat(80)).length).toBe(80);
  });
});

describe('the earpiece', () => {
  const output = (label: string) => ({ kind: 'audiooutput' as const, label });
  it.each([
    ['plugged', [output('Speakerphone'), output('Wired headset')]],
    ['plugged', [{ kind: 'audioinput' as const, label: 'AirPods Pro' }]],
    ['plugged', [output('蓝牙耳机')]],
    ['none', [output('Speakerphone'), output('Headset earpiece')]],
    ['unknown', [output('')]],
    ['unknown', [{ kind: 'audioinput' as const, label: 'iPhone Microphone' }]],
    ['unknown', []],
  ])('is %s', (earpiece, devices) => {
    expect(earpieceAmong(devices)).toBe(earpiece);
  });
});
