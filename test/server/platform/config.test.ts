import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../server/platform/config.ts';

describe('configuration', () => {
  it('runs on a laptop without any setting', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8080, rtcPort: 44_400, graceMinutes: 10, tls: 'off', allowedOrigins: ['*'] });
  });

  it.each([
    ['FIELDCAST_PORT', '80x'],
    ['FIELDCAST_PORT', '-1'],
    ['FIELDCAST_PORT', '65536'],
    ['FIELDCAST_WORKERS', '0'],
    ['FIELDCAST_RTC_PORT', '1e3'],
    ['FIELDCAST_HOST', 'a b'],
    ['FIELDCAST_PUBLIC_URL', 'live.example.org'],
    ['FIELDCAST_PUBLIC_URL', 'ftp://live.example.org'],
    ['FIELDCAST_ALLOWED_ORIGINS', 'https://a.example, nonsense'],
    ['FIELDCAST_TLS', 'yes'],
    ['FIELDCAST_HTTP_PORT', '80,443'],
    ['FIELDCAST_ACME_DIRECTORY', 'http://acme.example.org/directory'],
    ['FIELDCAST_ACME_EMAIL', 'it at coop'],
    ['FIELDCAST_LOG_LEVEL', 'loud'],
    ['FIELDCAST_GRACE_MINUTES', '0'],
    ['FIELDCAST_RETENTION_DAYS', '-1'],
    ['FIELDCAST_RETENTION_DAYS', 'a month'],
    ['FIELDCAST_RECORDINGS_GB', '0'],
    ['FIELDCAST_RECORDINGS_GB', '1.5'],
    ['FIELDCAST_DISK_RESERVE_MB', '1 GB'],
    ['FIELDCAST_OPERATOR_SECRET', 'short'],
    ['FIELDCAST_UPLINK_KBPS', 'fast'],
    ['FIELDCAST_UPLINK_KBPS', '20'],
    ['FIELDCAST_HLS_BASE_URL', 'cdn.example.org/hls'],
    ['FIELDCAST_TURN_URLS', 'turn.example.org'],
    ['FIELDCAST_TURN_URLS', 'turn:turn.example.org, stun:x'],
    ['FIELDCAST_HOLD_MINUTES', '0'],
    ['FIELDCAST_STRIPE_SECRET_KEY', 'pk_test_1'],
    ['FIELDCAST_STRIPE_SECRET_KEY', 'sk_test_ 1'],
    ['FIELDCAST_STRIPE_API_BASE', 'stripe.example.org'],
    ['FIELDCAST_STRIPE_UI', 'page'],
    ['DATABASE_URL', 'postgres://localhost/x'],
  ])('stops at %s=%s with one line that names it', (name, value) => {
    const fault = faultOf(() => readConfig({ [name]: value }));
    expect(fault).toBeInstanceOf(ConfigError);
    const { message } = fault as ConfigError;
    expect(message).toMatch(new RegExp(`^${name}: `));
    expect(message).not.toContain('\n');
  });

  it.each([
    ['FIELDCAST_PUBLIC_URL', { FIELDCAST_TLS: 'acme' }],
    ['FIELDCAST_PUBLIC_URL', { FIELDCAST_TLS: 'acme', FIELDCAST_PUBLIC_URL: 'http://live.example.org' }],
    ['FIELDCAST_PUBLIC_URL', { FIELDCAST_TLS: 'acme', FIELDCAST_PUBLIC_URL: 'https://203.0.113.9' }],
    ['FIELDCAST_PUBLIC_URL', { FIELDCAST_TLS: 'local-ca', FIELDCAST_PUBLIC_URL: 'http://192.168.1.10:8080' }],
    ['FIELDCAST_HTTP_PORT', { FIELDCAST_TLS: 'acme', FIELDCAST_PUBLIC_URL: 'https://live.example.org', FIELDCAST_HTTP_PORT: '0' }],
  ])('stops at a %s that does not fit the kind of TLS: %o', (name, env) => {
    expect(() => readConfig(env)).toThrow(new RegExp(`^${name}: `));
  });

  it.each([
    ['FIELDCAST_STRIPE_PUBLISHABLE_KEY', { FIELDCAST_STRIPE_PUBLISHABLE_KEY: '' }],
    ['FIELDCAST_STRIPE_PUBLISHABLE_KEY', { FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }],
    ['FIELDCAST_STRIPE_PUBLISHABLE_KEY', { FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'sk_test_hush' }],
    ['FIELDCAST_STRIPE_WEBHOOK_SECRET', { FIELDCAST_STRIPE_WEBHOOK_SECRET: '' }],
    ['FIELDCAST_STRIPE_WEBHOOK_SECRET', { FIELDCAST_STRIPE_WEBHOOK_SECRET: 'whsec_1,sk_test_hush' }],
    ['FIELDCAST_STRIPE_SECRET_KEY', { FIELDCAST_STRIPE_SECRET_KEY: '' }],
  ])('stops at keys of Stripe that do not belong together, at %s, and prints none of them', (name, env) => {
    const keys = { FIELDCAST_STRIPE_SECRET_KEY: 'sk_test_hush', FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_test_1', FIELDCAST_STRIPE_WEBHOOK_SECRET: 'whsec_hush' };
    const fault = faultOf(() => readConfig({ ...keys, ...env })) as Error;
    expect(fault.message).toMatch(new RegExp(`^${name}: `));
    expect(fault.message).not.toContain('hush');
  });

  it('takes several webhook secrets, and prints no key', () => {
    const { stripe } = readConfig({ FIELDCAST_STRIPE_SECRET_KEY: 'sk_test_hush', FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_test_1', FIELDCAST_STRIPE_WEBHOOK_SECRET: 'whsec_hush, whsec_hushed' });
    expect(stripe?.webhookSecrets.map((secret) => secret.reveal())).toEqual(['whsec_hush', 'whsec_hushed']);
    expect(JSON.stringify(stripe)).not.toContain('hush');
    expect(readConfig({}).stripe).toBeUndefined();
  });

  it('opens port 80 where a certificate depends on it and nowhere else', () => {
    expect(readConfig({ FIELDCAST_TLS: 'acme', FIELDCAST_PUBLIC_URL: 'https://live.example.org' })).toMatchObject({
      httpPort: 80,
      acmeDirectory: 'https://acme-v02.api.letsencrypt.org/directory',
    });
    expect(readConfig({ FIELDCAST_TLS: 'local-ca' }).httpPort).toBe(0);
  });

  it('keeps replays for a month in 20 GB, and no longer or larger than it is told', () => {
    expect(readConfig({})).toMatchObject({ retentionDays: 30, recordingsGb: 20, diskReserveMb: 1_024 });
    const env = { FIELDCAST_RETENTION_DAYS: '0', FIELDCAST_RECORDINGS_GB: '500', FIELDCAST_DISK_RESERVE_MB: '0' };
    expect(readConfig(env)).toMatchObject({ retentionDays: 0, recordingsGb: 500, diskReserveMb: 0 });
  });

  it.each([
    ['FIELDCAST_TURN_SECRET', { FIELDCAST_TURN_URLS: 'turn:turn.example.org' }],
    ['FIELDCAST_TURN_URLS', { FIELDCAST_TURN_SECRET: 'shared' }],
  ])('stops at a missing %s, because a relay takes both', (name, env) => {
    expect(() => readConfig(env)).toThrow(new RegExp(`^${name}: `));
  });

  it('takes the addresses of a relay as the RFC writes them', () => {
    const env = { FIELDCAST_TURN_URLS: 'turn:203.0.113.7, turn:[2001:db8::7]:3478?transport=udp,turns:turn.coop.example:443?transport=tcp', FIELDCAST_TURN_SECRET: 's' };
    expect(readConfig(env).turnUrls).toEqual(['turn:203.0.113.7', 'turn:[2001:db8::7]:3478?transport=udp', 'turns:turn.coop.example:443?transport=tcp']);
  });

  it('never prints the operator secret', () => {
    const config = readConfig({ FIELDCAST_OPERATOR_SECRET: 'very-secret-words' });
    expect(config.operatorSecret?.reveal()).toBe('very-secret-words');
    expect(`${JSON.stringify(config)} ${String(config.operatorSecret)}`).not.toContain('very-secret-words');
  });
});

function faultOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (fault) {
    return fault;
  }
}
