// Whether a real browser plays a replay: hls.js over the joint of two stretches, and both kinds of MP4 without any script.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fastify, type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerFile } from '../../../../server/media/replay/file-answer.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { makeTake } from '../../../support/recorded-segments.ts';
import { openStand, recordAll, type ReplayStand } from '../../../support/replay-stand.ts';

const SHOW = 'shw_two';
let stand: ReplayStand;
let http: FastifyInstance;
let browser: Browser;
let page: Page;
let url: string;

beforeAll(async () => {
  const first = await makeTake({ seconds: 8 });
  const second = await makeTake({ seconds: 4, size: '640x360', at: first.stretch.at + 60_000, stretch: 1, sequence: first.segments.length });
  stand = await openStand();
  await recordAll(stand.replays, SHOW, first, second);
  const library = await readFile(createRequire(import.meta.url).resolve('hls.js'));
  http = fastify();
  http.get('/', (_request, reply) => reply.type('text/html').send('<!doctype html><script src="/hls.js"></script><video muted></video>'));
  http.get('/hls.js', (_request, reply) => reply.type('text/javascript').send(library));
  for (const [path, name] of [['index.m3u8', 'index'], ['video.m3u8', 'video'], ['audio.m3u8', 'opus']] as const) {
    http.get(`/${path}`, async (_request, reply) => reply.type('application/vnd.apple.mpegurl').send(await stand.replays.vodPlaylist(SHOW, name)));
  }
  http.get('/recording/:file', async (request, reply) => answerFile(request, reply, (await stand.replays.recordedFile(SHOW, (request.params as { file: string }).file))!));
  http.get('/mp4', async (request, reply) => {
    const { to } = request.query as { to?: string };
    const { stream, contentLength } = await stand.replays.mp4(SHOW, to ? { fromMs: 4_000, toMs: Number(to) } : {});
    return reply.type('video/mp4').header('content-length', contentLength).send(stream);
  });
  url = await http.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await http.close();
  await stand.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(url);
});
afterEach(() => page.close());

/** Plays to the end at four times the speed. */
function playToEnd(): Promise<{ widths: number[]; endS: number; error: string | null }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const video = document.querySelector('video')!;
        const widths = new Set<number>();
        video.addEventListener('resize', () => widths.add(video.videoWidth));
        const done = (error: string | null) => resolve({ widths: [...widths], endS: video.currentTime, error });
        video.addEventListener('ended', () => done(null));
        video.addEventListener('error', () => done(video.error?.message ?? 'unknown'));
        video.playbackRate = 4;
        video.play().catch((fault: Error) => done(fault.message));
      }),
  );
}

describe('in Chromium', () => {
  it('hls.js plays a replay over a drop and another picture size, without an error', async () => {
    await page.evaluate(() => {
      const { Hls } = globalThis as unknown as { Hls: new () => { on(name: string, heard: (name: string, data: { details: string; fatal: boolean }) => void): void; loadSource(url: string): void; attachMedia(video: unknown): void } };
      const player = new Hls();
      const errors: string[] = [];
      Object.assign(globalThis, { errors });
      // That it had to wait a moment is said as an error too.
      player.on('hlsError', (_name, { details, fatal }) => void ((fatal || details !== 'bufferStalledError') && errors.push(details)));
      player.loadSource('/index.m3u8');
      player.attachMedia(document.querySelector('video'));
    });
    const { widths, endS, error } = await playToEnd();
    expect(error).toBeNull();
    expect(widths).toEqual([320, 640]);
    expect(endS).toBeCloseTo(12, 0);
    expect(await page.evaluate(() => (document.querySelector('video') as unknown as { webkitAudioDecodedByteCount: number }).webkitAudioDecodedByteCount)).toBeGreaterThan(0);
    expect(await page.evaluate(() => (globalThis as unknown as { errors: string[] }).errors)).toEqual([]);
  });

  it.each([
    ['a whole show', '/mp4', 12],
    ['a clip', '/mp4?to=10000', 6],
  ])('the MP4 of %s plays over a drop and another picture size', async (_name, path, seconds) => {
    await page.evaluate((source) => (document.querySelector('video')!.src = source), path);
    const { widths, endS, error } = await playToEnd();
    expect(error).toBeNull();
    expect(widths).toEqual([320, 640]);
    expect(endS).toBeCloseTo(seconds, 0);
  });
});
