// Owns HTTP requests as no well-meaning client makes them: any header, any body, any path, no clean-up of what is given.
import { Agent, request } from 'node:http';
import type { ErrorCode } from '../../server/protocol/errors.ts';
import { brief, faultOfProblem } from './refusal.ts';

export interface HttpCase {
  what: string;
  method: string;
  /** As it goes on the wire. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Codes it may be answered with; any of 4xx when not given. */
  codes?: readonly ErrorCode[];
  /** engine.io answers in its own words; then only the status is looked at. */
  isForeignProtocol?: boolean;
}

// A connection each: what is no whole request may end its own, and the next one must not meet that.
const single = new Agent({ keepAlive: false });
/** For requests that are wrong and whole: most of what a connection costs is its beginning. */
export const kept = new Agent({ keepAlive: true, maxSockets: 4 });
/** Larger bodies are announced first; a server that refuses them closes while they are on the way, and the answer would be lost. */
const ANNOUNCED_BYTES = 128 * 1024;

/** Sends it. @param connections `kept` for requests that end no connection @returns what is wrong with the answer, or undefined */
export async function faultOf(origin: string, each: HttpCase, connections: Agent = single): Promise<string | undefined> {
  const answer = await send(origin, each, connections);
  if ('error' in answer) return answer.error;
  const { status, type, text } = answer;
  if (status < 400 || status >= 500) return `${status} ${text.slice(0, 200)}`;
  if (each.isForeignProtocol) return undefined;
  if (!type.startsWith('application/problem+json')) return `${status} as ${type || 'nothing'}: ${text.slice(0, 120)}`;
  const problem = JSON.parse(text);
  return problem.status === status ? faultOfProblem(problem, each.codes) : `status ${status} with ${brief(problem)}`;
}

type Answer = { status: number; type: string; text: string } | { error: string };

function send(origin: string, { method, path, headers = {}, body }: HttpCase, connections: Agent): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const size = body === undefined ? 0 : Buffer.byteLength(body);
  // A body that is refused while it is on the way ends its connection.
  const agent = size > ANNOUNCED_BYTES ? single : connections;
  return new Promise((resolve) => {
    const outgoing = request({ hostname, port, method, path, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': size }) }, agent });
    outgoing.once('error', (error) => resolve({ error: `no answer: ${error.message}` }));
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', (error) => resolve({ error: `half an answer: ${error.message}` }));
      incoming.once('end', () => {
        resolve({ status: incoming.statusCode ?? 0, type: incoming.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
        if (!outgoing.writableEnded) outgoing.destroy();
      });
    });
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error('no answer in 10 s')));
    if (size <= ANNOUNCED_BYTES) return void outgoing.end(body);
    outgoing.flushHeaders();
    const timer = setTimeout(() => outgoing.end(body), 1_000);
    outgoing.once('response', () => clearTimeout(timer));
  });
}
