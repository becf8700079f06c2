// Owns configuration: the only reader of the environment. A wrong value stops the start with one line that names it.
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';

/** A value that must not be printed: logging or serialising it shows `[secret]`. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toJSON(): string {
    return '[secret]';
  }
  toString(): string {
    return '[secret]';
  }
}

/** What a server needs to take payments by Stripe. */
export interface StripeSettings {
  secretKey: Secret;
  publishableKey: string;
  /** All that are valid now: while one takes the place of another, Stripe signs with both. */
  webhookSecrets: readonly Secret[];
  /** Another address than Stripe's own, for tests; empty: Stripe's. */
  apiBase: string;
  ui: 'checkout-session' | 'payment-intent';
}

export interface Config {
  host: string;
  /** 0 lets the system choose (tests). */
  port: number;
  /** Where browsers reach the server, without a trailing slash; empty: what it listens on. */
  publicUrl: string;
  /** Worker n listens for media on UDP and TCP port `rtcPort + n`; 0 lets the system choose. */
  rtcPort: number;
  /** Address in ICE candidates; empty: the address listened on. */
  announcedAddress: string;
  workers: number;
  /** Path of the mediasoup worker program; empty: the package's own. */
  workerBin: string;
  dataDir: string;
  /** kbit/s that all viewers together may take; 0 is not limited, `auto` finds it out. */
  uplinkKbps: number | 'auto';
  /** A cache or CDN in front of /hls, without a trailing slash; empty: there is none. */
  hlsBaseUrl: string;
  operatorSecret: Secret | undefined;
  allowedOrigins: readonly string[];
  graceMinutes: number;
  /** How long goods are held for a payment by Stripe. */
  holdMinutes: number;
  /** Undefined: no payments by Stripe. */
  stripe: StripeSettings | undefined;
  /** Days that replays are kept; 0 keeps none. */
  retentionDays: number;
  /** Days after which a rehearsal is erased with everything in it. */
  rehearsalDays: number;
  /** Days after its last meeting until which a class keeps what it knows of its people. */
  classDays: number;
  /** Orders count for a show until so many days after it. */
  attributionDays: number;
  /** Days that raw events of figures are kept after a show; 0 keeps none. */
  telemetryDays: number;
  /** Space that all recordings together may take, GB (10^9 bytes). */
  recordingsGb: number;
  /** What recordings leave free on the disk, MB (10^6 bytes). */
  diskReserveMb: number;
  /** Origin of a stand-in for browsers' push services on this machine, for tests; empty: none. */
  pushTestService: string;
  logLevel: string;
  /** TURN URIs (RFC 7065) for networks that let neither UDP nor our TCP ports through; empty: there is no relay. */
  turnUrls: readonly string[];
  /** What the relay's credentials are made with; set exactly where there are `turnUrls`. */
  turnSecret: Secret | undefined;
  tls: 'off' | 'local-ca' | 'acme';
  /** Plain HTTP beside https, for redirects, http-01 challenges and /ca.crt; 0 is none. */
  httpPort: number;
  /** Address of the ACME authority's directory. */
  acmeDirectory: string;
  /** Empty: the authority gets no address to write to. */
  acmeEmail: string;
}

