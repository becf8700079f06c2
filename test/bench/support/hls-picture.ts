// Owns how old and how soon the picture of HLS is in real pages: low-latency, plain, and where a network blocks WebRTC.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { FrailNetwork } from '../../support/frail-network.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { atMost, type Figure, median, percentile, told } from './figure.ts';
import { nextFrames } from '../../support/picture-watch.ts';
import { Stage } from './stage.ts';

export interface HlsPicturePlan {
  frames: number;
  starts: number;
  /** For each of the two blocked networks. */
  blockedStarts: number;
}

/** Of what a player does at its start; its age is measured when it has come to its place. */
const SETTLES_MS = 12_000;

export async function hlsPicture(server: ServerProcess, rtcPort: number, plan: HlsPicturePlan): Promise<Figure[]> {
  const stage = await Stage.open(server);
  try {
    const withoutWebRtc = { prepare: (context: BrowserContext) => context.addInitScript(() => void Reflect.deleteProperty(globalThis, 'RTCPeerConnection')) };
    const viewer = await stage.openViewer(withoutWebRtc);
    const lowLatency = await ages(viewer, plan.frames);
    await viewer.context().close();

    const startsMs: number[] = [];
    for (let start = 0; start < plan.starts; start += 1) {
      const page = await stage.openViewer(withoutWebRtc);
      startsMs.push(await page.evaluate(startTookMs));
      await page.context().close();
    }

    const plain = await plainPlayer(stage, `${server.url}/hls/${stage.showId}/index.m3u8`);
    const plainAges = await ages(plain, plan.frames);
    await plain.context().close();

    const network = await FrailNetwork.open({ url: server.url, rtcPort });
    const blocked: Record<'UDP' | 'WebRTC', number[]> = { UDP: [], WebRTC: [] };
    try {
      network.swallowsUdp = true;
      for (const what of ['UDP', 'WebRTC'] as const) {
        network.swallowsMediaTcp = what === 'WebRTC';
        for (let start = 0; start < plan.blockedStarts; start += 1) {
          const page = await stage.openViewer({ network });
          blocked[what].push(await page.evaluate(() => (window.pictureWatch.firstShownAt ?? Number.NaN) - performance.timeOrigin));
          await page.context().close();
        }
      }
    } finally {
      network.close();
    }
    return [
      atMost('LL-HLS glass to glass p50', median(lowLatency), 'ms', 1_300),
      atMost('LL-HLS glass to glass p95', percentile(lowLatency, 0.95), 'ms', 1_600),
      atMost('player start p50, from asking for the playlist', median(startsMs), 'ms', 500),
      told('player start p95, from asking for the playlist', percentile(startsMs, 0.95), 'ms'),
      atMost('plain HLS glass to glass p95, one segment behind', percentile(plainAges, 0.95), 'ms', 6_000),
      ...(['UDP', 'WebRTC'] as const).map((what) => atMost(`slowest first picture with ${what} blocked, from opening the page`, Math.max(...blocked[what]), 'ms', 5_000)),
    ];
  } finally {
    await stage.close();
  }
}

async function ages(page: Page, count: number): Promise<number[]> {
  await pause(SETTLES_MS);
  return (await nextFrames(page, count)).map((frame) => frame.shownAt - frame.sentAt);
}

function startTookMs(): number {
  const [asked] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/index.m3u8'));
  return (window.pictureWatch.firstShownAt ?? Number.NaN) - performance.timeOrigin - (asked?.startTime ?? Number.NaN);
}

/** hls.js as a site without low latency uses it. */
async function plainPlayer(stage: Stage, playlist: string): Promise<Page> {
  const page = await stage.openEmpty();
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.light.min.js'), 'utf8'));
  await page.evaluate((url) => {
    const { Hls } = globalThis as unknown as { Hls: new (config: object) => { loadSource(url: string): void; attachMedia(video: HTMLVideoElement): void } };
    const video = document.createElement('video');
    Object.assign(video, { muted: true, autoplay: true });
    document.body.append(video);
    const hls = new Hls({ lowLatencyMode: false, liveSyncDurationCount: 1, enableWorker: false });
    hls.loadSource(url);
    hls.attachMedia(video);
  }, playlist);
  await page.waitForFunction(() => window.pictureWatch.frames.length > 0, null, { polling: 200 });
  return page;
}
