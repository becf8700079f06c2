// Owns the HTTP routes by which people and devices get in: sessions, tokens, one-time links.
import { renderSVG } from 'uqr';
import * as endpoints from '../../protocol/endpoints.ts';
import { newId } from '../../protocol/ids.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route, type RouteContext } from '../../platform/http/route.ts';
import type { Bus } from '../../platform/events.ts';
import type { LiveFacts } from '../facts.ts';
import type { Shows } from '../shows.ts';
import { type LinkRow, type Links, rightsOf } from './links.ts';
import { requireHostOf } from './permissions.ts';
import { isSameSecret } from './secrets.ts';
import type { Sessions } from './sessions.ts';

const COOKIE = 'fieldcast_session';

export function accessRoutes(deps: {
  sessions: Sessions;
  links: Links;
  shows: Shows;
  bus: Bus<LiveFacts>;
  /** Whether somebody who came by the link is connected now. */
  isOnline: (linkId: string) => boolean;
  /** SHA-256 of the operator's secret. */
  operatorSecretHash: string;
  /** Where the pages of this server are reached, known once it listens. */
  publicUrl: () => string;
}): Route[] {
  const { sessions, links, shows, bus, publicUrl } = deps;

  function keepSession(context: RouteContext<any>, secret: string, expiresAt: number): void {
    context.reply.setCookie(COOKIE, secret, {
      httpOnly: true,
      // Another site's page can neither send it nor read the token it is exchanged for.
      sameSite: 'strict',
      secure: publicUrl().startsWith('https:'),
      path: '/api/v1/sessions',
      expires: new Date(expiresAt),
    });
  }

  /** @throws FieldcastError `not-found`, `auth.forbidden` for a link of somebody else's show. */
  async function linkOf(caller: Caller, linkId: string): Promise<LinkRow & { show_id: string }> {
    const found = await links.find(linkId);
    if (!found?.show_id) throw new FieldcastError('not-found', 'There is no such link.');
    requireHostOf(caller, await shows.require(found.show_id));
    return { ...found, show_id: found.show_id };
  }

  return [
    route(endpoints.openSession, async (context) => {
      const { body } = context;
      if ('operatorSecret' in body && !isSameSecret(body.operatorSecret, deps.operatorSecretHash)) {
        throw new FieldcastError('auth.invalid', 'This is not the operator secret.');
      }
      const { secret, session } =
        'code' in body
          ? await sessions.openByCode(body.code, body.identity)
          : await sessions.open({ role: 'operator', identity: newId('per'), name: 'operator', showId: null, rights: [] });
      keepSession(context, secret, session.sessionExpiresAt);
      return session;
    }),

    route(endpoints.renewToken, async ({ cookies }) => {
      const secret = cookies[COOKIE];
      if (!secret) throw new FieldcastError('auth.missing', 'This device is not signed in.');
      return sessions.renew(secret);
    }),

    route(endpoints.closeSession, async ({ cookies, reply }) => {
      const secret = cookies[COOKIE];
      if (secret) await sessions.close(secret);
      reply.clearCookie(COOKIE, { path: '/api/v1/sessions' });
      return undefined;
    }),

    route(endpoints.createLink, async ({ params, body, caller }) => {
      const show = await shows.require(params.showId);
      requireHostOf(caller, show);
      const isHost = body.role === 'host';
      const name = isHost ? show.hostName : body.name || body.role;
      const identity = isHost ? show.hostId : newId('per');
      const person = { role: body.role, identity, name, showId: show.id, rights: body.role === 'helper' ? body.rights : [] };
      const made = await links.create(person);
      // The code is in the fragment: it reaches the page, but no server or proxy log.
      const url = `${publicUrl()}/demo/${body.role === 'coach' ? 'coach' : 'farmer'}.html#code=${made.code}`;
      bus.emit('link.made', { linkId: made.id, showId: show.id, role: body.role, identity, name, by: caller.claims.role });
      const given = rightsOf({ role: body.role, rights: JSON.stringify(person.rights) });
      return { id: made.id, role: body.role, name, showId: show.id, rights: given, url, qrSvg: renderSVG(url), expiresAt: made.expiresAt };
    }),

    route(endpoints.listLinks, async ({ params, caller }) => {
      requireHostOf(caller, await shows.require(params.showId));
      return { links: (await links.ofShow(params.showId)).map((row) => links.view(row, params.showId, deps.isOnline(row.id))) };
    }),

    route(endpoints.changeLink, async ({ params, body, caller }) => {
      const found = await linkOf(caller, params.linkId);
      if (found.role !== 'helper') throw new FieldcastError('auth.forbidden', 'Only a helper has rights that can be changed.');
      await links.change(found.id, body);
      return links.view(await linkOf(caller, found.id), found.show_id, deps.isOnline(found.id));
    }),

    route(endpoints.revokeLink, async ({ params, caller }) => {
      await links.revoke((await linkOf(caller, params.linkId)).id);
      return undefined;
    }),
  ];
}
