// Owns the way of UDP media between one visitor and the server's media worker.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Line } from './line.ts';

/** IPv4 and UDP headers take room on the line too. */
const HEADER_BYTES = 28;
/** What comes while this process is kept from reading must not be lost here. */
const BUFFER_BYTES = 1_000_000;

export interface UdpPathOptions {
  rtcPort: number;
  up: Line;
  down: Line;
  /** Whether nothing gets through now. */
  isClosed: () => boolean;
}

export class UdpPath {
  readonly #options: UdpPathOptions;
  readonly #near = createSocket('udp4');
  /** By the page's address and port. */
  #routes = new Map<string, UdpSocket>();
  readonly #all = new Set<UdpSocket>();
  #address: string;

  constructor(address: string, options: UdpPathOptions) {
    this.#address = address;
    this.#options = options;
  }

  get port(): number {
    return this.#near.address().port;
  }

  async listen(): Promise<void> {
    this.#near.on('message', (packet, from) => this.#up(packet, from.address, from.port));
    this.#near.on('error', () => undefined);
    this.#near.bind(0, '127.0.0.1');
    await once(this.#near, 'listening');
    this.#near.setRecvBufferSize(BUFFER_BYTES);
  }

  /** What the server sends to the old address comes nowhere from now on, and it is not told so: the old sockets stay open. */
  move(address: string): void {
    this.#address = address;
    this.#routes = new Map();
  }

  close(): void {
    for (const socket of this.#all) socket.close();
    this.#near.close();
  }

  #up(packet: Buffer, address: string, port: number): void {
    const { up, rtcPort, isClosed } = this.#options;
    if (isClosed()) return;
    const route = this.#routes.get(`${address}:${port}`) ?? this.#open(address, port);
    up.carryDatagram(packet.length + HEADER_BYTES, () => void (isClosed() || route.send(packet, rtcPort, '127.0.0.1')));
  }

  #open(address: string, port: number): UdpSocket {
    const { down, isClosed } = this.#options;
    const route = createSocket('udp4');
    const isDead = () => isClosed() || this.#routes.get(`${address}:${port}`) !== route;
    route.on('message', (packet) => {
      if (isDead()) return;
      down.carryDatagram(packet.length + HEADER_BYTES, () => void (isDead() || this.#near.send(packet, port, address)));
    });
    route.on('error', () => undefined);
    route.bind(0, this.#address, () => route.setRecvBufferSize(BUFFER_BYTES));
    this.#routes.set(`${address}:${port}`, route);
    this.#all.add(route);
    return route;
  }
}
