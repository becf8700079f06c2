// Owns a rehearsal for tests: a host with a real show, a rehearsal of it, and a coach by the host's link.
import type { Session } from '../../server/protocol/access.ts';
import type { Show } from '../../server/protocol/show.ts';
import { type Call, type Market, openMarket } from './market.ts';

export interface Practice {
  /** The real show, and who hosts it. */
  market: Market;
  show: Show;
  /** On the rehearsal's shelf, in its order. */
  productIds: string[];
  hostToken: string;
  coachToken: string;
}

export async function openPractice(app: { call: Call; operatorToken: string }, stocks: readonly number[] = [10, 10]): Promise<Practice> {
  const market = await openMarket(app, stocks);
  const { show: real, products, hostToken } = market;
  const made = await app.call<{ show: Show }>('POST', '/api/v1/rehearsals', { token: hostToken, body: { sellerId: real.sellerId, title: 'Practice', productIds: products.map(({ id }) => id) } });
  const show = made.body.show;
  const snapshot = await app.call<{ shelf: { id: string }[] }>('GET', `/api/v1/shows/${show.id}`, { token: hostToken });
  return { market, show, productIds: snapshot.body.shelf.map(({ id }) => id), hostToken, coachToken: await coachOf(app.call, hostToken, show.id, 'Li') };
}

/** Another coach by a link of the host. */
export async function coachOf(call: Call, hostToken: string, showId: string, name: string): Promise<string> {
  const link = await call<{ url: string }>('POST', `/api/v1/shows/${showId}/links`, { token: hostToken, body: { role: 'coach', name } });
  const session = await call<Session>('POST', '/api/v1/sessions', { body: { code: new URL(link.body.url).hash.slice('#code='.length) } });
  return session.body.token;
}
