// Owns the cases that follow from the endpoint table alone, so that a new endpoint is covered by being in it.
import { deflateRawSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { EndpointSpec } from '../../../server/protocol/endpoint.ts';
import { endpoints } from '../../../server/protocol/index.ts';
import type { HttpCase } from '../http-client.ts';
import type { Target } from '../market.ts';
import { example, mutations, takingTurns } from '../mutations.ts';

/** Well formed, and nobody's. */
export const UNKNOWN_ID = 'prd_aaaaaaaaaaaaaaaaaaaaaaaa';
const JSON_TYPE = { 'content-type': 'application/json' };

const table = Object.values(endpoints).filter((each) => typeof each === 'object' && 'path' in each) as unknown as EndpointSpec[];

interface Aim {
  target: Target;
  /** Used in turn, so that none of them meets a rate limit. */
  operatorTokens: readonly string[];
  /** Coaches whom the host has let in, in turn too: for what no operator may do. */
  coachTokens: readonly string[];
  /** Host of another show. */
  strangerToken: string;
  viewerToken: string;
}

// What every endpoint refuses by the same lines of code, before its own: some of each list at each endpoint, all of it at all of them.
const someTexts = takingTurns(['', '{', '[1,', 'nul', '{"a":1}}', '\u0000', "{'a':1}", '{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}', '['.repeat(100_000)]);
const someBytes = takingTurns<{ what: string; bytes: string | Uint8Array; codes: NonNullable<HttpCase['codes']> }>([
  { what: 'bytes that are no text', bytes: Buffer.from('7b22c3282800ff22', 'hex'), codes: ['input.not-json'] },
  { what: '1 MB in one string', bytes: JSON.stringify({ name: 'x'.repeat(1 << 20) }), codes: ['input.too-large'] },
  { what: 'compressed', bytes: deflateRawSync('{}'), codes: ['input.not-json'] },
]);
const someTypes = takingTurns(['text/plain', 'text/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream', ';;;']);
const someIds = takingTurns(['%00', 'a', 'x'.repeat(65), 'x'.repeat(500), '..%2f..%2fetc%2fpasswd', '%E0%A4%A', 'constructor', '%F0%9F%8D%8E', "'%20OR%201=1--"]);
const someValues = takingTurns(['', '%00', 'a%20b', '9'.repeat(300)]);
const someForgeries = takingTurns([0, 1, 2, 3, 4, 5]);
const someKeys = takingTurns(['short', 'with a space', 'x'.repeat(129), '12345678, 12345678']);

/** Made one by one: all bodies at once would be 100 MB and hold up the picture that this process is counting. */
export function* endpointCases(aim: Aim): Generator<HttpCase> {
  for (const spec of table) {
    yield* wrongBodies(spec, aim);
    yield* wrongParams(spec, aim);
    yield* wrongQueries(spec, aim);
    yield* wrongCallers(spec, aim);
    yield* wrongKeys(spec, aim);
    const methods = table.filter(({ path }) => path === spec.path).map(({ method }) => method as string);
    const method = ['PUT', 'DELETE', 'PROPFIND'].find((each) => !methods.includes(each)) as string;
    yield { what: `${spec.path} by ${method}, which it has not`, method, path: pathOf(spec, aim) };
  }
}

/** With what its query has to have. */
function pathOf(spec: EndpointSpec, aim: Aim, other: Record<string, string> = {}): string {
  const needed = Object.entries(queryOf(spec)).filter(([, field]) => !v.is(field, undefined));
  const query = needed.map(([name, field]) => `${name}=${encodeURIComponent(String(example(field)))}`).join('&');
  return `${barePathOf(spec, aim, other)}${query === '' ? '' : `?${query}`}`;
}

function queryOf({ query }: EndpointSpec): Record<string, v.GenericSchema> {
  return (query as { entries?: Record<string, v.GenericSchema> } | undefined)?.entries ?? {};
}

function barePathOf(spec: EndpointSpec, { target }: Aim, other: Record<string, string> = {}): string {
  const ids: Record<string, string> = {
    showId: target.show.id,
    productId: target.products[0]?.id ?? '',
    variantId: target.products[0]?.variants[0]?.id ?? '',
    orderId: target.order.id,
    linkId: target.linkId,
    width: '160',
    place: '0',
    ...other,
  };
  return spec.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? UNKNOWN_ID);
}

let turn = 0;

/** Headers of a caller that the endpoint takes. */
function headersOf(spec: EndpointSpec, aim: Aim): Record<string, string> {
  turn += 1;
  return {
    ...(spec.roles.includes('viewer') ? {} : { authorization: `Bearer ${tokenFor(spec, aim)}` }),
    ...(spec.idempotency === 'required' ? { 'idempotency-key': `hostile-endpoint-${turn}` } : {}),
  };
}

function tokenFor({ roles }: EndpointSpec, { operatorTokens, coachTokens, target }: Aim): string {
  if (!roles.includes('operator') && !roles.includes('coach')) return target.hostToken;
  const tokens = roles.includes('operator') ? operatorTokens : coachTokens;
  return tokens[turn % tokens.length] as string;
}

function goodBody(spec: EndpointSpec): { headers: Record<string, string>; body?: string } {
  if (spec.raw) return { headers: { 'content-type': spec.raw.types.at(-1) as string }, body: 'bytes' };
  return spec.body ? { headers: JSON_TYPE, body: JSON.stringify(example(spec.body)) } : { headers: {} };
}

