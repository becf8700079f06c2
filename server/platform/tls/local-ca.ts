// Owns `FIELDCAST_TLS=local-ca`: an authority made once, and a server certificate that follows the machine's names by itself.
import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createAuthority, issueCertificate } from './authority.ts';
import { keepPair, type KeyAndCertificate, readPair } from './pem-file.ts';
import { isWhole, reasonToRenew } from './renewal.ts';

const CHECK_EVERY_MS = 3600_000;
const ROOT_LAST_DAYS_MS = 30 * 86_400_000;

export interface LocalCa {
  current(): KeyAndCertificate;
  /** The root in DER, for phones to install. Holds no secret. */
  root(): Uint8Array;
  close(): void;
}

/**
 * @param options.names asked at every check, because addresses of a machine change while it runs.
 * @param options.onRenewed called with each certificate after the first.
 */
export async function openLocalCa(options: {
  folder: string;
  names: () => string[];
  clock: Clock;
  log: Logger;
  onRenewed: (pair: KeyAndCertificate) => void;
}): Promise<LocalCa> {
  const { clock, log } = options;
  const authorityFile = join(options.folder, 'local-ca.pem');
  const serverFile = join(options.folder, 'local-server.pem');
  let authority = await readPair(authorityFile);
  let pair = await readPair(serverFile);

  const ensure = async (): Promise<boolean> => {
    const now = clock.now();
    if (!authority || !isLasting(authority, now)) {
      const isFirst = authority === undefined;
      authority = await createAuthority(`Fieldcast ${hostname()} ${new Date(now).toISOString().slice(0, 10)}`, now);
      await keepPair(authorityFile, authority);
      pair = undefined;
      if (!isFirst) log.warn('the local authority was at its end or unreadable and is a new one: every phone has to install /ca.crt again');
    }
    const names = options.names();
    const signed = pair && isSignedBy(pair, authority) ? pair : undefined;
    const reason = reasonToRenew(signed, names, now);
    if (reason === undefined) return false;
    pair = await issueCertificate(authority, names, now);
    await keepPair(serverFile, pair);
    log.info({ reason, names }, 'server certificate issued');
    return true;
  };

  await ensure();
  let isClosed = false;
  let cancel = clock.after(CHECK_EVERY_MS, check);
  async function check(): Promise<void> {
    try {
      if (await ensure()) options.onRenewed(pair as KeyAndCertificate);
    } catch (error) {
      log.error({ err: error }, 'the server certificate could not be renewed');
    }
    if (!isClosed) cancel = clock.after(CHECK_EVERY_MS, check);
  }
  return {
    current: () => pair as KeyAndCertificate,
    root: () => new X509Certificate((authority as KeyAndCertificate).cert).raw,
    close() {
      isClosed = true;
      cancel();
    },
  };
}

function isLasting(authority: KeyAndCertificate, now: number): boolean {
  if (!isWhole(authority)) return false;
  const root = new X509Certificate(authority.cert);
  return root.verify(root.publicKey) && Date.parse(root.validTo) - now > ROOT_LAST_DAYS_MS;
}

function isSignedBy(pair: KeyAndCertificate, authority: KeyAndCertificate): boolean {
  return isWhole(pair) && new X509Certificate(pair.cert).verify(new X509Certificate(authority.cert).publicKey);
}
