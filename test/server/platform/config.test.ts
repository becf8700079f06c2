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
    ['FIELDCAST_LOG_LEVEL', 'loud'],
    ['FIELDCAST_GRACE_MINUTES', '0'],
    ['FIELDCAST_OPERATOR_SECRET', 'short'],
    ['FIELDCAST_UPLINK_KBPS', 'fast'],
    ['DATABASE_URL', 'postgres://localhost/x'],
  ])('stops at %s=%s with one line that names it', (name, value) => {
    let message = '';
    try {
      readConfig({ [name]: value });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    expect(message).toMatch(new RegExp(`^${name}: `));
    expect(message).not.toContain('\n');
  });

  it('never prints the operator secret', () => {
    const config = readConfig({ FIELDCAST_OPERATOR_SECRET: 'very-secret-words' });
    expect(config.operatorSecret?.reveal()).toBe('very-secret-words');
    expect(`${JSON.stringify(config)} ${String(config.operatorSecret)}`).not.toContain('very-secret-words');
  });
});
