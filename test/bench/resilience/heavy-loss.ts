// Owns what is left of the picture while 30 % of all packets are lost both ways, and how soon it is good again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { receptionBetween } from '../../support/picture-watch.ts';
import { atLeast, atMost, type Figure } from '../support/figure.ts';
import type { FrailShow, Watcher } from './frail-show.ts';

export interface LossPlan {
  forMs: number;
  referenceMs: number;
}

interface Outcome {
  /** Frames against before. */
  share: number;
  longestGapMs: number;
  /** From the end of the loss until a second with 90 % of the frames. */
  goodAfterMs: number;
}

const LOSS = 0.3;
const GOOD_AGAIN_MS = 10_000;

export async function heavyLoss(show: FrailShow, plan: LossPlan): Promise<Figure[]> {
  const viewers = await lose(show, show.viewers, plan);
  const host = await lose(show, [show.host], plan);
  const worst = (outcomes: readonly Outcome[]) => ({
    share: Math.min(...outcomes.map(({ share }) => share * 100)),
    longestGapMs: Math.max(...outcomes.map(({ longestGapMs }) => longestGapMs)),
    goodAfterMs: Math.max(...outcomes.map(({ goodAfterMs }) => goodAfterMs)),
  });
  const [viewer, publisher] = [worst(viewers), worst(host)];
  const name = `30 % loss for ${plan.forMs / 1_000} s`;
  return [
    atLeast(`${name} at a viewer: frames shown`, viewer.share, '%', 70),
    atMost(`${name} at a viewer: longest gap`, viewer.longestGapMs, 'ms', 1_000),
    atMost(`${name} at a viewer: until 90 % of the frames again`, viewer.goodAfterMs, 'ms', GOOD_AGAIN_MS),
    atLeast(`${name} at the host: frames shown`, publisher.share, '%', 40),
    atMost(`${name} at the host: until 90 % of the frames again`, publisher.goodAfterMs, 'ms', GOOD_AGAIN_MS),
  ];
}

async function lose(show: FrailShow, losers: readonly Watcher[], plan: LossPlan): Promise<Outcome[]> {
  await show.settled();
  const from = Date.now();
  await pause(plan.referenceMs);
  const badFrom = Date.now();
  for (const { network } of losers) for (const line of [network.up, network.down]) line.set({ loss: LOSS });
  await pause(plan.forMs);
  const badTo = Date.now();
  for (const { network } of losers) network.clear();
  await pause(GOOD_AGAIN_MS + 2_000);
  return Promise.all(
    show.viewers.map(async ({ page }) => {
      const perSecond = ((await receptionBetween(page, from, badFrom)).frames * 1_000) / (badFrom - from);
      const bad = await receptionBetween(page, badFrom, badTo);
      return { share: (bad.frames * 1_000) / (badTo - badFrom) / perSecond, longestGapMs: bad.longestGapMs, goodAfterMs: await goodAfter(page, badTo, perSecond * 0.9) };
    }),
  );
}

/** @returns ms from a moment until the end of the first second with so many frames; Infinity when there is none */
async function goodAfter(page: Page, momentMs: number, perSecond: number): Promise<number> {
  const shown = (await page.evaluate(() => window.pictureWatch.frames)).map(({ shownAt }) => shownAt).filter((at) => at > momentMs);
  const first = shown.find((at) => shown.filter((other) => other >= at && other < at + 1_000).length >= Math.floor(perSecond));
  return first === undefined ? Infinity : first + 1_000 - momentMs;
}

