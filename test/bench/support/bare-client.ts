// Owns the other end of the bare program: starts it and signals for light peers.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConsumerInfo, RtpCapabilities, TransportInfo } from '../../../server/protocol/media.ts';
import type { Signalling } from '../../support/light-peer.ts';
import type { BareCall } from './bare-sfu.ts';

export class BareSfu {
  pids: number[] = [];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(value: any): void; reject(error: Error): void }>();
  #calls = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error));
    });
  }

  static async open(): Promise<BareSfu> {
    const child = fork(fileURLToPath(new URL('./bare-sfu.js', import.meta.url)));
    await once(child, 'message');
    const bare = new BareSfu(child);
    bare.pids = await bare.#ask({ method: 'pids' });
    return bare;
  }

  capabilities(): Promise<RtpCapabilities> {
    return this.#ask({ method: 'capabilities' });
  }

  /** Signalling of one peer. */
  enter(room: string): Signalling & { leave(): Promise<void> } {
    const ids: string[] = [];
    const keep = <T extends { id: string }>(transport: T): T => {
      ids.push(transport.id);
      return transport;
    };
    return {
      publish: async () => keep(await this.#ask<TransportInfo>({ method: 'open', room })),
      produce: (transportId, track) => this.#ask({ method: 'produce', transportId, track: track as never }),
      watch: async (rtpCapabilities) => {
        const watched = await this.#ask<{ transport: TransportInfo; consumers: ConsumerInfo[] }>({ method: 'watch', room, rtpCapabilities: rtpCapabilities as never });
        keep(watched.transport);
        return watched;
      },
      consume: async () => [],
      resume: (consumerIds) => this.#ask({ method: 'resume', consumerIds }),
      connect: (transportId, dtlsParameters) => this.#ask({ method: 'connect', transportId, dtlsParameters: dtlsParameters as never }),
      leave: async () => void (await Promise.all(ids.map((transportId) => this.#ask({ method: 'close', transportId })))),
    };
  }

  close(): void {
    this.#child.disconnect();
  }

  #ask<T>(call: BareCall): Promise<T> {
    const id = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, call });
    });
  }
}
