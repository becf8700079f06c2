// Owns the crowd of the uplink bench: light viewers with sockets, what they are allotted, and the pauses they did not choose.
import type { Level } from '../../../server/protocol/media.ts';
import { LightPeers, type LightViewer, throughSocket } from '../../support/light-peer.ts';
import type { LightPublisher } from '../../support/light-publisher.ts';
import { type Market, openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';

/** IPv4 and UDP, which no socket counts. */
const DATAGRAM_BYTES = 28;
const AT_ONCE = 8;

interface Member {
  viewer: LightViewer;
  socket: TestSocket;
  levels: { at: number; level: Level }[];
}

export class Crowd {
  readonly members: Member[] = [];
  /** Of viewers that were not let in: code by code. */
  readonly refusals: string[] = [];
  readonly markets: readonly Market[];
  readonly #server: ServerProcess;
  readonly #peers: LightPeers;
  readonly #hosts: TestSocket[];

  private constructor(server: ServerProcess, peers: LightPeers, markets: Market[], hosts: TestSocket[]) {
    this.#server = server;
    this.#peers = peers;
    this.markets = markets;
    this.#hosts = hosts;
  }

  /** Opens shows with a host each. @param options.obeys the host sends what it is advised to, as the studio does */
  static async open(server: ServerProcess, options: { shows: number; videoKbps: readonly [small: number, full: number]; obeys: boolean }): Promise<Crowd> {
    const markets: Market[] = [];
    const hosts: TestSocket[] = [];
    let peers: LightPeers | undefined;
    for (let index = 0; index < options.shows; index += 1) {
      const market = await openMarket(server, [100_000]);
      const host = await openSocket(server.url, market.hostToken);
      const { rtpCapabilities } = await host.ask('show.join', { showId: market.show.id });
      peers ??= await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
      const publisher = await peers.publish(throughSocket((name, input) => host.ask(name, input)), { videoKbps: options.videoKbps });
      if (options.obeys) obey(host, publisher, options.videoKbps);
      markets.push(market);
      hosts.push(host);
    }
    return new Crowd(server, peers as LightPeers, markets, hosts);
  }

  /** Lets viewers in until there are `size`, in turn over the shows. */
  async growTo(size: number): Promise<void> {
    let next = this.members.length + this.refusals.length;
    const enter = async () => {
      while (next < size) await this.#enter(this.markets[next++ % this.markets.length] as Market);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
  }

  /** On the wire, without what TCP takes. */
  get bytes(): number {
    return this.members.reduce((sum, { viewer: { bytes, packets } }) => sum + bytes.audio + bytes.video + (packets.audio + packets.video) * DATAGRAM_BYTES, 0);
  }

  count(level: Level): number {
    return this.members.filter((member) => member.levels.at(-1)?.level === level).length;
  }

  /** How many get a moving picture now. */
  async moving(withinMs: number): Promise<number> {
    const before = this.members.map(({ viewer }) => viewer.frames);
    await new Promise((resolve) => setTimeout(resolve, withinMs));
    return this.members.filter(({ viewer }, index) => viewer.frames - (before[index] ?? 0) >= 10 && viewer.packets.audio > 0).length;
  }

  /**
   * Pauses of sound, and of pictures that were to be there all the while.
   * @param isOurs whether this bench itself was asleep at that time
   */
  stalls(isOurs: (from: number, ms: number) => boolean): { kind: string; ms: number }[] {
    return this.members.flatMap(({ viewer, levels }) =>
      viewer.pauses.filter(({ kind, from, ms }) => !isOurs(from, ms) && (kind === 'audio' || hadPicture(levels, from, from + ms))),
    );
  }

  close(): void {
    for (const { socket } of this.members) socket.close();
    for (const host of this.#hosts) host.close();
    this.#peers.close();
  }

  async #enter({ show }: Market): Promise<void> {
    const socket = await openSocket(this.#server.url);
    try {
      await socket.ask('show.join', { showId: show.id });
      const levels: Member['levels'] = [];
      socket.raw.on('media.allotted', ({ level }: { level: Level }) => levels.push({ at: performance.now(), level }));
      const signalling = throughSocket(async (name, input) => {
        const value = await socket.ask(name, input);
        if (name === 'media.watch') levels.push({ at: performance.now(), level: (value as { allotted: { level: Level } }).allotted.level });
        return value;
      });
      this.members.push({ viewer: await this.#peers.watch(signalling), socket, levels });
    } catch (error) {
      this.refusals.push(String(error));
      socket.close();
    }
  }
}

function obey(host: TestSocket, publisher: LightPublisher, [small, full]: readonly [number, number]): void {
  host.raw.on('publish.advice', (advice: { maxVideoKbps: number | null; maxSmallKbps: number | null; opusPacketMs: 20 | 60 }) => {
    publisher.videoKbps = [Math.min(small, advice.maxSmallKbps ?? small), Math.min(full, advice.maxVideoKbps ?? full)];
    publisher.opusPacketMs = advice.opusPacketMs;
  });
}

/** Going from sound to a picture takes until the next key frame; that is no stall. */
function hadPicture(levels: Member['levels'], from: number, to: number): boolean {
  const before = levels.findLast(({ at }) => at <= from);
  return before !== undefined && before.level !== 'sound' && levels.every(({ at, level }) => at <= from || at > to + 1_000 || level !== 'sound');
}
