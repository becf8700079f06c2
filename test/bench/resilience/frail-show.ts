// Owns a show for a bench in which host and viewers each have a network of their own to be made worse.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { FrailNetwork } from '../../support/frail-network.ts';
import { nextFrames } from '../../support/picture-watch.ts';
import { freePort, isRunning, type ServerProcess, startServer } from '../../support/server-process.ts';
import { Stage } from '../support/stage.ts';

export interface Watcher {
  page: Page;
  network: FrailNetwork;
}

export class FrailShow {
  readonly server: ServerProcess;
  readonly rtcPort: number;
  readonly stage: Stage;
  readonly host: Watcher;
  readonly viewers: readonly Watcher[];

  private constructor(show: Pick<FrailShow, 'server' | 'rtcPort' | 'stage' | 'host' | 'viewers'>) {
    ({ server: this.server, rtcPort: this.rtcPort, stage: this.stage, host: this.host, viewers: this.viewers } = show);
  }

  /** A server of its own with a live show; hands it to `measure` and clears everything away. @param viewers who watch from the start */
  static async during<T>(viewers: number, settings: Record<string, string>, measure: (show: FrailShow) => Promise<T>): Promise<T> {
    const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-frail-'));
    const rtcPort = await freePort();
    const server = await startServer(dataDir, { ...settings, FIELDCAST_RTC_PORT: String(rtcPort) });
    const place = { url: server.url, rtcPort };
    const networks = await Promise.all(Array.from({ length: viewers + 1 }, (_, index) => FrailNetwork.open(place, { seed: index + 1 })));
    let stage: Stage | undefined;
    try {
      const [hostNetwork, ...rest] = networks as [FrailNetwork, ...FrailNetwork[]];
      const opened = await Stage.open(server, { isYielding: true, network: hostNetwork });
      stage = opened;
      const watchers: Watcher[] = [];
      // One after the other: pages that start together take the processor from each other.
      for (const network of rest) watchers.push({ page: await opened.openViewer({ network }), network });
      return await measure(new FrailShow({ server, rtcPort, stage: opened, host: { page: opened.hostPage, network: hostNetwork }, viewers: watchers }));
    } finally {
      await stage?.close();
      for (const network of networks) network.close();
      if (isRunning(server.pid)) await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  /** Until everybody's picture runs. */
  async settled(frames = 20): Promise<void> {
    await Promise.all(this.viewers.map(({ page }) => nextFrames(page, frames)));
  }

  /** The 99th percentile of the server's event loop since this was last asked, ms. */
  async eventLoopP99Ms(): Promise<number> {
    const metrics = await fetch(`${this.server.url}/metrics`).then((answer) => answer.text());
    return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1]) * 1_000;
  }
}
