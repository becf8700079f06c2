// Owns the count of bytes that leave over the server's connections: pages, calls, HLS, recordings and sockets alike.
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

export class HttpTraffic {
  readonly #open = new Set<Socket>();
  #closedBytes = 0;

  /** Bytes so far, without what TCP and IP add. Of TLS connections what was encrypted, which is a hundredth less than what leaves. */
  get bytes(): number {
    let sum = this.#closedBytes;
    for (const socket of this.#open) sum += socket.bytesWritten;
    return sum;
  }

  /** Counts all connections that `server` (HTTP or HTTPS) takes from now on, also when they become websockets. */
  follow(server: EventEmitter, isTls: boolean): void {
    server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#closedBytes += socket.bytesWritten;
      });
    });
  }
}
