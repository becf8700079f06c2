// Owns a network between one page and the server that can be cut, or that swallows UDP: relays for HTTP and for both media protocols.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { BrowserContext } from 'playwright-core';

export class FrailNetwork {
  /** While true no UDP gets through, as in many company and hotel networks: nobody is told. */
  swallowsUdp = false;
  /** While true no media gets through over TCP either: a connection is taken and nothing ever comes. HTTP is not touched. */
  swallowsMediaTcp = false;
  #isCut = false;
  readonly #rtcPort: number;
  readonly #udp: UdpSocket = createSocket('udp4');
  readonly #upstreams = new Map<string, UdpSocket>();
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(rtcPort: number) {
    this.#rtcPort = rtcPort;
  }

  /** @param server address of the server, and the one port of its media worker */
  static async open(server: { url: string; rtcPort: number }): Promise<FrailNetwork> {
    const network = new FrailNetwork(server.rtcPort);
    await network.#listen(Number(new URL(server.url).port));
    await network.#listen(server.rtcPort);
    network.#udp.on('message', (packet, from) => network.#up(packet, from.port));
    network.#udp.bind(0, '127.0.0.1');
    await once(network.#udp, 'listening');
    return network;
  }

  /** The server as it is reached through this network. */
  get url(): string {
    return `http://127.0.0.1:${this.#portOf(0)}`;
  }

  /** Sends the media of every page of this visitor through this network. Call it before a page is opened. */
  async lead(context: BrowserContext): Promise<void> {
    await context.addInitScript(leadCandidates, { udp: this.#udp.address().port, tcp: this.#portOf(1) });
  }

  /** Takes the network away from the visitor: nothing passes, and the browser knows that it is offline. */
  async cut(context: BrowserContext): Promise<void> {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
    await context.setOffline(true);
  }

  async restore(context: BrowserContext): Promise<void> {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
    await context.setOffline(false);
  }

  close(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
    for (const upstream of this.#upstreams.values()) upstream.close();
    this.#udp.close();
  }

  #portOf(index: number): number {
    return ((this.#servers[index] as Server).address() as AddressInfo).port;
  }

  async #listen(targetPort: number): Promise<void> {
    const isSwallowed = () => targetPort === this.#rtcPort && this.swallowsMediaTcp;
    const server = createServer((near) => {
      const far = connect(targetPort, '127.0.0.1');
      const pair: [Socket, Socket][] = [[near, far], [far, near]];
      for (const [from, to] of pair) {
        this.#sockets.add(from);
        from.on('data', (bytes) => void (isSwallowed() || to.write(bytes)));
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        if (this.#isCut) from.pause();
      }
    });
    this.#servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }

  #up(packet: Buffer, port: number): void {
    if (this.#isCut || this.swallowsUdp) return;
    const key = String(port);
    let upstream = this.#upstreams.get(key);
    if (!upstream) {
      upstream = createSocket('udp4');
      upstream.on('message', (answer) => {
        if (!this.#isCut && !this.swallowsUdp) this.#udp.send(answer, port, '127.0.0.1');
      });
      this.#upstreams.set(key, upstream);
    }
    upstream.send(packet, this.#rtcPort, '127.0.0.1');
  }
}

/** In the page: the server's addresses for media become the relays'. */
function leadCandidates(ports: { udp: number; tcp: number }): void {
  const original = RTCPeerConnection.prototype.setRemoteDescription as (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
  RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
    const sdp = (description.sdp ?? '').replace(
      /^(a=candidate:\S+ \d+ (udp|tcp) \d+) \S+ \d+/gim,
      (_line, head: string, protocol: string) => `${head} 127.0.0.1 ${protocol.toLowerCase() === 'udp' ? ports.udp : ports.tcp}`,
    );
    return original.call(this, { type: description.type, sdp });
  };
}
