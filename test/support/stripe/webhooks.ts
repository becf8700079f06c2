// Owns Stripe's side of webhooks: events as it words them, its signature (scheme v1 over "t.body", docs.stripe.com/webhooks/signature), and
// deliveries as they come in real life: several times, in any order, at once.
import { createHmac } from 'node:crypto';
import { newStripeId } from './ledger.ts';

export interface StripeEvent {
  id: string;
  type: string;
  account?: string;
  livemode: boolean;
  data: { object: Record<string, unknown> };
}

/** @param secrets while one takes the place of another, there is a signature of each. */
export function signatureOf(body: string, secrets: readonly string[], atMs: number): string {
  const t = Math.floor(atMs / 1000);
  return [`t=${t}`, ...secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`)].join(',');
}

export function eventOf(type: string, object: object, extra: Partial<StripeEvent> = {}): StripeEvent {
  return { id: newStripeId('evt'), type, livemode: false, data: { object: structuredClone(object) as Record<string, unknown> }, ...extra };
}

/** The bytes of a delivery. */
export function bodyOf(event: StripeEvent): string {
  return JSON.stringify({ object: 'event', api_version: '2026-10-28.endive', created: 1, pending_webhooks: 1, request: null, ...event });
}

export interface Delivery {
  status: number;
  tookMs: number;
}

/** Sends an event once, signed. */
export async function deliver(url: string, event: StripeEvent, secrets: readonly string[], atMs = Date.now()): Promise<Delivery> {
  const body = bodyOf(event);
  return deliverRaw(url, body, signatureOf(body, secrets, atMs));
}

export async function deliverRaw(url: string, body: string, signature: string | undefined): Promise<Delivery> {
  const startedAt = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
    body,
  });
  await answer.arrayBuffer();
  return { status: answer.status, tookMs: performance.now() - startedAt };
}
