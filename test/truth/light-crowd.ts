// Owns light clients that speak the telemetry protocol as pages do: a device, a page with a clock of its own, numbered batches, by HTTP or by a connection.
import type { TelemetryEvent } from '../../server/protocol/telemetry.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';

export const PHONE_BROWSER = 'Mozilla/5.0 (Linux; Android 14; SM-A145P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

export interface LightPageOptions {
  url: string;
  showId: string;
  clock: FakeClock;
  /** As a proxy on this machine would say it. */
  address: string;
  userAgent?: string;
  token?: string;
  isReplay?: boolean;
}

let devices = 0;

/** One page of a device. */
export class LightPage {
  readonly device: string;
  readonly #options: LightPageOptions;
  readonly #page: string;
  /** Its clock began at another moment than the server's. */
  readonly #began: number;
  #number = 0;
  #socket: TestSocket | undefined;
  #last = '';

  constructor(options: LightPageOptions, device = `device_of_truth_${(devices += 1)}`) {
    this.#options = options;
    this.device = device;
    this.#page = `page${(devices += 1)}`;
    this.#began = options.clock.now() - 1_000_000 * devices;
  }

  /** From here on it sends by a connection. */
  async connect(): Promise<void> {
    const { url, showId, address, userAgent = PHONE_BROWSER } = this.#options;
    this.#socket = await openSocket(url, undefined, { 'x-forwarded-for': address, 'user-agent': userAgent });
    await this.#socket.ask('show.join', { showId });
  }

  /** Sends events whose times are so many ms before now. */
  async send(...events: TelemetryEvent[]): Promise<void> {
    const t = this.#options.clock.now() - this.#began;
    const { token, isReplay } = this.#options;
    const e = events.map(([kind, agoMs, ...rest]) => [kind, t - agoMs, ...rest]);
    this.#last = JSON.stringify({ d: this.device, p: this.#page, n: this.#number, t, e, ...(isReplay ? { w: 1 } : {}), ...(token ? { k: token } : {}) });
    this.#number += 1;
    await this.again();
  }

  /** The batch that was sent last, as it was. */
  async again(): Promise<void> {
    const { url, showId, address, userAgent = PHONE_BROWSER } = this.#options;
    if (this.#socket) return void (await this.#socket.ask('telemetry.send', JSON.parse(this.#last)));
    const headers = { 'content-type': 'text/plain', 'user-agent': userAgent, 'x-forwarded-for': address };
    const { status } = await fetch(`${url}/api/v1/shows/${showId}/telemetry`, { method: 'POST', headers, body: this.#last });
    if (status !== 200) throw new Error(`a batch was answered ${status}`);
  }

  close(): void {
    this.#socket?.close();
  }
}
