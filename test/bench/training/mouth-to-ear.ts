// Owns the time from a word in front of the coach's microphone to the same word in the host's ear, through the pages that people use.
import type { Page } from 'playwright-core';
import { DESKTOP, launchYieldingBrowser, openVisitor } from '../../support/browser.ts';
import { hostLink, openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { installTone } from '../../support/tones.ts';
import { atLeast, atMost, type Figure, percentile, told } from '../support/figure.ts';

/** From one word to the next; a word takes a third of it. */
const EVERY_MS = 600;
const WORD_HZ = 1_500;

interface Spoken {
  words: number[];
}

export async function mouthToEar(server: ServerProcess, words: number): Promise<Figure[]> {
  const browser = await launchYieldingBrowser();
  try {
    const market = await openMarket(server, [10]);
    const farmer = await openVisitor(browser, { camera: 'phone' });
    await farmer.context.addInitScript(installTone, { hz: 300, level: 0.1 });
    await farmer.page.goto(await hostLink(server.call, server.operatorToken, market.show.id));
    await farmer.page.getByRole('button', { name: '开始直播' }).click();
    await farmer.page.locator('fieldcast-studio[state=live]').waitFor();
    const coach = await openVisitor(browser, { size: DESKTOP, camera: 'phone' });
    await coach.context.addInitScript(speak, { hz: WORD_HZ, everyMs: EVERY_MS });
    const link = await server.call<{ url: string }>('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'coach', name: 'Li' } });
    await coach.page.goto(link.body.url);
    const console_ = coach.page.locator('fieldcast-coach-console');
    await console_.getByRole('button', { name: /放大看/ }).click();
    const room = farmer.page.locator('fieldcast-studio-coached');
    await farmer.page.evaluate(() => (globalThis as unknown as { plug: (isIn: boolean) => void }).plug(true));
    await room.getByRole('button', { name: '听教练说' }).click();
    await room.getByRole('button', { name: '我戴好耳机了' }).click();
    await console_.getByText('听得到您').last().waitFor();
    await console_.getByRole('button', { name: '一直说' }).click();
    await room.getByText('Li在跟您说话').waitFor();
    const heard = await hear(farmer.page, words * EVERY_MS);
    const spoken = await coach.page.evaluate(() => (globalThis as unknown as Spoken).words);
    // A word is heard before the next one is spoken, or it was lost.
    const delays = spoken.flatMap((at) => heard.filter((then) => then >= at && then < at + EVERY_MS).slice(0, 1).map((then) => then - at));
    const [first, last] = [heard[0] ?? 0, heard.at(-1) ?? 0];
    const meant = spoken.filter((at) => at >= first - EVERY_MS && at <= last).length;
    return [
      told('words', delays.length, ''),
      told('mouth to ear p50', percentile(delays, 0.5), 'ms'),
      atMost('mouth to ear p95', percentile(delays, 0.95), 'ms', 400),
      atLeast('words that arrived', (delays.length / meant) * 100, '%', 98),
    ];
  } finally {
    await browser.close();
  }
}

/** In the coach's page: the microphone says a short word again and again, and keeps when each began. */
function speak({ hz, everyMs }: { hz: number; everyMs: number }): void {
  const words: number[] = [];
  Object.assign(globalThis, { words });
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const gate = context.createGain();
    const out = context.createMediaStreamDestination();
    tone.frequency.value = hz;
    gate.gain.value = 0;
    tone.connect(gate).connect(out);
    tone.start();
    setInterval(() => {
      gate.gain.setValueAtTime(0.5, context.currentTime);
      gate.gain.setValueAtTime(0, context.currentTime + everyMs / 3000);
      words.push(Date.now());
    }, everyMs);
    return out.stream;
  };
}

/** When each word began in what the page plays; both pages have the same clock. */
function hear(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(async (ms) => {
    const streams = (globalThis as unknown as { played: MediaStream[] }).played.filter((stream) => stream.getVideoTracks().length === 0);
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.resume();
    // Deprecated, and the one way to look at every sample of a page without a file of its own.
    const listener = context.createScriptProcessor(256, 1, 1);
    const began: number[] = [];
    let quietMs = 1_000;
    listener.onaudioprocess = ({ inputBuffer }) => {
      const loud = inputBuffer.getChannelData(0).some((sample) => Math.abs(sample) > 0.1);
      if (loud && quietMs > 100) began.push(Date.now());
      quietMs = loud ? 0 : quietMs + inputBuffer.duration * 1_000;
    };
    for (const stream of streams) context.createMediaStreamSource(stream).connect(listener);
    listener.connect(context.destination);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await context.close();
    return began;
  }, forMs);
}
