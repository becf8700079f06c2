// Owns how viewers come through times without any network: half of the browsers know of it, the others find out.
import { setTimeout as pause } from 'node:timers/promises';
import { firstFrameSentAfter, firstSaid } from '../../support/picture-watch.ts';
import { atMost, type Figure, median, percentile, told } from '../support/figure.ts';
import type { FrailShow } from './frail-show.ts';

export interface CutsPlan {
  cuts: readonly { ms: number; rounds: number; goalMs: number }[];
}

const SAYS_SO_MS = 3_000;

export async function cuts(show: FrailShow, plan: CutsPlan): Promise<Figure[]> {
  const chat = await openChat(show);
  const saidAfterMs: number[] = [];
  const figures: Figure[] = [];
  for (const { ms, rounds, goalMs } of plan.cuts) {
    const tookMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await show.settled();
      const cutAt = Date.now();
      await Promise.all(show.viewers.map(({ page, network }, index) => (isTold(index) ? network.cut(page.context()) : (network.isDown = true))));
      await chat.say();
      await pause(ms - (Date.now() - cutAt));
      const backAt = Date.now();
      await Promise.all(show.viewers.map(({ page, network }, index) => (isTold(index) ? network.restore(page.context()) : (network.isDown = false))));
      const moments = await Promise.all(show.viewers.map(({ page }) => firstFrameSentAfter(page, backAt)));
      tookMs.push(...moments.map((moment) => moment - backAt));
      saidAfterMs.push(...(await Promise.all(show.viewers.map(({ page }) => firstSaid(page, 'reconnecting', cutAt)))).map((at) => at - cutAt));
    }
    const name = `picture after ${ms / 1_000} s without network`;
    figures.push(told(`${name} p50`, median(tookMs), 'ms'), atMost(`${name} p95 of ${tookMs.length}`, percentile(tookMs, 0.95), 'ms', goalMs));
  }
  const { viewers } = (await show.server.call('GET', `/api/v1/shows/${show.stage.showId}`)).body;
  return [
    ...figures,
    atMost('until the page says so', Math.max(...saidAfterMs), 'ms', SAYS_SO_MS),
    atMost('viewers counted twice or not at all after the cuts', Math.abs(viewers - show.viewers.length), '', 0),
    atMost('chat messages missing or shown twice after the cuts', await chat.faults(), '', 0),
  ];
}

const isTold = (index: number): boolean => index % 2 === 0;

/** Everybody reads the chat, in which somebody writes during each cut. */
async function openChat(show: FrailShow): Promise<{ say(): Promise<void>; faults(): Promise<number> }> {
  const sent: string[] = [];
  for (const { page } of show.viewers) {
    await page.locator('fieldcast-live .to-chat').click();
    await page.locator('fieldcast-chat .composer').waitFor();
  }
  return {
    async say() {
      const text = `Message ${sent.length + 1}`;
      const headers = { 'idempotency-key': `message-in-a-cut-${sent.length + 1}` };
      const { status } = await show.server.call('POST', `/api/v1/shows/${show.stage.showId}/messages`, { headers, body: { text, name: 'Li' } });
      if (status !== 201) throw new Error(`chat: ${status}`);
      sent.push(text);
    },
    async faults() {
      await pause(2_000);
      const read = await Promise.all(show.viewers.map(({ page }) => page.locator('fieldcast-chat .message .words').allInnerTexts()));
      return read.reduce((sum, words) => sum + sent.filter((text) => words.filter((each) => each === text).length !== 1).length, 0);
    },
  };
}
