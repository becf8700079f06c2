// Owns the question whose page a request comes from, by what a browser sends along and a page cannot change.

/**
 * @param origin the `Origin` header
 * @param host the `Host` by which this server was reached
 * @returns origin of another site's page; undefined for the server's own pages and for what is no page
 */
export function foreignOrigin(origin: string | undefined, host: string | undefined): string | undefined {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return undefined;
  return origin;
}