/** A start that cannot go on; `message` is the one line to print. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError naming the variable, what it got and what it takes. */
export function readConfig(env: Environment): Readonly<Config> {
  refuseForeign(env);
  const tls = choice(env, 'FIELDCAST_TLS', ['off', 'local-ca', 'acme'], 'off');
  const publicUrl = origin(env, 'FIELDCAST_PUBLIC_URL');
  if (tls === 'acme' && !publicUrl.startsWith('https://')) {
    throw wrong('FIELDCAST_PUBLIC_URL', publicUrl, 'an https address such as https://live.example.org, because FIELDCAST_TLS is acme');
  }
  if (tls === 'local-ca' && publicUrl.startsWith('http:')) {
    throw wrong('FIELDCAST_PUBLIC_URL', publicUrl, 'an https address, because FIELDCAST_TLS is local-ca');
  }
  // http-01 certifies names only.
  if (tls === 'acme' && isAddress(publicUrl)) {
    throw wrong('FIELDCAST_PUBLIC_URL', publicUrl, 'an address with a host name, because FIELDCAST_TLS is acme; for an IP address use local-ca');
  }
  const secret = env['FIELDCAST_OPERATOR_SECRET'];
  if (secret !== undefined && (secret.length < 8 || secret.length > 256)) {
    throw wrong('FIELDCAST_OPERATOR_SECRET', `${secret.length} characters`, '8 to 256 characters');
  }
  return Object.freeze({
    host: text(env, 'FIELDCAST_HOST', /^[A-Za-z0-9.:_-]+$/, 'an address such as 127.0.0.1 or 0.0.0.0', '127.0.0.1'),
    port: integer(env, 'FIELDCAST_PORT', 0, 65_535, 8080),
    publicUrl,
    rtcPort: integer(env, 'FIELDCAST_RTC_PORT', 0, 65_000, 44_400),
    announcedAddress: text(env, 'FIELDCAST_ANNOUNCED_ADDRESS', /^[A-Za-z0-9.:_-]+$/, 'an address or a host name', ''),
    workers: integer(env, 'FIELDCAST_WORKERS', 1, 64, availableParallelism()),
    workerBin: env['MEDIASOUP_WORKER_BIN'] ?? '',
    dataDir: resolve(env['FIELDCAST_DATA_DIR'] || './data'),
    uplinkKbps: uplink(env),
    hlsBaseUrl: origin(env, 'FIELDCAST_HLS_BASE_URL'),
    operatorSecret: secret === undefined ? undefined : new Secret(secret),
    allowedOrigins: origins(env, 'FIELDCAST_ALLOWED_ORIGINS'),
    graceMinutes: integer(env, 'FIELDCAST_GRACE_MINUTES', 1, 1440, 10),
    holdMinutes: integer(env, 'FIELDCAST_HOLD_MINUTES', 1, 1_380, 15),
    stripe: stripe(env),
    retentionDays: integer(env, 'FIELDCAST_RETENTION_DAYS', 0, 3_650, 30),
    rehearsalDays: integer(env, 'FIELDCAST_REHEARSAL_DAYS', 1, 3_650, 30),
    classDays: integer(env, 'FIELDCAST_CLASS_DAYS', 100, 3_650, 400),
    attributionDays: integer(env, 'FIELDCAST_ATTRIBUTION_DAYS', 1, 90, 7),
    telemetryDays: integer(env, 'FIELDCAST_TELEMETRY_DAYS', 0, 3_650, 90),
    recordingsGb: integer(env, 'FIELDCAST_RECORDINGS_GB', 1, 1_000_000, 20),
    diskReserveMb: integer(env, 'FIELDCAST_DISK_RESERVE_MB', 0, 10_000_000, 1_024),
    pushTestService: localOrigin(env, 'FIELDCAST_PUSH_TEST_SERVICE'),
    logLevel: choice(env, 'FIELDCAST_LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    ...relays(env),
    tls,
    // Only acme cannot do without it; elsewhere port 80 is not taken unasked.
    httpPort: integer(env, 'FIELDCAST_HTTP_PORT', tls === 'acme' ? 1 : 0, 65_535, tls === 'acme' ? 80 : 0),
    acmeDirectory: directory(env, 'FIELDCAST_ACME_DIRECTORY', LETS_ENCRYPT),
    acmeEmail: text(env, 'FIELDCAST_ACME_EMAIL', /^[^\s@]+@[^\s@]+$/, 'a mail address such as it@coop.example.org', ''),
  });
}

const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

const NOT_YET = ['DATABASE_URL', 'REDIS_URL'] as const;

// Starting on SQLite while the operator believes in PostgreSQL would hide orders from them.
function refuseForeign(env: Environment): void {
  for (const name of NOT_YET) {
    if (env[name]) throw new ConfigError(`${name}: this version runs on one machine with its own SQLite file; unset ${name} to start`);
  }
}

function wrong(name: string, got: string, takes: string): ConfigError {
  return new ConfigError(`${name}: got "${got}", takes ${takes}`);
}

function text(env: Environment, name: string, pattern: RegExp, takes: string, fallback: string): string {
  const value = env[name];
  if (value === undefined || value === '') return fallback;
  if (!pattern.test(value)) throw wrong(name, value, takes);
  return value;
}

function integer(env: Environment, name: string, min: number, max: number, fallback: number): number {
  const value = env[name];
  if (value === undefined || value === '') return fallback;
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) throw wrong(name, value, `a whole number from ${min} to ${max}`);
  return number;
}

// Less than one viewer takes would be a mistake of the unit: Mbit/s for kbit/s.
function uplink(env: Environment): number | 'auto' {
  const name = 'FIELDCAST_UPLINK_KBPS';
  const value = env[name];
  if (value === undefined || value === '' || value === '0') return 0;
  if (value === 'auto') return value;
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 500 && number <= 100_000_000) return number;
  throw wrong(name, value, 'kbit/s from 500 to 100000000 (20000 is 20 Mbit/s), 0 for no limit, or auto');
}

