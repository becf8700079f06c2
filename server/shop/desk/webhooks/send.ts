// Owns one message to a shop's own system: signed with the time it was sent, to an address that may be called, within limits.
import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { FieldcastError } from '../../../platform/errors.ts';
import { isPublicAddress, isPublicOrOwnAddress, lookupOnly } from '../../../platform/public-address.ts';

const TIMEOUT_MS = 10_000;

export interface Target {
  url: string;
  secret: string;
  /** May lead into the server's own network, also without TLS. */
  allowsOwnNetwork: boolean;
}

/** What the other side answered; `status` null: nothing. */
export interface Answer {
  isTaken: boolean;
  status: number | null;
  error: string;
}

/** @throws FieldcastError `desk.webhook-address` where nothing may ever be sent. */
export function requireTarget({ url, allowsOwnNetwork }: Omit<Target, 'secret'>): void {
  const fault = faultOf(url, allowsOwnNetwork);
  if (fault) throw new FieldcastError('desk.webhook-address', fault);
}

/**
 * `fieldcast-signature: t=SECONDS,v1=HEX`: HMAC-SHA-256 of `SECONDS.BODY` with the shared secret. The time is signed too, so that a
 * message somebody has kept cannot be played again later.
 */
export function signature(secret: string, body: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Never throws: whatever the other side does is an answer. Redirects are not followed. */
export function send(target: Target, message: { id: string; body: string }, atMs: number): Promise<Answer> {
  const fault = faultOf(target.url, target.allowsOwnNetwork);
  if (fault) return Promise.resolve({ isTaken: false, status: null, error: fault });
  const url = new URL(target.url);
  const mayCall = target.allowsOwnNetwork ? isPublicOrOwnAddress : isPublicAddress;
  const body = Buffer.from(message.body);
  return new Promise((resolve) => {
    const failed = (error: unknown): void => resolve({ isTaken: false, status: null, error: codeOf(error) });
    try {
      const call = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, 'user-agent': 'Fieldcast', 'fieldcast-delivery': message.id, 'fieldcast-signature': signature(target.secret, message.body, atMs) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        lookup: lookupOnly(mayCall),
      });
      call.on('response', (response) => {
        const status = response.statusCode ?? 0;
        const isTaken = status >= 200 && status < 300;
        resolve({ isTaken, status, error: isTaken ? '' : `HTTP ${status}` });
        // Nobody needs to hear more, and nobody may go on talking for ever.
        response.destroy();
      });
      call.on('error', failed);
      call.end(body);
    } catch (error) {
      failed(error);
    }
  });
}

function faultOf(address: string, allowsOwnNetwork: boolean): string | undefined {
  if (!URL.canParse(address)) return 'not an address';
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowsOwnNetwork)) return 'https is needed';
  if (url.username !== '' || url.password !== '') return 'a password in the address would be seen';
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // A name is looked at when it is connected to; an address in figures is never looked up.
  if (isIP(literal) !== 0 && !(allowsOwnNetwork ? isPublicOrOwnAddress : isPublicAddress)(literal)) return 'this address may not be called';
  return undefined;
}

/** What went wrong, without anything of the message. */
function codeOf(error: unknown): string {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer within 10 s';
  return (code ?? message ?? 'failed').slice(0, 80);
}
