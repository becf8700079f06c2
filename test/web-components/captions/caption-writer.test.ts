// Captions from a page: what the browser hears, lines in order over a bad link, each under one key and at the time it was said.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptionWriter } from '../../../web-components/captions/desk/caption-writer.ts';

const T0 = 1_760_000_000_000;

/** Stands in for the browser's recognition of speech. */
class StandInRecognition {
  static all: StandInRecognition[] = [];
  onresult: ((event: object) => void) | null = null;
  onend: (() => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onaudiostart: (() => void) | null = null;
  lang = '';
  start(): void {
    StandInRecognition.all.push(this);
    this.onaudiostart?.();
  }
  abort(): void {
    this.onend?.();
  }
  hears(transcript: string, isFinal: boolean): void {
    this.onresult?.({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal })] });
  }
}

let asked: { method: string; body: any; key: string | undefined }[] = [];
let isUp = true;
const newest = () => StandInRecognition.all.at(-1)!;

function openWriter(): CaptionWriter {
  const call = async ({ method }: { method: string }, parts: { body: any; idempotencyKey?: string }) => {
    asked.push({ method, body: parts.body, key: parts.idempotencyKey });
    return isUp ? { ok: true, value: { id: 'cap_1', ...parts.body } } : { ok: false, error: { code: 'network.offline', status: 0, detail: '' } };
  };
  return new CaptionWriter({ showId: 'shw_1', client: { call: call as never }, store: { serverNow: () => Date.now() } }, () => undefined, 'zh-CN');
}
const posted = () => asked.filter(({ method }) => method === 'POST');

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
  asked = [];
  isUp = true;
  StandInRecognition.all = [];
  vi.stubGlobal('webkitSpeechRecognition', StandInRecognition);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('speech', () => {
  it('goes out while it is said, and as a line from when it began', async () => {
    const writer = openWriter();
    writer.listen();
    newest().hears('苹果', false);
    await vi.advanceTimersByTimeAsync(300);
    newest().hears('苹果很', false);
    await vi.advanceTimersByTimeAsync(1_700);
    newest().hears('苹果很甜', true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked.map(({ method, body }) => [method, body.text, body.at - T0, body.source])).toEqual([
      ['PUT', '苹果很', 0, 'speech'],
      ['POST', '苹果很甜', 0, 'speech'],
    ]);
    writer.close();
  });

  it('is listened to again when the browser stops by itself, until somebody stops it', async () => {
    const writer = openWriter();
    writer.listen();
    newest().onend?.();
    expect(writer.speechState).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    expect(StandInRecognition.all).toHaveLength(2);
    expect(writer.speechState).toBe('listening');
    writer.stopListening();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(StandInRecognition.all).toHaveLength(2);
    expect(writer.speechState).toBe('off');
  });

  it('is not asked for again when it was refused, and less and less often while its service is away', async () => {
    const writer = openWriter();
    writer.listen();
    newest().onerror?.({ error: 'not-allowed' });
    newest().onend?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([StandInRecognition.all.length, writer.speechState, writer.speechFault]).toEqual([1, 'off', 'denied']);
    StandInRecognition.all = [];
    writer.listen();
    for (let tries = 0; tries < 20; tries += 1) {
      newest().onerror?.({ error: 'network' });
      newest().onend?.();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(StandInRecognition.all.length).toBeLessThan(8);
    writer.close();
  });

  it('changes its language at once', () => {
    const writer = openWriter();
    writer.listen();
    writer.lang = 'en-US';
    expect(StandInRecognition.all.map(({ lang }) => lang)).toEqual(['zh-CN', 'en-US']);
    writer.close();
  });
});

describe('lines on a bad link', () => {
  it('wait in order and go out once each, under the same key and with the time they were said', async () => {
    const writer = openWriter();
    isUp = false;
    writer.typing();
    await vi.advanceTimersByTimeAsync(2_000);
    writer.send('first');
    await vi.advanceTimersByTimeAsync(500);
    writer.send('second');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(writer.waiting.map(({ text }) => text)).toEqual(['first', 'second']);
    isUp = true;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(writer.waiting).toEqual([]);
    const tries = posted();
    expect(new Set(tries.filter(({ body }) => body.text === 'first').map(({ key, body }) => `${key} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(tries.slice(-2).map(({ body }) => [body.text, body.at - T0])).toEqual([
      ['first', 0],
      ['second', 2_500],
    ]);
    writer.close();
  });

  it('tells others that somebody writes, without the words, and not with each letter', async () => {
    const writer = openWriter();
    for (let letters = 0; letters < 10; letters += 1) {
      writer.typing();
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(asked.map(({ method, body }) => [method, body.text, body.source])).toEqual([['PUT', '', 'typed']]);
    writer.close();
  });
});
