// Owns the plain HTTP port beside https: challenges of a certificate authority, the root to install on a phone, and the way to https.
import { createServer } from 'node:http';
import { ConfigError } from '../config.ts';

export interface PlainAnswer {
  type: string;
  body: string | Uint8Array;
  /** File name to save it under, where it is to be saved. */
  fileName?: string;
}

export interface PlainRequest {
  query: URLSearchParams;
  /** `Accept-Language`. */
  languages: string | undefined;
  /** Where https answers whoever asks by this name. */
  httpsUrl: string;
}

export interface PlainHttp {
  /** The port it got. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * @param options.find the answer at a path, or undefined: then the client is sent to the same path at `url(asked)`,
 * `asked` being the host name that it used, undefined when it named none.
 * @throws ConfigError when the port cannot be had.
 */
export async function openPlainHttp(options: {
  host: string;
  port: number;
  url: (asked: string | undefined) => string;
  find: (path: string, request: PlainRequest) => PlainAnswer | undefined;
}): Promise<PlainHttp> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8_192 }, (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff').setHeader('connection', 'close');
    const [path = '/', query] = (request.url ?? '/').split('?', 2);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const httpsUrl = options.url(hostName(request.headers.host));
    const answer = isRead ? options.find(path, { query: new URLSearchParams(query), languages: request.headers['accept-language'], httpsUrl }) : undefined;
    if (answer) {
      if (answer.fileName) response.setHeader('content-disposition', `attachment; filename="${answer.fileName}"`);
      response.setHeader('cache-control', 'no-store').setHeader('content-type', answer.type).end(answer.body);
      return;
    }
    // A form or a token that came in the clear is lost already; sending it on would only hide that.
    if (!isRead) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Use https.\n');
      return;
    }
    // Only an absolute path may follow our own address; `*` and whole URLs are for proxies.
    const target = request.url?.startsWith('/') ? request.url : '/';
    response.writeHead(308, { location: `${httpsUrl}${target}` }).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(options.port, error)));
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function hostName(header: string | undefined): string | undefined {
  if (header === undefined || !/^[\w.:[\]-]{1,260}$/.test(header) || !URL.canParse(`http://${header}`)) return undefined;
  return new URL(`http://${header}`).hostname;
}

function portFault(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') return new ConfigError(`FIELDCAST_HTTP_PORT: got "${port}", takes a port that no other program uses`);
  if (error.code === 'EACCES') {
    return new ConfigError(`FIELDCAST_HTTP_PORT: got "${port}", takes a port that this user may open (below 1024: CAP_NET_BIND_SERVICE)`);
  }
  return error;
}