function choice<const T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const value = env[name] || fallback;
  if (!values.includes(value as T)) throw wrong(name, value, `one of ${values.join(', ')}`);
  return value as T;
}

function origin(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') return '';
  return parseOrigin(value) ?? fail(wrong(name, value, 'an address such as https://live.example.org'));
}

function origins(env: Environment, name: string): readonly string[] {
  const value = env[name];
  if (value === undefined || value === '' || value.trim() === '*') return ['*'];
  return value
    .split(',')
    .map((each) => parseOrigin(each.trim()) ?? fail(wrong(name, value, '* or origins such as https://shop.example.org, with commas between')));
}

// Push messages go where strangers say; what is on this machine is let through only by name.
function localOrigin(env: Environment, name: string): string {
  const value = origin(env, name);
  if (value !== '' && !['127.0.0.1', 'localhost'].includes(new URL(value).hostname)) throw wrong(name, value, 'an address on this machine, such as http://127.0.0.1:9000');
  return value;
}

// RFC 8555 section 6.1 wants https; a test authority on this machine has none.
function directory(env: Environment, name: string, fallback: string): string {
  const value = env[name] || fallback;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !isLocal) throw wrong(name, value, `the https address of an ACME directory such as ${LETS_ENCRYPT}`);
  return value;
}

const TURN_URI = /^turns?:(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/;

function relays(env: Environment): Pick<Config, 'turnUrls' | 'turnSecret'> {
  const urls = env['FIELDCAST_TURN_URLS'] || '';
  const secret = env['FIELDCAST_TURN_SECRET'] || '';
  const turnUrls = urls === '' ? [] : urls.split(',').map((each) => each.trim());
  if (!turnUrls.every((url) => TURN_URI.test(url))) {
    throw wrong('FIELDCAST_TURN_URLS', urls, 'addresses such as turns:turn.example.org:443?transport=tcp, with commas between');
  }
  if (turnUrls.length > 0 && secret === '') throw wrong('FIELDCAST_TURN_SECRET', '', 'the static-auth-secret of the relay in FIELDCAST_TURN_URLS');
  if (turnUrls.length === 0 && secret !== '') throw wrong('FIELDCAST_TURN_URLS', '', 'the addresses of the relay that FIELDCAST_TURN_SECRET is for');
  return { turnUrls, turnSecret: secret === '' ? undefined : new Secret(secret) };
}

function stripe(env: Environment): StripeSettings | undefined {
  const names = { secret: 'FIELDCAST_STRIPE_SECRET_KEY', publishable: 'FIELDCAST_STRIPE_PUBLISHABLE_KEY', webhook: 'FIELDCAST_STRIPE_WEBHOOK_SECRET' };
  const secretKey = env[names.secret] || '';
  const publishableKey = env[names.publishable] || '';
  const webhookSecrets = (env[names.webhook] || '').split(',').flatMap((each) => each.trim() || []);
  const ui = choice(env, 'FIELDCAST_STRIPE_UI', ['checkout-session', 'payment-intent'], 'checkout-session');
  const apiBase = origin(env, 'FIELDCAST_STRIPE_API_BASE');
  if (secretKey === '' && publishableKey === '' && webhookSecrets.length === 0) return undefined;
  // A key in a wrong place may be the secret one: none of them is printed.
  const mode = /^(?:sk|rk)_(test|live)_\w+$/.exec(secretKey)?.[1];
  if (mode === undefined) throw wrong(names.secret, hidden(secretKey), 'a key such as sk_test_... or rk_live_...');
  if (!new RegExp(`^pk_${mode}_\\w+$`).test(publishableKey)) throw wrong(names.publishable, hidden(publishableKey), `a key such as pk_${mode}_..., of the same mode as ${names.secret}`);
  if (webhookSecrets.length === 0 || !webhookSecrets.every((each) => /^whsec_\S+$/.test(each))) {
    throw wrong(names.webhook, hidden(webhookSecrets.join()), 'one or more of whsec_..., with commas between');
  }
  return { secretKey: new Secret(secretKey), publishableKey, webhookSecrets: webhookSecrets.map((each) => new Secret(each)), apiBase, ui };
}

function hidden(value: string): string {
  return value === '' ? '' : `${value.length} characters`;
}

function isAddress(url: string): boolean {
  return isIP(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

function parseOrigin(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' ? url.origin : undefined;
}

function fail(error: ConfigError): never {
  throw error;
}
