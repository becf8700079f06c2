import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { createServer as createHttpsServer, get as httpsGet, type Server } from 'node:https';
import { type AddressInfo, createServer, isIP } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { checkServerIdentity, connect } from 'node:tls';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import type { Clock } from '../../../server/platform/clock.ts';
import { ConfigError, readConfig } from '../../../server/platform/config.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { Scope } from '../../../server/platform/scope.ts';
import { openTls, type Tls } from '../../../server/platform/tls/tls.ts';
import { type AcmeServer, startAcmeServer } from '../../support/acme-server.ts';

const DAY_MS = 86_400_000;

/** Real time moved by hand, with the one timer that a certificate source keeps. */
class HandClock implements Clock {
  aheadMs: number;
  #timer: { delayMs: number; task: () => unknown } | undefined;
  constructor(aheadMs = 0) {
    this.aheadMs = aheadMs;
  }
  now(): number {
    return Date.now() + this.aheadMs;
  }
  after(delayMs: number, task: () => unknown): () => void {
    this.#timer = { delayMs, task };
    return () => (this.#timer = undefined);
  }
  get nextDelayMs(): number | undefined {
    return this.#timer?.delayMs;
  }
  /** Runs what waits and resolves when that is done. */
  async fire(): Promise<void> {
    const task = this.#timer?.task;
    this.#timer = undefined;
    await task?.();
  }
  /** Resolves when a first piece of work in the background is done and has set the time of the next. */
  async waiting(): Promise<void> {
    while (!this.#timer) await new Promise((resolve) => setImmediate(resolve));
  }
}

let dataDir: string;
let scope: Scope;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-tls-'));
  scope = new Scope();
  scope.add(() => rm(dataDir, { recursive: true }));
});
afterEach(() => scope.close());

interface Opened {
  tls: Tls;
  server: Server;
  port: number;
  clock: HandClock;
  /** Messages at `warn` and above. */
  warnings: { msg: string; reason?: string }[];
  close(): Promise<void>;
}

