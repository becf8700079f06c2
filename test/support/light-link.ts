// Owns the wire between a server's transport and a light peer's: both are ICE-lite, so this plays the full ICE agent towards
// each, passes DTLS and RTCP across, and counts media, passing it on only if somebody wants to decrypt it.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TransportInfo } from '../../server/protocol/media.ts';
import type * as StunModule from '../../scripts/worker/stun.mjs';

const CHECK_EVERY_MS = 100;
/** RFC 7675 asks for consent every 5 s; phones do it twice as often. */
const CONSENT_EVERY_MS = 2_500;

const { bindingRequest, isStun } = await loadStun();

export interface LinkOptions {
  /** The light peer's own transport. */
  near: Pick<TransportInfo, 'iceParameters' | 'iceCandidates'>;
  /** The server's. */
  far: Pick<TransportInfo, 'iceParameters' | 'iceCandidates'>;
  /** Called with each SRTP packet from the server; its header is not encrypted. */
  onMedia?: (packet: Buffer) => void;
  /** Whether SRTP from the server reaches the light peer's worker. */
  passesMedia: boolean;
}

interface End {
  ip: string;
  port: number;
  usernameFragment: string;
  password: string;
}

export class LightLink {
  /** While true nothing passes, as if the network had gone. */
  isCut = false;
  readonly #socket: Socket;
  readonly #options: LinkOptions;
  readonly #near: End;
  #far: End;
  #timer: NodeJS.Timeout | undefined;
  readonly #answered = new Set<End>();
  readonly #tieBreaker = randomBytes(8);

  private constructor(socket: Socket, options: LinkOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#near = endOf(options.near);
    this.#far = endOf(options.far);
  }

  static async open(options: LinkOptions): Promise<LightLink> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(1 << 20);
    const link = new LightLink(socket, options);
    socket.on('message', (packet, from) => link.#take(packet, from.port === link.#far.port));
    // A worker that was killed answers "connection refused"; the test sees it from the media.
    socket.on('error', () => undefined);
    link.#check();
    return link;
  }

  /** New credentials of the server's transport, after an ICE restart. */
  restart(iceParameters: TransportInfo['iceParameters']): void {
    this.#far = { ...this.#far, ...iceParameters };
    this.#check();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#socket.removeAllListeners('message');
    this.#socket.close();
  }

  #take(packet: Buffer, isFromServer: boolean): void {
    if (this.isCut) return;
    if (isStun(packet)) {
      this.#answered.add(isFromServer ? this.#far : this.#near);
      return;
    }
    const isMedia = (packet[0] ?? 0) >= 128 && !isRtcp(packet);
    if (isFromServer && isMedia) {
      this.#options.onMedia?.(packet);
      if (!this.#options.passesMedia) return;
    }
    this.#send(packet, isFromServer ? this.#near : this.#far);
  }

  #check(): void {
    clearTimeout(this.#timer);
    for (const end of [this.#near, this.#far]) {
      const request = bindingRequest({
        username: `${end.usernameFragment}:light`,
        password: end.password,
        transactionId: randomBytes(12),
        tieBreaker: this.#tieBreaker,
      });
      if (!this.isCut) this.#send(request, end);
    }
    const isUp = this.#answered.has(this.#near) && this.#answered.has(this.#far);
    this.#timer = setTimeout(() => this.#check(), isUp ? CONSENT_EVERY_MS : CHECK_EVERY_MS);
  }

  #send(packet: Buffer, to: End): void {
    this.#socket.send(packet, to.port, to.ip);
  }
}

function endOf({ iceParameters, iceCandidates }: LinkOptions['near']): End {
  const candidate = iceCandidates.find((each) => each.protocol === 'udp');
  if (!candidate) throw new Error('a light peer needs a UDP candidate');
  return { ...iceParameters, ip: candidate.address, port: candidate.port };
}

function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

// The scripts are plain Node and not compiled, so they lie beside package.json whether this runs from source or from dist.
async function loadStun(): Promise<typeof StunModule> {
  let root = import.meta.dirname;
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  return import(pathToFileURL(join(root, 'scripts/worker/stun.mjs')).href);
}