function* wrongBodies(spec: EndpointSpec, aim: Aim): Generator<HttpCase> {
  const path = pathOf(spec, aim);
  const at = `${spec.method} ${spec.path}`;
  const post = (what: string, body: string | Uint8Array, type: string, codes: NonNullable<HttpCase['codes']>): HttpCase => ({
    what: `${at}: ${what}`,
    method: spec.method,
    path,
    headers: { ...headersOf(spec, aim), 'content-type': type },
    body,
    codes,
  });
  if (spec.raw) {
    yield post('one byte too many', new Uint8Array(spec.raw.maxBytes + 1), spec.raw.types.at(-1) as string, ['input.too-large']);
    yield post('no bytes', '', spec.raw.types.at(-1) as string, ['input.invalid']);
    for (const type of ['application/json', 'text/html', 'image/svg+xml', 'multipart/form-data; boundary=x', ';;;']) {
      if (!spec.raw.types.includes(type)) yield post(type, '{}', type, ['input.media-type']);
    }
    return;
  }
  if (!spec.body) return;
  for (const { what, value } of mutations(spec.body)) {
    yield post(what, JSON.stringify(value), 'application/json', ['input.invalid', 'input.not-json', 'input.too-large']);
  }
  for (const body of someTexts(3)) yield post(`the text ${body.slice(0, 30)}`, body, 'application/json', ['input.not-json', 'input.invalid']);
  for (const type of someTypes(2)) yield post(type, JSON.stringify(example(spec.body)), type, ['input.media-type']);
  const [odd] = someBytes(1);
  if (odd) yield post(odd.what, odd.bytes, 'application/json', odd.codes);
}

function* wrongParams(spec: EndpointSpec, aim: Aim): Generator<HttpCase> {
  const { headers, body } = goodBody(spec);
  for (const [, name = ''] of spec.path.matchAll(/\{(\w+)\}/g)) {
    for (const value of [...someIds(3), '__proto__', UNKNOWN_ID]) {
      yield {
        what: `${spec.method} ${spec.path}: ${name} is ${value.slice(0, 30)}`,
        method: spec.method,
        path: pathOf(spec, aim, { [name]: value }),
        headers: { ...headersOf(spec, aim), ...headers },
        ...(body === undefined ? {} : { body }),
        codes: ['input.invalid', 'input.not-json', 'not-found', 'picture.unreadable', 'shelf.not-on-shelf', 'attendance.closed'],
      };
    }
  }
}

function* wrongQueries(spec: EndpointSpec, aim: Aim): Generator<HttpCase> {
  const queries = Object.keys(queryOf(spec)).flatMap((name) => [...someValues(2).map((value) => `${name}=${value}`), `${name}[x]=1`, `${name}=1&${name}=2`]);
  if (spec.query) queries.push('surprise=1', '__proto__=1', 'constructor.prototype=1');
  for (const query of queries) {
    yield {
      what: `${spec.method} ${spec.path}?${query.slice(0, 40)}`,
      method: spec.method,
      path: `${barePathOf(spec, aim)}?${query}`,
      headers: headersOf(spec, aim),
      codes: ['input.invalid'],
    };
  }
}

function* wrongCallers(spec: EndpointSpec, aim: Aim): Generator<HttpCase> {
  const { headers, body } = goodBody(spec);
  const by = (what: string, authorization: string | undefined, codes: NonNullable<HttpCase['codes']>): HttpCase => ({
    what: `${spec.method} ${spec.path} by ${what}`,
    method: spec.method,
    path: pathOf(spec, aim),
    headers: { ...headers, 'idempotency-key': 'hostile-key', ...(authorization === undefined ? {} : { authorization }) },
    ...(body === undefined ? {} : { body }),
    codes,
  });
  const forgeries = forgedAuthorizations(aim.operatorTokens[0] as string);
  for (const index of someForgeries(2)) {
    const [what, authorization] = forgeries[index] as [string, string];
    yield by(what, authorization, ['auth.invalid']);
  }
  if (!spec.roles.includes('viewer')) {
    yield by('nobody', undefined, ['auth.missing']);
    yield by('a viewer', `Bearer ${aim.viewerToken}`, ['auth.forbidden']);
    // Without an id in the path it is their own that they ask about.
    const isForeign = spec.path.includes('{');
    if (!spec.roles.includes('host') || isForeign) yield by('the host of another show', `Bearer ${aim.strangerToken}`, ['auth.forbidden', 'not-found']);
  }
}

export function forgedAuthorizations(token: string): [string, string][] {
  const [, payload = ''] = token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const none = `${encode({ alg: 'none' })}.${payload}.`;
  const own = `${encode({ alg: 'HS256' })}.${payload}`;
  return [
    ['another scheme', 'Basic b3BlcmF0b3I6b3BlcmF0b3I='],
    ['a word', 'Bearer'],
    ['4 kB and more', `Bearer ${'a'.repeat(5_000)}`],
    ['a token without signature', `Bearer ${none}`],
    ['a token signed by themselves', `Bearer ${own}.${createHmac('sha256', 'guessed').update(own).digest('base64url')}`],
    ['a token cut short', `Bearer ${token.slice(0, -2)}`],
  ];
}

function* wrongKeys(spec: EndpointSpec, aim: Aim): Generator<HttpCase> {
  if (!spec.idempotency) return;
  const { headers, body } = goodBody(spec);
  for (const key of someKeys(2)) {
    yield {
      what: `${spec.method} ${spec.path}: Idempotency-Key ${key.slice(0, 20)}`,
      method: spec.method,
      path: pathOf(spec, aim),
      headers: { ...headersOf(spec, aim), ...headers, 'idempotency-key': key },
      ...(body === undefined ? {} : { body }),
      codes: ['input.invalid'],
    };
  }
}