async function serve(env: Record<string, string>, clock = new HandClock()): Promise<Opened> {
  const opened = new Scope();
  const warnings: Opened['warnings'] = [];
  const log = createLogger('warn', new Writable({ write: (line, _encoding, done) => (warnings.push(JSON.parse(String(line))), done()) }));
  const config = readConfig({ FIELDCAST_DATA_DIR: dataDir, ...env });
  let port = 0;
  const tls = await openTls({ config, clock, log, url: () => config.publicUrl || `https://localhost:${port}` });
  opened.add(() => tls.close());
  const server = createHttpsServer(tls.pair, (_request, response) => response.end('fields'));
  tls.keepRenewed(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  opened.add(() => {
    server.close();
    server.closeAllConnections();
  });
  scope.add(() => opened.close());
  return { tls, server, port, clock, warnings, close: () => opened.close() };
}

/** The certificate that a client gets that asks for `name` and trusts `ca` and nobody else; rejects where it does not accept the server. */
async function certificateAt(port: number, ca: string, name: string): Promise<X509Certificate> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca: [ca],
    // Addresses are never sent as a server name (RFC 6066 section 3).
    ...(isIP(name) ? {} : { servername: name }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate() as X509Certificate;
  socket.destroy();
  return certificate;
}

async function fetchPlain(
  port: number,
  path: string,
  options: { method?: string; host?: string; languages?: string } = {},
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }> {
  const request = httpRequest({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: { ...(options.host ? { host: options.host } : {}), ...(options.languages ? { 'accept-language': options.languages } : {}) } });
  request.end();
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const root = async (): Promise<string> => /-----BEGIN CERTIFICATE-----[\s\S]+/.exec(await readFile(join(dataDir, 'tls/local-ca.pem'), 'utf8'))?.[0] ?? '';

describe('a local authority', () => {
  const LOCAL = { FIELDCAST_TLS: 'local-ca' };

  it('tells a phone over plain HTTP how to trust it, in its language, with the fingerprint that the server shows', async () => {
    const httpPort = await freePort();
    const { tls } = await serve({ ...LOCAL, FIELDCAST_HTTP_PORT: String(httpPort), FIELDCAST_PUBLIC_URL: 'https://box.coop.example:8443' });
    const { fingerprint256 } = new X509Certificate(await root());
    expect(tls.trust()).toEqual({ url: `http://box.coop.example:${httpPort}/trust`, fingerprint: fingerprint256 });
    const chinese = await fetchPlain(httpPort, '/trust', { languages: 'zh-CN,zh;q=0.9' });
    expect(chinese.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const part of ['让这台手机信任', 'href="/ca.crt"', fingerprint256, 'href="https://box.coop.example:8443/demo/farmer.html"']) expect(String(chinese.body)).toContain(part);
    expect(String((await fetchPlain(httpPort, '/trust')).body)).toContain('Let this phone trust');
    expect(String((await fetchPlain(httpPort, '/trust?lang=en', { languages: 'zh' })).body)).toContain('Let this phone trust');
  });

  it.each(['box"><script>', 'a b', '<b>', "x'onerror=1"])('puts no name that somebody asked by into that page: %s', async (host) => {
    const httpPort = await freePort();
    await serve({ ...LOCAL, FIELDCAST_HTTP_PORT: String(httpPort) });
    expect(String((await fetchPlain(httpPort, '/trust', { host })).body)).not.toContain(host);
  });

  it.each(['localhost', '127.0.0.1', '::1', hostname().toLowerCase(), 'box.coop.example', '198.51.100.7'])(
    'lets a client that trusts only its root in under the name %s',
    async (name) => {
      const { port } = await serve({ ...LOCAL, FIELDCAST_PUBLIC_URL: 'https://box.coop.example:8443', FIELDCAST_ANNOUNCED_ADDRESS: '198.51.100.7' });
      const certificate = await certificateAt(port, await root(), name);
      expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBeLessThanOrEqual(397 * DAY_MS);
    },
  );

  it('is refused by a client that does not know the root, and under a foreign name', async () => {
    const { port } = await serve(LOCAL);
    const own = await root();
    await rm(join(dataDir, 'tls'), { recursive: true });
    await serve(LOCAL);
    await expect(certificateAt(port, await root(), 'localhost')).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|SIGNATURE|VERIFY/) });
    await expect(certificateAt(port, own, 'bank.example')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('is the same after a restart, with its keys for this user alone', async () => {
    const first = await serve(LOCAL);
    const before = first.tls.pair;
    await first.close();
    const second = await serve(LOCAL);
    expect(second.tls.pair).toEqual(before);
    for (const file of await readdir(join(dataDir, 'tls'))) {
      expect([file, (await stat(join(dataDir, 'tls', file))).mode & 0o777]).toEqual([file, 0o600]);
    }
  });

  it('takes up a new name with the same root', async () => {
    const first = await serve(LOCAL);
    const trusted = await root();
    await expect(certificateAt(first.port, trusted, 'new.coop.example')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await first.close();
    const second = await serve({ ...LOCAL, FIELDCAST_PUBLIC_URL: 'https://new.coop.example' });
    expect(await root()).toBe(trusted);
    expect((await certificateAt(second.port, trusted, 'new.coop.example')).fingerprint256).not.toBe(
      new X509Certificate(first.tls.pair.cert).fingerprint256,
    );
  });

  it('renews itself in its last 30 days while clients stay connected', async () => {
    const { port, clock } = await serve(LOCAL, new HandClock(-380 * DAY_MS));
    const trusted = await root();
    const old = await certificateAt(port, trusted, 'localhost');
    const open = connect({ host: '127.0.0.1', port, ca: [trusted], servername: 'localhost' });
    await once(open, 'secureConnect');

    await clock.fire();
    expect((await certificateAt(port, trusted, 'localhost')).fingerprint256).toBe(old.fingerprint256);
    clock.aheadMs = 0;
    await clock.fire();
    const renewed = await certificateAt(port, trusted, 'localhost');
    expect(Date.parse(renewed.validTo)).toBeGreaterThan(Date.parse(old.validTo) + 300 * DAY_MS);
    open.end('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of open) text += chunk;
    expect(text).toContain('fields');
  });

  it.each(['', 'garbage', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'replaces a certificate file that holds %j',
    async (content) => {
      const first = await serve(LOCAL);
      await first.close();
      await writeFile(join(dataDir, 'tls/local-server.pem'), content);
      const second = await serve(LOCAL);
      await expect(certificateAt(second.port, await root(), 'localhost')).resolves.toBeDefined();
    },
  );

  it('says that phones need the new root when the old one is unreadable', async () => {
    const first = await serve(LOCAL);
    await first.close();
    const file = join(dataDir, 'tls/local-ca.pem');
    await writeFile(file, (await readFile(file, 'utf8')).replace('CERTIFICATE-----\nMII', 'CERTIFICATE-----\nAAA'));
    const second = await serve(LOCAL);
    await expect(certificateAt(second.port, await root(), 'localhost')).resolves.toBeDefined();
    expect(second.warnings.map((line) => line.msg)).toEqual([expect.stringContaining('install /ca.crt again')]);
  });

  it('gives the root over plain HTTP, sends reading to https and refuses writing', async () => {
    const httpPort = await freePort();
    const { port } = await serve({ ...LOCAL, FIELDCAST_HTTP_PORT: String(httpPort) });
    const answer = await fetchPlain(httpPort, '/ca.crt');
    expect(answer.headers['content-type']).toBe('application/x-x509-ca-cert');
    expect(answer.body).toEqual(new X509Certificate(await root()).raw);
    expect((await fetchPlain(httpPort, '/demo/?a=1', { host: '192.168.1.5' })).headers.location).toBe(`https://192.168.1.5:${port}/demo/?a=1`);
    expect((await fetchPlain(httpPort, '//evil.example/', { host: 'x y' })).headers.location).toBe(`https://localhost:${port}//evil.example/`);
    expect((await fetchPlain(httpPort, '/api/v1/sessions', { method: 'POST' })).status).toBe(403);
  });

  it('stops the start with one line when the plain port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    scope.add(() => taken.close());
    const port = String((taken.address() as AddressInfo).port);
    const opening = serve({ ...LOCAL, FIELDCAST_HTTP_PORT: port });
    await expect(opening).rejects.toBeInstanceOf(ConfigError);
    await expect(opening).rejects.toThrow(`FIELDCAST_HTTP_PORT: got "${port}"`);
  });

  it('serves the whole server: pages, the root itself, and websockets', async () => {
    const app = await createApp({
      config: readConfig({
        FIELDCAST_TLS: 'local-ca',
        FIELDCAST_PORT: '0',
        FIELDCAST_RTC_PORT: '0',
        FIELDCAST_WORKERS: '1',
        FIELDCAST_DATA_DIR: dataDir,
        MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
      }),
      log: createLogger('silent'),
    });
    scope.add(() => app.close());
    expect(app.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const ca = await root();
    const read = async (path: string): Promise<Buffer> => {
      const [response] = await once(httpsGet(`${app.url}${path}`, { ca }), 'response');
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };
    expect(await read('/ca.crt')).toEqual(new X509Certificate(ca).raw);
    expect(JSON.parse(String(await read('/openapi.json'))).paths['/ca.crt'].get['x-roles']).toContain('viewer');
    const socket = io(app.url, { transports: ['websocket'], ca, reconnection: false } as object);
    scope.add(() => socket.close());
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
  });
});

describe('a public authority', () => {
  let httpPort: number;
  let authority: AcmeServer;
  const env = (directory = authority.directory) => ({
    FIELDCAST_TLS: 'acme',
    FIELDCAST_PUBLIC_URL: 'https://live.coop.example',
    FIELDCAST_ACME_DIRECTORY: directory,
    FIELDCAST_ACME_EMAIL: 'it@coop.example',
    FIELDCAST_HTTP_PORT: String(httpPort),
  });

  beforeEach(async () => {
    httpPort = await freePort();
    authority = await startAcmeServer({ challengePort: httpPort });
    scope.add(() => authority.close());
  });

  it('gives a certificate for the public name after fetching the proof, while the server runs already', async () => {
    const { port, clock, tls } = await serve(env());
    await expect(certificateAt(port, authority.root, 'live.coop.example')).rejects.toBeDefined();
    await clock.waiting();
    expect((await certificateAt(port, authority.root, 'live.coop.example')).subjectAltName).toBe('DNS:live.coop.example');
    expect(authority.log).toEqual(['account new mailto:it@coop.example', 'validated live.coop.example', 'issued live.coop.example']);
    expect(tls.pair.cert).toContain('BEGIN CERTIFICATE');
    for (const file of await readdir(join(dataDir, 'tls'))) {
      expect([file, (await stat(join(dataDir, 'tls', file))).mode & 0o777]).toEqual([file, 0o600]);
    }
  });

  it('answers challenges only, and sends everybody else to the public address', async () => {
    const { clock } = await serve(env());
    await clock.waiting();
    expect((await fetchPlain(httpPort, '/.well-known/acme-challenge/unknown')).status).toBe(308);
    expect((await fetchPlain(httpPort, '/demo/', { host: 'other.example' })).headers.location).toBe('https://live.coop.example/demo/');
  });

  it('starts with the cached certificate when the authority cannot be reached, without ordering anew', async () => {
    const first = await serve(env());
    await first.clock.waiting();
    const before = first.tls.pair;
    await first.close();
    await authority.close();
    const second = await serve(env());
    expect(second.tls.pair).toEqual(before);
    await second.clock.waiting();
    expect(second.warnings).toEqual([]);
    await expect(certificateAt(second.port, authority.root, 'live.coop.example')).resolves.toBeDefined();
  });

  it('goes on with the one it has while the authority cannot be reached, trying ever less often', async () => {
    const { clock, port, warnings } = await serve(env());
    await clock.waiting();
    const old = await certificateAt(port, authority.root, 'live.coop.example');

    await clock.fire();
    expect((await certificateAt(port, authority.root, 'live.coop.example')).fingerprint256).toBe(old.fingerprint256);

    clock.aheadMs = 61 * DAY_MS;
    await authority.close();
    await clock.fire();
    const firstWait = clock.nextDelayMs;
    await clock.fire();
    expect([firstWait, clock.nextDelayMs]).toEqual([5 * 60_000, 10 * 60_000]);
    expect(warnings.map((line) => line.reason)).toEqual(Array(2).fill(`no connection to ${new URL(authority.directory).host}`));
    expect((await certificateAt(port, authority.root, 'live.coop.example')).fingerprint256).toBe(old.fingerprint256);
  });

  it('replaces a certificate that comes near its end without a restart', async () => {
    const { clock, port, warnings } = await serve(env());
    await clock.waiting();
    const old = await certificateAt(port, authority.root, 'live.coop.example');
    clock.aheadMs = 61 * DAY_MS;
    await clock.fire();
    expect(warnings).toEqual([]);
    expect((await certificateAt(port, authority.root, 'live.coop.example')).fingerprint256).not.toBe(old.fingerprint256);
    expect(authority.log.slice(3)).toEqual(['account known mailto:it@coop.example', 'validated live.coop.example', 'issued live.coop.example']);
  });

  it('serves on and says why when the authority does not find the proof', async () => {
    const elsewhere = await startAcmeServer({ challengePort: await freePort() });
    scope.add(() => elsewhere.close());
    const { clock, port, warnings } = await serve(env(elsewhere.directory));
    await clock.waiting();
    expect(warnings.map((line) => line.reason)).toEqual([expect.stringContaining('no proof at live.coop.example')]);
    expect(elsewhere.log).toContain('refused live.coop.example');
    const [response] = await once(httpsGet({ host: '127.0.0.1', port, rejectUnauthorized: false }), 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
  });
});
