// Owns a bad network between one visitor and the server: every packet of HTTP, web sockets and media (UDP and TCP) goes through relays.
//
//   const network = await FrailNetwork.open({ url, rtcPort });   // the app needs FIELDCAST_WORKERS=1 and a FIELDCAST_RTC_PORT
//   await network.lead(context);                                 // before the page is opened
//   await page.goto(network.through(link));                      // viewer or host
//
// Each direction (`up` from the page, `down` to it) is a line that all of the visitor's traffic shares:
//   network.up.set({ rateKbps: 300 })                narrow, with the queue of a modem before it (`queueMs`, tail drop)
//   network.down.set({ loss: 0.3, lossBurst: 4 })    lost packets, one by one or in bursts; the same ones in every run
//   network.down.set({ delayMs: 80, jitterMs: 40 })  late, and unevenly late
//   network.up.counts                                UDP packets, bytes and drops so far
// And for the whole of it:
//   network.isDown = true                            blackout: nothing passes and nobody is told; TCP waits, UDP is gone
//   await network.cut(context), restore(context)     blackout that the browser knows of (`offline`)
//   network.swallowsUdp, network.swallowsMediaTcp    as company networks do
//   network.webSocketLifeMs = 5_000                  a proxy ends web sockets opened from now on; network.cutWebSockets() ends all now
//   network.move()                                   from Wi-Fi to 4G: another address, the old one is dead, the page's TCP is reset
//   network.clear()                                  all of it good again
import type { BrowserContext } from 'playwright-core';
import { CLEAR, Line } from './network/line.ts';
import { TcpPath } from './network/tcp-path.ts';
import { UdpPath } from './network/udp-path.ts';
import { seeded } from './random.ts';

export class FrailNetwork {
  /** While true no UDP gets through, as in many company and hotel networks: nobody is told. */
  swallowsUdp = false;
  /** While true no media gets through over TCP either: a connection is taken and nothing ever comes. HTTP is not touched. */
  swallowsMediaTcp = false;
  /** How long a web socket that is opened from now on may live, ms; null = as long as it likes. */
  webSocketLifeMs: number | null = null;
  /** From the page to the server. */
  readonly up: Line;
  /** From the server to the page. */
  readonly down: Line;
  #isDown = false;
  /** The last byte of the visitor's address as the server sees it, 127.0.0.x. */
  #host = 2;
  readonly #http: TcpPath;
  readonly #mediaTcp: TcpPath;
  readonly #udp: UdpPath;

  private constructor(server: { url: string; rtcPort: number }, seed: number) {
    const random = seeded(seed);
    this.up = new Line(random);
    this.down = new Line(random);
    const { up, down } = this;
    const shared = { up, down, isHeld: () => this.#isDown };
    this.#http = new TcpPath(this.address, { ...shared, targetPort: Number(new URL(server.url).port), isSwallowed: () => false, webSocketLifeMs: () => this.webSocketLifeMs });
    this.#mediaTcp = new TcpPath(this.address, { ...shared, targetPort: server.rtcPort, isSwallowed: () => this.swallowsMediaTcp, webSocketLifeMs: () => null });
    this.#udp = new UdpPath(this.address, { up, down, rtcPort: server.rtcPort, isClosed: () => this.#isDown || this.swallowsUdp });
  }

  /**
   * @param server address of the server, and the one port of its media worker
   * @param options.seed of chance
   */
  static async open(server: { url: string; rtcPort: number }, { seed = 1 } = {}): Promise<FrailNetwork> {
    const network = new FrailNetwork(server, seed);
    await Promise.all([network.#http.listen(), network.#mediaTcp.listen(), network.#udp.listen()]);
    return network;
  }

  /** The server as it is reached through this network. */
  get url(): string {
    return `http://127.0.0.1:${this.#http.port}`;
  }

  /** The visitor's address as the server sees it. */
  get address(): string {
    return `127.0.0.${this.#host}`;
  }

  /** A page of the server, as it is reached through this network. */
  through(link: string): string {
    const { pathname, search, hash } = new URL(link);
    return this.url + pathname + search + hash;
  }

  /** Sends the media of every page of this visitor through this network. Call it before a page is opened. */
  async lead(context: BrowserContext): Promise<void> {
    await context.addInitScript(leadCandidates, { udp: this.#udp.port, tcp: this.#mediaTcp.port });
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  set isDown(isDown: boolean) {
    this.#isDown = isDown;
    this.#http.hold(isDown);
    this.#mediaTcp.hold(isDown);
  }

  /** Takes the network away from the visitor: nothing passes, and the browser knows that it is offline. */
  async cut(context: BrowserContext): Promise<void> {
    this.isDown = true;
    await context.setOffline(true);
  }

  async restore(context: BrowserContext): Promise<void> {
    this.isDown = false;
    await context.setOffline(false);
  }

  /** Gives the visitor another address in mid-stream. @returns the new one */
  move(): string {
    this.#host += 1;
    for (const path of [this.#http, this.#mediaTcp, this.#udp]) path.move(this.address);
    return this.address;
  }

  cutWebSockets(): void {
    this.#http.cutWebSockets();
  }

  /** All knobs as at the start; the address stays. */
  clear(): void {
    this.swallowsUdp = this.swallowsMediaTcp = false;
    this.webSocketLifeMs = null;
    this.up.set(CLEAR);
    this.down.set(CLEAR);
    if (this.#isDown) this.isDown = false;
  }

  close(): void {
    for (const part of [this.#http, this.#mediaTcp, this.#udp, this.up, this.down]) part.close();
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
