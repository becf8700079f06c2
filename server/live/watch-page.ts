// Owns the address where a show is watched: the shop's own page where it has one, else the server's.
import type { Show } from '../protocol/show.ts';
import { FieldcastError } from '../platform/errors.ts';

/**
 * A page's address as it is kept.
 * @param publicUrl where this server is reached
 * @throws FieldcastError `input.invalid` for what is neither https nor on the server itself, and for one with a password in it
 */
export function requirePageUrl(pageUrl: string, publicUrl: string): string {
  const url = URL.canParse(pageUrl) ? new URL(pageUrl) : undefined;
  const isOwn = url !== undefined && URL.canParse(publicUrl) && url.origin === new URL(publicUrl).origin;
  if (url && url.username === '' && url.password === '' && (url.protocol === 'https:' || isOwn)) return url.href;
  throw new FieldcastError('input.invalid', 'The page has to be an https address or on this server.', {
    issues: [{ path: 'pageUrl', message: 'an https address, or one of this server' }],
  });
}

/** @param publicUrl where this server is reached, without a trailing slash */
export function watchUrl(show: Pick<Show, 'id' | 'pageUrl'>, publicUrl: string): string {
  return show.pageUrl ?? `${publicUrl}/demo/shop.html?show=${show.id}`;
}
