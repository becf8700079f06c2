// Owns how the server gets its certificate: which source the settings ask for, what it answers, and the change without a restart.
import { join } from 'node:path';
import type { Server as TlsServer } from 'node:tls';
import { roles } from '../../protocol/access.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { WireRoute } from '../http/route.ts';
import type { Logger } from '../log.ts';
import { Scope } from '../scope.ts';
import { openAcme } from './acme.ts';
import { openLocalCa } from './local-ca.ts';
import { certificateNames, hostOf } from './names.ts';
import type { KeyAndCertificate } from './pem-file.ts';
import { openPlainHttp, type PlainAnswer } from './plain-http.ts';

export interface Tls {
  /** What the server starts with. */
  readonly pair: KeyAndCertificate;
  readonly routes: readonly WireRoute[];
  /** Gives `server` each certificate that comes later; connections that are open keep theirs. */
  keepRenewed(server: TlsServer): void;
  close(): Promise<void>;
}

type TlsConfig = Pick<
  Config,
  'tls' | 'host' | 'port' | 'publicUrl' | 'announcedAddress' | 'dataDir' | 'httpPort' | 'acmeDirectory' | 'acmeEmail'
>;

/**
 * @param options.url where https answers, for redirects; asked when a request comes, empty while it does not listen yet.
 * @throws ConfigError when the plain HTTP port cannot be had.
 */
export async function openTls(options: { config: TlsConfig; clock: Clock; log: Logger; url: () => string }): Promise<Tls> {
  const { config, clock, log } = options;
  const folder = join(config.dataDir, 'tls');
  const scope = new Scope();
  const servers = new Set<TlsServer>();
  const onRenewed = (pair: KeyAndCertificate): void => {
    for (const server of servers) server.setSecureContext(pair);
  };
  const openPort = async (find: (path: string) => PlainAnswer | undefined): Promise<void> => {
    if (config.httpPort === 0) return;
    // Without a set address only the client knows by which name it got here.
    const url = (asked: string | undefined): string => {
      const own = new URL(options.url() || `https://localhost:${config.port}`);
      if (config.publicUrl === '' && asked) own.hostname = asked;
      return own.origin;
    };
    const plain = await openPlainHttp({ host: config.host, port: config.httpPort, url, find });
    scope.add(() => plain.close());
  };
  const serve = (source: { current(): KeyAndCertificate }, routes: readonly WireRoute[]): Tls => ({
    get pair() {
      return source.current();
    },
    routes,
    keepRenewed(server) {
      servers.add(server);
      server.setSecureContext(source.current());
    },
    close: () => scope.close(),
  });

  if (config.tls === 'acme') {
    const source = await openAcme({
      folder,
      directory: config.acmeDirectory,
      email: config.acmeEmail,
      name: hostOf(config.publicUrl),
      clock,
      log,
      onRenewed,
    });
    scope.add(() => source.close());
    await openPort((path) => {
      const token = /^\/\.well-known\/acme-challenge\/([\w-]{1,256})$/.exec(path)?.[1];
      const proof = token && source.proof(token);
      return proof ? { type: 'application/octet-stream', body: proof } : undefined;
    });
    source.start();
    return serve(source, []);
  }

  const source = await openLocalCa({ folder, names: () => certificateNames(config), clock, log, onRenewed });
  scope.add(() => source.close());
  const root = (): PlainAnswer => ({ type: 'application/x-x509-ca-cert', body: source.root(), fileName: 'fieldcast-ca.crt' });
  await openPort((path) => (path === '/ca.crt' ? root() : undefined));
  return serve(source, [
    {
      kind: 'wire',
      method: 'GET',
      path: '/ca.crt',
      summary: "The local authority's certificate, for a phone to install",
      roles,
      produces: ['application/x-x509-ca-cert'],
      handle(_request, reply) {
        const { type, body, fileName } = root();
        return reply.type(type).header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').send(body);
      },
    },
  ]);
}
