// Owns one call of the public JSON API by its entry in the endpoint table. Used by the seed and by the demo pages alike.
import type { EndpointCall, EndpointResult, EndpointSpec, Problem } from '../server/protocol/index.ts';

/** An answer that is not a success; `problem.code` is stable. Code `offline` means that no answer came at all. */
export class ApiError extends Error {
  readonly problem: Omit<Problem, 'code'> & { code: Problem['code'] | 'offline' };

  constructor(problem: ApiError['problem']) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

export interface CallOptions {
  token?: string | undefined;
  /** Makes a repeated call answer as the first one. */
  idempotencyKey?: string | undefined;
}

/**
 * Calls an endpoint of the server at `origin` ('' is the page's own).
 * @throws ApiError on a problem document, or when the server cannot be reached.
 */
export async function callApi<E extends EndpointSpec>(origin: string, spec: E, call: EndpointCall<E>, options: CallOptions = {}): Promise<EndpointResult<E>> {
  const { params, query, body } = call as { params?: Record<string, string>; query?: Record<string, string | undefined>; body?: unknown };
  const path = spec.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const search = new URLSearchParams(Object.entries(query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const headers: Record<string, string> = {};
  if (options.token) headers['authorization'] = `Bearer ${options.token}`;
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  if (body !== undefined) headers['content-type'] = spec.raw ? 'application/octet-stream' : 'application/json';

  let response: Response;
  try {
    response = await fetch(`${origin}${path}${search.size > 0 ? `?${search}` : ''}`, {
      method: spec.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: spec.raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new ApiError({ type: 'about:blank', title: 'offline', status: 0, code: 'offline', detail: String(cause) });
  }
  // As bytes: text would lose the byte order mark that a spreadsheet needs.
  if (response.ok && spec.produces) return (await response.blob()) as EndpointResult<E>;
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as EndpointResult<E>;
  throw new ApiError(problemOf(response.status, text));
}

function problemOf(status: number, text: string): Problem {
  try {
    const parsed = JSON.parse(text) as Partial<Problem>;
    if (parsed.code) return parsed as Problem;
  } catch {
    // Not ours: a proxy's page. What matters is below.
  }
  return { type: 'about:blank', title: 'internal', status, code: 'internal', detail: `HTTP ${status}` };
}
