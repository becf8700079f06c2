// Owns when a certificate has to be replaced: its last days, or names that are not the server's any more.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyAndCertificate } from './pem-file.ts';

const DAY_MS = 86_400_000;
const LAST_DAYS_MS = 30 * DAY_MS;

/** Host names and addresses of a certificate, as `certificateNames` writes them, sorted. */
export function namesOf(cert: string): string[] {
  const names = new X509Certificate(cert).subjectAltName ?? '';
  return names
    .split(', ')
    .flatMap((each) => /^(?:DNS|IP Address):(.+)$/.exec(each)?.[1] ?? [])
    .map(normalizeName)
    .sort();
}

/** One way to write a name: lower case, IPv6 the way URLs have it. */
export function normalizeName(name: string): string {
  if (!name.includes(':')) return name.toLowerCase();
  return new URL(`http://[${name}]`).hostname.slice(1, -1);
}

/** Why `pair` must not serve as it is, or undefined when it may. @param now ms since epoch */
export function reasonToRenew(pair: KeyAndCertificate | undefined, names: readonly string[], now: number): string | undefined {
  if (!pair) return 'there is none yet';
  const certificate = readable(pair);
  if (!certificate) return 'it cannot be read';
  const from = Date.parse(certificate.validFrom);
  const until = Date.parse(certificate.validTo);
  // A third of the lifetime where that is shorter: some authorities give 6 days.
  if (until - now < Math.min(LAST_DAYS_MS, (until - from) / 3)) return `it ends on ${new Date(until).toISOString()}`;
  const has = namesOf(pair.cert);
  const wants = [...new Set(names.map(normalizeName))].sort();
  return has.join() === wants.join() ? undefined : `the names are ${wants.join(', ')} now, it has ${has.join(', ')}`;
}

/** Whether clients would still accept it: worth serving until there is a better one. */
export function isUsable(pair: KeyAndCertificate | undefined, name: string, now: number): pair is KeyAndCertificate {
  const certificate = pair && readable(pair);
  return certificate !== undefined && Date.parse(certificate.validTo) > now && namesOf(pair?.cert ?? '').includes(normalizeName(name));
}

/** Whether certificate and key can be read and belong together. */
export function isWhole(pair: KeyAndCertificate): boolean {
  return readable(pair) !== undefined;
}

function readable({ key, cert }: KeyAndCertificate): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(cert);
    return certificate.checkPrivateKey(createPrivateKey(key)) ? certificate : undefined;
  } catch {
    return undefined;
  }
}
