// A small ACME authority for tests, speaking RFC 8555 on the wire: JWS and nonces are checked, the http-01 proof is really fetched,
// the CSR's signature and names are verified, and the certificate is signed by a root that it makes at its start.
import { createHash, createPublicKey, randomBytes, verify as verifySignature, type JsonWebKey, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { createServer, get as httpGet, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createAuthority } from '../../server/platform/tls/authority.ts';

export interface AcmeServer {
  /** Address of the directory, as for FIELDCAST_ACME_DIRECTORY. */
  readonly directory: string;
  /** Root certificate in PEM: what a client has to trust. */
  readonly root: string;
  /** What happened, in order: `account NAME`, `validated NAME`, `refused NAME`, `issued NAMES`. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

interface Problem {
  status: number;
  type: string;
  detail: string;
}
interface Account {
  jwk: JsonWebKey;
  thumbprint: string;
}
interface Authorization {
  account: string;
  name: string;
  token: string;
  status: 'pending' | 'valid' | 'invalid';
  error?: Problem;
}
interface Order {
  account: string;
  names: string[];
  authorizations: string[];
  certificate?: string;
}

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * @param options.challengePort where proofs are fetched, whatever name is to be certified; real authorities use port 80 of that name.
 * @param options.validDays lifetime of its certificates, counted from `issuedAt`.
 */
export async function startAcmeServer(options: { challengePort: number; validDays?: number; issuedAt?: () => number }): Promise<AcmeServer> {
  const authority = await createAuthority('ACME of a test', (options.issuedAt ?? Date.now)());
  const nonces = new Set<string>();
  const accounts = new Map<string, Account>();
  const orders = new Map<string, Order>();
  const authorizations = new Map<string, Authorization>();
  const log: string[] = [];
  const id = (): string => randomBytes(8).toString('hex');
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const problem: Problem =
        error instanceof Refusal ? error.problem : { status: 500, type: 'urn:ietf:params:acme:error:serverInternal', detail: String(error) };
      response.writeHead(problem.status, { 'content-type': 'application/problem+json', 'replay-nonce': nonce() });
      response.end(JSON.stringify(problem));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function nonce(): string {
    const made = randomBytes(16).toString('base64url');
    nonces.add(made);
    return made;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = `${base}${request.url}`;
    const [, kind = '', key = ''] = (request.url ?? '').split('/');
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'replay-nonce': nonce(), 'cache-control': 'no-store', 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (request.method === 'GET' && kind === 'directory') {
      return send(200, { newNonce: `${base}/new-nonce`, newAccount: `${base}/new-account`, newOrder: `${base}/new-order`, meta: {} });
    }
    if (kind === 'new-nonce') return send(request.method === 'HEAD' ? 200 : 204, '');
    if (request.method !== 'POST') throw new Refusal(405, 'malformed', 'POST, section 6.3');
    const { accountId, account, payload } = await readSigned(request, url, kind === 'new-account');

    if (kind === 'new-account') {
      const known = [...accounts].find(([, each]) => each.thumbprint === account.thumbprint)?.[0];
      const { termsOfServiceAgreed, contact } = payload as { termsOfServiceAgreed?: boolean; contact?: string[] };
      if (!known && !termsOfServiceAgreed) throw new Refusal(403, 'userActionRequired', 'terms of service');
      const name = known ?? id();
      accounts.set(name, account);
      log.push(`account ${known ? 'known' : 'new'} ${(contact ?? []).join()}`.trim());
      return send(known ? 200 : 201, { status: 'valid', contact }, { location: `${base}/account/${name}` });
    }
    if (kind === 'account') {
      if (key !== accountId) throw new Refusal(403, 'unauthorized', 'not this account');
      return send(200, { status: 'valid', contact: (payload as { contact?: string[] } | undefined)?.contact });
    }
    if (kind === 'new-order') {
      const identifiers = (payload as { identifiers: { type: string; value: string }[] }).identifiers;
      const order: Order = { account: accountId, names: [], authorizations: [] };
      for (const { type, value } of identifiers) {
        if (type !== 'dns') throw new Refusal(400, 'unsupportedIdentifier', type);
        const authorizationId = id();
        authorizations.set(authorizationId, { account: accountId, name: value, token: randomBytes(32).toString('base64url'), status: 'pending' });
        order.names.push(value);
        order.authorizations.push(authorizationId);
      }
      const name = id();
      orders.set(name, order);
      return send(201, viewOrder(name, order), { location: `${base}/order/${name}` });
    }
    if (kind === 'authorization') return send(200, viewAuthorization(key, owned(authorizations.get(key), accountId)));
    if (kind === 'challenge') {
      const authorization = owned(authorizations.get(key), accountId);
      // The empty payload only asks, `{}` says that the proof is in place (section 7.5.1).
      if (payload !== undefined && authorization.status === 'pending') await validate(authorization, account);
      return send(200, viewChallenge(key, authorization), { link: `<${base}/authorization/${key}>;rel="up"` });
    }
    if (kind === 'order') return send(200, viewOrder(key, owned(orders.get(key), accountId)));
    if (kind === 'finalize') {
      const order = owned(orders.get(key), accountId);
      if (viewOrder(key, order).status !== 'ready') throw new Refusal(403, 'orderNotReady', viewOrder(key, order).status);
      order.certificate = await sign((payload as { csr: string }).csr, order.names);
      return send(200, viewOrder(key, order), { location: `${base}/order/${key}` });
    }
    if (kind === 'certificate') {
      const { certificate } = owned(orders.get(key), accountId);
      return send(200, certificate ?? '', { 'content-type': 'application/pem-certificate-chain' });
    }
    throw new Refusal(404, 'malformed', url);
  }

  // Sections 6.2 to 6.5: signature by the account's key, over this URL, with a nonce that was handed out and never used.
  async function readSigned(request: IncomingMessage, url: string, isNewAccount: boolean) {
    if (request.headers['content-type'] !== 'application/jose+json') throw new Refusal(415, 'malformed', 'application/jose+json');
    let text = '';
    for await (const chunk of request) text += chunk;
    const jws = JSON.parse(text) as { protected: string; payload: string; signature: string };
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString()) as {
      alg: string;
      nonce: string;
      url: string;
      kid?: string;
      jwk?: JsonWebKey;
    };
    if (!nonces.delete(header.nonce)) throw new Refusal(400, 'badNonce', 'unknown or used nonce');
    if (header.url !== url) throw new Refusal(403, 'unauthorized', `signed for ${header.url}`);
    if (header.alg !== 'ES256') throw new Refusal(400, 'badSignatureAlgorithm', header.alg);
    if (isNewAccount === (header.jwk === undefined)) throw new Refusal(400, 'malformed', 'jwk for newAccount, kid for all else');
    const accountId = header.kid?.slice(`${base}/account/`.length) ?? '';
    const jwk = header.jwk ?? accounts.get(accountId)?.jwk;
    if (!jwk) throw new Refusal(400, 'accountDoesNotExist', accountId);
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
    if (!verifySignature('sha256', Buffer.from(`${jws.protected}.${jws.payload}`), key, Buffer.from(jws.signature, 'base64url'))) {
      throw new Refusal(400, 'malformed', 'the signature does not fit');
    }
    // RFC 7638: the members of an EC key, sorted, without spaces.
    const canonical = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
    const account = { jwk, thumbprint: createHash('sha256').update(canonical).digest('base64url') };
    const payload: unknown = jws.payload === '' ? undefined : JSON.parse(Buffer.from(jws.payload, 'base64url').toString());
    return { accountId, account, payload };
  }

  async function validate(authorization: Authorization, account: Account): Promise<void> {
    const got = await fetchProof(options.challengePort, authorization.name, authorization.token);
    const isRight = got.trimEnd() === `${authorization.token}.${account.thumbprint}`;
    authorization.status = isRight ? 'valid' : 'invalid';
    if (!isRight) authorization.error = { status: 403, type: 'urn:ietf:params:acme:error:unauthorized', detail: `no proof at ${authorization.name}: ${got}` };
    log.push(`${isRight ? 'validated' : 'refused'} ${authorization.name}`);
  }

  async function sign(csr: string, names: readonly string[]): Promise<string> {
    const request = new Pkcs10CertificateRequest(Buffer.from(csr, 'base64url'));
    if (!(await request.verify())) throw new Refusal(400, 'badCSR', 'the signature does not fit');
    const asked = (request.getExtension(SUBJECT_ALTERNATIVE_NAME) as SubjectAlternativeNameExtension | null)?.names.items.map((name) => name.value) ?? [];
    if (asked.toSorted().join() !== [...names].sort().join()) throw new Refusal(400, 'badCSR', `names ${asked.join()}`);
    const root = new X509Certificate(authority.cert);
    const now = (options.issuedAt ?? Date.now)();
    const pkcs8 = Buffer.from(authority.key.replaceAll(/-----.*-----|\s/g, ''), 'base64');
    const certificate = await X509CertificateGenerator.create({
      subject: '',
      issuer: root.subjectName,
      notBefore: new Date(now - 3600_000),
      notAfter: new Date(now + (options.validDays ?? 90) * 86_400_000),
      publicKey: request.publicKey,
      signingKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })), true),
      ],
    });
    log.push(`issued ${names.join()}`);
    return `${certificate.toString('pem')}\n${authority.cert}\n`;
  }

  function viewOrder(key: string, order: Order) {
    const states = order.authorizations.map((each) => authorizations.get(each)?.status);
    const open = states.includes('invalid') ? 'invalid' : states.every((state) => state === 'valid') ? 'ready' : 'pending';
    return {
      status: order.certificate ? 'valid' : open,
      identifiers: order.names.map((value) => ({ type: 'dns', value })),
      authorizations: order.authorizations.map((each) => `${base}/authorization/${each}`),
      finalize: `${base}/finalize/${key}`,
      ...(order.certificate ? { certificate: `${base}/certificate/${key}` } : {}),
    };
  }

  function viewAuthorization(key: string, authorization: Authorization) {
    const identifier = { type: 'dns', value: authorization.name };
    return { status: authorization.status, identifier, challenges: [viewChallenge(key, authorization)] };
  }

  function viewChallenge(key: string, { status, token, error }: Authorization) {
    return { type: 'http-01', url: `${base}/challenge/${key}`, status, token, ...(error ? { error } : {}) };
  }

  return {
    directory: `${base}/directory`,
    root: new NodeCertificate(authority.cert).toString(),
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Refusal extends Error {
  readonly problem: Problem;
  constructor(status: number, type: string, detail: string) {
    super(detail);
    this.problem = { status, type: `urn:ietf:params:acme:error:${type}`, detail };
  }
}

function owned<T extends { account: string }>(item: T | undefined, accountId: string): T {
  if (item?.account !== accountId) throw new Refusal(404, 'malformed', 'no such resource of this account');
  return item;
}

function fetchProof(port: number, host: string, token: string): Promise<string> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: `/.well-known/acme-challenge/${token}`, headers: { host } };
    httpGet(options, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(response.statusCode === 200 ? text : `status ${response.statusCode}`));
    }).on('error', (error) => resolve(error.message));
  });
}
