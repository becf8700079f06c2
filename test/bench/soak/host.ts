// Owns the host of a long show: a light publisher that comes back by itself, as a phone does, when the machine stood still for too long.
import { setTimeout as pause } from 'node:timers/promises';
import { type LightPeers, throughSocket } from '../../support/light-peer.ts';
import type { Market } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';

const LAYERS_KBPS = [100, 300];
const LOOK_MS = 2_000;

export class SoakHost {
  /** How often it had to come back. */
  returns = 0;
  readonly #server: ServerProcess;
  readonly #showId: string;
  readonly #peers: LightPeers;
  #socket: TestSocket | undefined;
  #isOver = false;

  private constructor(server: ServerProcess, market: Market, peers: LightPeers) {
    this.#server = server;
    this.#showId = market.show.id;
    this.#peers = peers;
  }

  static async open(server: ServerProcess, market: Market, peers: LightPeers): Promise<SoakHost> {
    const host = new SoakHost(server, market, peers);
    await host.#publish();
    void host.#stay();
    return host;
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.close();
  }

  async #publish(): Promise<void> {
    this.#socket?.close();
    // A token lives for a quarter of an hour, the show for hours.
    const socket = await openSocket(this.#server.url, await this.#server.admit(this.#showId));
    this.#socket = socket;
    await socket.ask('show.join', { showId: this.#showId });
    await this.#peers.publish(throughSocket((name, input) => socket.ask(name, input)), { videoKbps: LAYERS_KBPS });
  }

  async #stay(): Promise<void> {
    while (!this.#isOver) {
      await pause(LOOK_MS);
      try {
        const { body } = await this.#server.call('GET', `/api/v1/shows/${this.#showId}`);
        if (this.#isOver || body.show.status === 'live') continue;
        this.returns += 1;
        await this.#publish();
      } catch {
        // The next look tries again.
      }
    }
  }
}
