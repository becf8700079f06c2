// Owns a stand-in for browsers' push services, which cannot be reached from a test: it takes messages as RFC 8030 says, checks who signed
// them (RFC 8292) and reads them with the browser's own keys (RFC 8291), by the RFCs' steps and without the library that wrote them.
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PushMessage {
  /** Name of the browser it came for. */
  browser: string;
  note: { title: string; body: string; url: string; tag: string; lang: string; at: number | null };
  headers: IncomingMessage['headers'];
  /** What the sender claims in its token. */
  claims: { aud: string; exp: number; sub: string };
  /** The key that the token was signed with, base64url. */
  signedBy: string;
}

/** What the next message for a browser is answered with; without it 201. */
type Behaviour = number | { status: number; retryAfter: string } | 'hang' | 'endless';

export class PushServiceStandIn {
  readonly messages: PushMessage[] = [];
  /** Every call, also those that were refused. */
  readonly calls: string[] = [];
  readonly origin: string;
  readonly #server: Server;
  readonly #browsers = new Map<string, { pair: ECDH; auth: Buffer }>();
  readonly #behaviours = new Map<string, Behaviour[]>();
  #wake: () => void = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const browser = (request.url ?? '').slice('/push/'.length);
        this.calls.push(browser);
        const behaviour = this.#behaviours.get(browser)?.shift() ?? 201;
        if (behaviour === 201) this.messages.push(this.#read(browser, request, Buffer.concat(chunks)));
        this.#wake();
        if (behaviour === 'hang') return;
        if (behaviour === 'endless') {
          response.writeHead(201);
          const drip = setInterval(() => response.write('x'.repeat(65_536)), 5);
          return void response.on('close', () => clearInterval(drip));
        }
        const { status, retryAfter } = typeof behaviour === 'number' ? { status: behaviour, retryAfter: undefined } : behaviour;
        response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
      });
    });
  }

  static async start(): Promise<PushServiceStandIn> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PushServiceStandIn(server);
  }

  /** A browser's subscription, as its `toJSON()` tells a page. */
  subscribe(browser: string): { endpoint: string; keys: { p256dh: string; auth: string } } {
    const pair = createECDH('prime256v1');
    const p256dh = pair.generateKeys('base64url');
    const auth = randomBytes(16);
    this.#browsers.set(browser, { pair, auth });
    return { endpoint: `${this.origin}/push/${browser}`, keys: { p256dh, auth: auth.toString('base64url') } };
  }

  /** What the next calls for a browser are answered with, in turn. */
  answers(browser: string, ...behaviours: Behaviour[]): void {
    this.#behaviours.set(browser, behaviours);
  }

  /** Resolves with the calls so far when there are that many. */
  async called(count: number): Promise<string[]> {
    while (this.calls.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.calls;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #read(browser: string, { headers }: IncomingMessage, body: Buffer): PushMessage {
    const keys = this.#browsers.get(browser);
    if (!keys) throw new Error(`no browser ${browser}`);
    const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
    return { browser, headers, note: JSON.parse(decrypt(body, keys).toString('utf8')) as PushMessage['note'], claims: signed(token, key), signedBy: key };
  }
}

/** RFC 8188 and RFC 8291 section 3.4. */
function decrypt(body: Buffer, { pair, auth }: { pair: ECDH; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const sender = body.subarray(21, 21 + body.readUInt8(20));
  const record = body.subarray(21 + sender.length);
  if (record.length > recordSize) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
  const cipher = createDecipheriv('aes-128-gcm', key, nonce);
  cipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('no end of the last record');
  return padded.subarray(0, end);
}

/** RFC 8292 section 2: an ES256 token, by the key that comes with it. */
function signed(token: string, key: string): PushMessage['claims'] {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const isValid = verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!isValid) throw new Error('the token is not signed by its key');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as PushMessage['claims'];
}
