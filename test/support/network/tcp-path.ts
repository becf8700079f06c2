// Owns the way of TCP (pages, calls, web sockets, media) between one visitor and one port of the server.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Line } from './line.ts';
import { TimedQueue } from './timed-queue.ts';

const SEGMENT_BYTES = 1_400;
const HEADER_BYTES = 40;
/** How much of one connection is on the way at a time, as the first window of TCP. */
const WINDOW_BYTES = 16_000;

export interface TcpPathOptions {
  targetPort: number;
  up: Line;
  down: Line;
  /** Whether everything waits now. */
  isHeld: () => boolean;
  /** Whether connections are taken and nothing ever comes. */
  isSwallowed: () => boolean;
  /** After how long a proxy on the way ends a web socket, ms; null = never. */
  webSocketLifeMs: () => number | null;
}

interface Connection {
  near: Socket;
  far: Socket;
  pipes: Pipe[];
  isWebSocket: boolean;
}

export class TcpPath {
  readonly #options: TcpPathOptions;
  readonly #server = createServer((near) => this.#take(near));
  readonly #connections = new Set<Connection>();
  readonly #dead = new Set<Socket>();
  #address: string;

  constructor(address: string, options: TcpPathOptions) {
    this.#address = address;
    this.#options = options;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  hold(isHeld: boolean): void {
    for (const { pipes } of this.#connections) for (const pipe of pipes) pipe.hold(isHeld);
  }

  cutWebSockets(): void {
    for (const connection of this.#connections) if (connection.isWebSocket) end(connection);
  }

  /** The page's end of each connection is reset, as a phone does with an address that it has lost; the server hears nothing. */
  move(address: string): void {
    this.#address = address;
    for (const { near, far, pipes } of this.#connections) {
      for (const pipe of pipes) pipe.close();
      far.removeAllListeners().on('error', () => undefined);
      far.pause();
      this.#dead.add(far);
      near.resetAndDestroy();
    }
    this.#connections.clear();
  }

  close(): void {
    this.#server.close();
    for (const connection of this.#connections) {
      for (const pipe of connection.pipes) pipe.close();
      connection.near.destroy();
      connection.far.destroy();
    }
    for (const socket of this.#dead) socket.destroy();
  }

  #take(near: Socket): void {
    const { targetPort, up, down, isHeld, isSwallowed, webSocketLifeMs } = this.#options;
    const far = connect({ port: targetPort, host: '127.0.0.1', localAddress: this.#address });
    for (const socket of [near, far]) socket.setNoDelay(true);
    const connection: Connection = { near, far, isWebSocket: false, pipes: [new Pipe(near, far, up, isSwallowed), new Pipe(far, near, down, isSwallowed)] };
    this.#connections.add(connection);
    let open = 2;
    for (const socket of [near, far]) socket.on('close', () => void (--open === 0 && this.#connections.delete(connection)));
    near.once('data', (bytes: Buffer) => {
      connection.isWebSocket = /^upgrade: websocket/im.test(bytes.toString('latin1'));
      const lifeMs = connection.isWebSocket ? webSocketLifeMs() : null;
      if (lifeMs !== null) setTimeout(() => end(connection), lifeMs).unref();
    });
    if (isHeld()) for (const pipe of connection.pipes) pipe.hold(true);
  }
}

function end({ near, far }: Connection): void {
  near.destroySoon();
  far.destroySoon();
}

/** One direction of a connection. */
class Pipe {
  readonly #from: Socket;
  readonly #arriving = new TimedQueue();
  #onTheWay = 0;
  #isHeld = false;
  #isClosed = false;

  constructor(from: Socket, to: Socket, line: Line, isSwallowed: () => boolean) {
    this.#from = from;
    const carry = (bytes: number, deliver: () => void) =>
      line.carrySegment(bytes + HEADER_BYTES, (lateMs) => void (this.#isClosed || this.#arriving.push(lateMs, deliver)));
    from.on('data', (bytes: Buffer) => {
      if (isSwallowed()) return;
      for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
        const segment = bytes.subarray(at, at + SEGMENT_BYTES);
        this.#onTheWay += segment.length;
        carry(segment.length, () => {
          this.#onTheWay -= segment.length;
          to.write(segment);
          this.#flow();
        });
      }
      this.#flow();
    });
    from.on('error', () => undefined);
    from.on('close', () => carry(0, () => to.destroySoon()));
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#arriving.hold(isHeld);
    this.#flow();
  }

  close(): void {
    this.#isClosed = true;
    this.#arriving.clear();
  }

  #flow(): void {
    if (this.#isHeld || this.#onTheWay > WINDOW_BYTES) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}
