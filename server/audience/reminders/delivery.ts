// Owns one push message on its way: encrypted for one browser (RFC 8291), signed (RFC 8292), handed to its push service, within limits.
import { createHash } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import webPush from 'web-push';
import { lookupPublic } from '../../platform/public-address.ts';
import { isPushEndpoint } from './push-address.ts';
import type { PushKeys } from './push-keys.ts';
import type { PushNote } from './words.ts';

const TIMEOUT_MS = 10_000;
const LONGEST_WAIT_S = 3600;

export interface Recipient {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** `gone`: there is no such subscription any more. `refused`: trying again would change nothing. */
export type Outcome = { kind: 'sent' } | { kind: 'gone' } | { kind: 'refused' } | { kind: 'later'; afterMs: number | null };

export interface DeliveryOptions {
  keys: PushKeys;
  /** How the push service reaches who runs this server: a `mailto:` or https address. */
  contact: string;
  /** See {@link isPushEndpoint}. */
  testService: string;
  /** For how long it is of use. */
  ttlMs: number;
}

/** Never throws: whatever a stranger's address does is an outcome. */
export async function deliver(to: Recipient, note: PushNote, { keys, contact, testService, ttlMs }: DeliveryOptions): Promise<Outcome> {
  if (!isPushEndpoint(to.endpoint, testService)) return { kind: 'gone' };
  let details: webPush.RequestDetails;
  try {
    details = webPush.generateRequestDetails({ endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } }, JSON.stringify(note), {
      vapidDetails: { subject: contact, ...keys },
      TTL: Math.max(0, Math.round(ttlMs / 1000)),
      urgency: 'high',
      // 32 signs of base64url at most (RFC 8030): an older note of the same show that still waits is replaced.
      topic: createHash('sha256').update(note.tag).digest('base64url').slice(0, 32),
      contentEncoding: 'aes128gcm',
    });
  } catch {
    // A key that is no point of the curve: no browser made it.
    return { kind: 'gone' };
  }
  const isTest = new URL(to.endpoint).origin === testService;
  const send = details.endpoint.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const call = send(details.endpoint, {
      method: 'POST',
      headers: details.headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(isTest ? {} : { lookup: lookupPublic }),
    });
    call.on('response', (response) => {
      resolve(outcomeOf(response.statusCode ?? 0, response.headers['retry-after']));
      // Nobody needs to hear more; and nobody may go on talking for ever. Redirects are not followed.
      response.destroy();
    });
    call.on('error', () => resolve({ kind: 'later', afterMs: null }));
    call.end(details.body);
  });
}

function outcomeOf(status: number, retryAfter: string | undefined): Outcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status !== 429 && status < 500) return { kind: 'refused' };
  const seconds = Number(retryAfter);
  return { kind: 'later', afterMs: seconds > 0 ? Math.min(seconds, LONGEST_WAIT_S) * 1000 : null };
}
