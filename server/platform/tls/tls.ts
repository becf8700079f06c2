// Owns how the server gets its certificate: which source the settings ask for, what it answers, and the change without a restart.
import { X509Certificate } from 'node:crypto';
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
import { openPlainHttp, type PlainAnswer, type PlainRequest } from './plain-http.ts';
import { chooseLanguage, type Trust, trustPage } from './trust-page.ts';

export interface Tls {
  /** What the server starts with. */
  readonly pair: KeyAndCertificate;
  readonly routes: readonly WireRoute[];
  /** Of an authority of its own, which phones have to be told to trust. */
  trust(): Trust | undefined;
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
  const openPort = async (find: (path: string, request: PlainRequest) => PlainAnswer | undefined): Promise<void> => {
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
  const serve = (source: { current(): KeyAndCertificate }, routes: readonly WireRoute[], trust: Tls['trust'] = () => undefined): Tls => ({
    trust,
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
  const fingerprint = (): string => new X509Certificate(source.root()).fingerprint256;
  const page = (asked: string | undefined, languages: string | undefined, url: string): string => trustPage(chooseLanguage(asked, languages), fingerprint(), url);
  await openPort((path, { query, languages, httpsUrl }) => {
    if (path === '/ca.crt') return root();
    return path === '/trust' ? { type: 'text/html; charset=utf-8', body: page(query.get('lang') ?? undefined, languages, httpsUrl) } : undefined;
  });
  const get = { kind: 'wire', method: 'GET', roles } as const;
  const routes: WireRoute[] = [
    {
      ...get,
      path: '/ca.crt',
      summary: "The local authority's certificate, for a phone to install",
      produces: ['application/x-x509-ca-cert'],
      handle(_request, reply) {
        const { type, body, fileName } = root();
        return reply.type(type).header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').send(body);
      },
    },
    {
      ...get,
      path: '/trust',
      summary: 'How a phone learns to trust the local authority, as a page',
      produces: ['text/html'],
      handle(request, reply) {
        const { lang } = request.query as { lang?: unknown };
        return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page(typeof lang === 'string' ? lang : undefined, request.headers['accept-language'], ''));
      },
    },
  ];
  return serve(source, routes, () => ({ url: trustUrl(options.url(), config.httpPort), fingerprint: fingerprint() }));
}

/** Over plain HTTP where there is such a port: a phone that does not trust us yet would be warned otherwise. */
function trustUrl(httpsUrl: string, httpPort: number): string {
  const url = new URL('/trust', httpsUrl || 'https://localhost');
  if (httpPort === 0) return url.href;
  url.protocol = 'http:';
  url.port = String(httpPort);
  return url.href;
}
