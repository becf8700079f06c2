// Owns `fieldcast token`: a signed bearer token for a role.
import * as v from 'valibot';
import type { Shows } from '../live/index.ts';
import type { Auth } from '../platform/auth.ts';
import { type Claims, role, USUAL_RIGHTS } from '../protocol/access.ts';
import { newId } from '../protocol/ids.ts';
import { type Answer, UsageError } from './answer.ts';

export async function token(values: { role?: string; show?: string; ttl?: string }, shows: Shows, auth: Auth): Promise<Answer> {
  const who = v.safeParse(role, values.role);
  if (!who.success) throw new UsageError('token needs --role viewer, host, helper, operator or coach');
  const claims: Claims = { role: who.output, identity: newId(who.output === 'viewer' ? 'vwr' : 'per') };
  if (who.output === 'host' || who.output === 'helper' || who.output === 'coach') {
    const show = values.show === undefined ? undefined : await shows.find(values.show);
    if (!show) throw new UsageError(`token --role ${who.output} needs --show with the id of a show; see "show list"`);
    claims.showId = show.id;
    if (who.output === 'host') claims.identity = show.hostId;
    else if (who.output === 'helper') claims.rights = [...USUAL_RIGHTS];
  }
  const ttlMs = duration(values.ttl ?? '1h');
  const signed = await auth.sign(claims, ttlMs);
  return { text: signed, json: { token: signed, ...claims, expiresAt: Date.now() + ttlMs } };
}

/** `90s`, `15m`, `1h`, `30d` in ms. */
function duration(text: string): number {
  const match = /^(\d{1,5})([smhd])$/.exec(text);
  if (!match) throw new UsageError(`--ttl: got "${text}", takes a number with s, m, h or d, such as 15m`);
  const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as 's' | 'm' | 'h' | 'd'];
  return Number(match[1]) * unitMs;
}
