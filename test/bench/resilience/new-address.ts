// Owns how soon the picture is back when a phone goes from Wi-Fi to 4G: the viewer's, and the host's for everybody.
import { setTimeout as pause } from 'node:timers/promises';
import { firstFrameSentAfter } from '../../support/picture-watch.ts';
import { atMost, type Figure, median, percentile, told } from '../support/figure.ts';
import type { FrailShow, Watcher } from './frail-show.ts';

const GOAL_MS = 3_000;

export async function newAddress(show: FrailShow, plan: { rounds: number }): Promise<Figure[]> {
  const viewerMs = await moves(show, plan.rounds, show.viewers);
  const hostMs = await moves(show, plan.rounds, [show.host]);
  return [
    told('picture after a viewer’s new address p50', median(viewerMs), 'ms'),
    atMost(`picture after a viewer’s new address p95 of ${viewerMs.length}`, percentile(viewerMs, 0.95), 'ms', GOAL_MS),
    told('picture after the host’s new address p50', median(hostMs), 'ms'),
    atMost(`picture after the host’s new address p95 of ${hostMs.length}`, percentile(hostMs, 0.95), 'ms', GOAL_MS),
  ];
}

async function moves(show: FrailShow, rounds: number, movers: readonly Watcher[]): Promise<number[]> {
  const tookMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await show.settled(40);
    for (const { network } of movers) network.move();
    const movedAt = Date.now();
    // A frame that was on its way already is none of the new path.
    await pause(100);
    const moments = await Promise.all(show.viewers.map(({ page }) => firstFrameSentAfter(page, movedAt + 100)));
    tookMs.push(...moments.map((moment) => moment - movedAt));
  }
  return tookMs;
}
