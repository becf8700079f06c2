// Owns the HTTP routes by which people and devices get in: sessions, tokens, one-time links.
import { renderSVG } from 'uqr';
import { type LinkSummary, rights } from '../../protocol/access.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import { newId } from '../../protocol/ids.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route, type RouteContext } from '../../platform/http/route.ts';
import type { Shows } from '../shows.ts';
import { requireHostOf } from './permissions.ts';
import { isSameSecret, readRights, type Sessions } from './sessions.ts';

const COOKIE = 'fieldcast_session';

export function accessRoutes(deps: {
  sessions: Sessions;
  shows: Shows;
  /** SHA-256 of the operator's secret. */
  operatorSecretHash: string;
  /** Where the pages of this server are reached, known once it listens. */
  publicUrl: () => string;
}): Route[] {
  const { sessions, shows, publicUrl } = deps;

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
      const name = isHost ? show.hostName : body.name || 'helper';
      const identity = isHost ? show.hostId : newId('per');
      const made = await sessions.createLink({ role: body.role, identity, name, showId: show.id, rights: isHost ? [] : body.rights });
      // The code is in the fragment: it reaches the page, but no server or proxy log.
      const url = `${publicUrl()}/demo/farmer.html#code=${made.code}`;
      return { id: made.id, role: body.role, name, showId: show.id, rights: isHost ? [...rights] : body.rights, url, qrSvg: renderSVG(url), expiresAt: made.expiresAt };
    }),

    route(endpoints.listLinks, async ({ params, caller }) => {
      requireHostOf(caller, await shows.require(params.showId));
      const links = (await sessions.linksOf(params.showId)).map(
        (row): LinkSummary => ({
          id: row.id,
          role: row.role,
          name: row.name,
          showId: params.showId,
          rights: row.role === 'helper' ? readRights(row.rights) : [...rights],
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          usedAt: row.used_at,
          revokedAt: row.revoked_at,
        }),
      );
      return { links };
    }),

    route(endpoints.revokeLink, async ({ params, caller }) => {
      const found = await sessions.findLink(params.linkId);
      if (!found?.show_id) throw new FieldcastError('not-found', 'There is no such link.');
      requireHostOf(caller, await shows.require(found.show_id));
      await sessions.revokeLink(params.linkId);
      return undefined;
    }),
  ];
}
