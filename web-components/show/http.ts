// Owns HTTP calls to the JSON API: typed by endpoint, bounded in time, answers as Outcome.
import type { EndpointCall, EndpointResult, EndpointSpec } from '../../server/protocol/endpoint.ts';
import { errorStatus, type ErrorCode, type Problem } from '../../server/protocol/errors.ts';
import { failure, type Failure, type Outcome, success } from './outcome.ts';

/** Short staff or viewer token, or null for none. `refresh` asks for a new one after the server refused the last. */
export type TokenProvider = (refresh?: boolean) => Promise<string | null>;

export interface HttpOptions {
  serverUrl: string;
  token?: TokenProvider;
  fetch?: typeof fetch;
}

export interface CallOptions {
  idempotencyKey?: string;
  /** Default 10,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Send the device session cookie: only for session calls, and only on the server's own origin. */
  credentials?: RequestCredentials;
}

/** Parts of a call as its endpoint declares them, beside how to call. */
export type CallParts<E extends EndpointSpec> = EndpointCall<E> & CallOptions;
export type Call = <const E extends EndpointSpec>(endpoint: E, parts: CallParts<E>) => Promise<Outcome<EndpointResult<E>>>;

interface LooseParts extends CallOptions {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

function addressOf(serverUrl: string, path: string, parts: LooseParts): string {
  const params = (parts.params ?? {}) as Record<string, unknown>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((parts.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `${serverUrl}${filled}${query.size > 0 ? `?${query}` : ''}`;
}

async function readProblem(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const isKnown = typeof problem?.code === 'string' && problem.code in errorStatus;
  // A proxy in between answers without our code; its status still says whether to try again.
  const code: ErrorCode = isKnown ? (problem?.code as ErrorCode) : response.status === 404 ? 'not-found' : response.status === 429 ? 'rate.limited' : 'internal';
  const retryAfter = Number(response.headers.get('retry-after'));
  return {
    code,
    status: response.status,
    detail: problem?.detail ?? response.statusText,
    ...(problem?.issues ? { issues: problem.issues } : {}),
    ...(problem?.params ? { params: problem.params } : {}),
    ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
  };
}

/** Makes the function that calls endpoints of one server. Never throws. */
export function createCall({ serverUrl, token, fetch: send = (...args) => fetch(...args) }: HttpOptions): Call {
  async function once(endpoint: EndpointSpec, parts: LooseParts, refresh: boolean): Promise<Outcome<unknown>> {
    const headers: Record<string, string> = { accept: 'application/json' };
    const bearer = await token?.(refresh);
    if (bearer) headers['authorization'] = `Bearer ${bearer}`;
    if (parts.idempotencyKey) headers['idempotency-key'] = parts.idempotencyKey;
    const init: RequestInit = { method: endpoint.method, headers };
    if (parts.credentials) init.credentials = parts.credentials;
    if (endpoint.raw) {
      headers['content-type'] = (parts.body instanceof Blob && parts.body.type) || 'application/octet-stream';
      init.body = parts.body as BodyInit;
    } else if (parts.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(parts.body);
    }
    // AbortSignal.any and .timeout are missing in the WebViews of older phones.
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), parts.timeoutMs ?? 10_000);
    const forward = () => abort.abort();
    if (parts.signal?.aborted) forward();
    parts.signal?.addEventListener('abort', forward, { once: true });
    try {
      const response = await send(addressOf(serverUrl, endpoint.path, parts), { ...init, signal: abort.signal });
      if (!response.ok) return { ok: false, error: await readProblem(response) };
      if (endpoint.produces) return success(await response.blob());
      return success(response.status === 204 || !endpoint.response ? undefined : await response.json());
    } catch (cause) {
      if (abort.signal.aborted) return failure('network.timeout', `no answer to ${endpoint.method} ${endpoint.path}`);
      if (cause instanceof SyntaxError) return failure('network.unreadable', 'the answer is not JSON');
      return failure('network.offline', String(cause));
    } finally {
      clearTimeout(timer);
      parts.signal?.removeEventListener('abort', forward);
    }
  }

  const call = async (endpoint: EndpointSpec, parts: LooseParts) => {
    const first = await once(endpoint, parts, false);
    if (first.ok || first.error.code !== 'auth.invalid' || !token) return first;
    return once(endpoint, parts, true);
  };
  return call as Call;
}
