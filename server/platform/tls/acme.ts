// Owns `FIELDCAST_TLS=acme`: a certificate of a public authority (RFC 8555, http-01), cached on disk and renewed while the server runs.
import { join } from 'node:path';
import * as acme from 'acme-client';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createAuthority, issueCertificate } from './authority.ts';
import { keepPair, keepPem, type KeyAndCertificate, readPair, readPem } from './pem-file.ts';
import { isUsable, reasonToRenew } from './renewal.ts';

const CHECK_EVERY_MS = 6 * 3600_000;
// Let's Encrypt counts failures: 5 an hour for one name. Doubling from 5 minutes stays at 4.
const FIRST_RETRY_MS = 5 * 60_000;
const LONGEST_RETRY_MS = 6 * 3600_000;
const REQUEST_LIMIT_MS = 30_000;

export interface AcmeOptions {
  folder: string;
  /** Address of the authority's directory. */
  directory: string;
  /** Where the authority writes about the account; may be empty. */
  email: string;
  /** The host name to certify. */
  name: string;
  clock: Clock;
  log: Logger;
  onRenewed: (pair: KeyAndCertificate) => void;
  /** First wait between two looks at an order under way; the library's own is 5 s. */
  pollMs?: number;
}

export interface AcmeCertificate {
  current(): KeyAndCertificate;
  /** The proof for a token of an order under way, to be served at `/.well-known/acme-challenge/{token}`. */
  proof(token: string): string | undefined;
  /** Orders where that is needed; call it once the proofs can be fetched. Goes on by itself, through failures, until `close`. */
  start(): void;
  close(): void;
}

/** Never waits for the authority: without a cached certificate the server starts with a temporary one that browsers warn about. */
export async function openAcme(options: AcmeOptions): Promise<AcmeCertificate> {
  const { clock, log, name } = options;
  const file = join(options.folder, `acme-${new URL(options.directory).host.replaceAll(/[^A-Za-z0-9.-]/g, '_')}.pem`);
  const proofs = new Map<string, string>();
  let cached = await readPair(file);
  let current = isUsable(cached, name, clock.now()) ? cached : await temporary(name, clock.now());
  let failures = 0;
  let isClosed = false;
  let cancel = (): void => undefined;

  const renew = async (): Promise<void> => {
    const reason = reasonToRenew(cached, [name], clock.now());
    if (reason === undefined) return;
    log.info({ reason, host: name, directory: options.directory }, 'ordering a certificate');
    const pair = await order(options, proofs);
    if (isClosed) return;
    await keepPair(file, pair);
    current = cached = pair;
    log.info({ host: name }, 'certificate received');
    options.onRenewed(pair);
  };
  const run = async (): Promise<void> => {
    let waitMs = CHECK_EVERY_MS;
    try {
      await renew();
      failures = 0;
    } catch (error) {
      waitMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      failures += 1;
      const reason = reasonOf(error, options.directory);
      log.warn({ reason, host: name, nextTryMinutes: waitMs / 60_000 }, 'no new certificate, the server goes on with the one it has');
    }
    if (!isClosed) cancel = clock.after(waitMs, run);
  };

  return {
    current: () => current,
    proof: (token) => proofs.get(token),
    start: () => void run(),
    close() {
      isClosed = true;
      cancel();
    },
  };
}

function reasonOf(error: unknown, directory: string): string {
  // What acme-client 5.4 makes of a connection that failed: it looks for the status of an answer that there is none of.
  if (error instanceof TypeError) return `no connection to ${new URL(directory).host}`;
  // Its message alone: the error of the HTTP client carries the whole signed request.
  return error instanceof Error ? error.message : String(error);
}

async function order(options: AcmeOptions, proofs: Map<string, string>): Promise<KeyAndCertificate> {
  // One request, one answer: when to try again is decided above, in sight of the log.
  Object.assign(acme.axios.defaults, { timeout: REQUEST_LIMIT_MS });
  Object.assign((acme.axios.defaults as { acmeSettings?: object }).acmeSettings ?? {}, { retryMaxAttempts: 0 });
  const client = new acme.Client({
    directoryUrl: options.directory,
    accountKey: await accountKey(options.folder),
    ...(options.pollMs === undefined ? {} : { backoffMin: options.pollMs }),
  });
  const [key, csr] = await acme.crypto.createCsr({ altNames: [options.name] }, await acme.crypto.createPrivateEcdsaKey());
  const cert = await client.auto({
    csr,
    ...(options.email === '' ? {} : { email: options.email }),
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // Behind NAT a server often cannot reach its own public address, while the authority can.
    skipChallengeVerification: true,
    async challengeCreateFn(_authorization, challenge, proof) {
      if (challenge.type !== 'http-01') throw new Error(`the authority offers no http-01 challenge for ${options.name}`);
      proofs.set(challenge.token, proof);
    },
    async challengeRemoveFn(_authorization, challenge) {
      proofs.delete(challenge.token);
    },
  });
  return { key: `${key.toString().trimEnd()}\n`, cert: `${cert.trimEnd()}\n` };
}

async function accountKey(folder: string): Promise<string> {
  const file = join(folder, 'acme-account.pem');
  const kept = await readPem(file);
  if (kept) return kept;
  const made = (await acme.crypto.createPrivateEcdsaKey()).toString();
  await keepPem(file, made);
  return made;
}

async function temporary(name: string, now: number): Promise<KeyAndCertificate> {
  return issueCertificate(await createAuthority('Fieldcast temporary', now), [name], now);
}
