// Which addresses a stranger can make the server send to, and which not.
import { describe, expect, it } from 'vitest';
import { isPushEndpoint } from '../../../../server/audience/reminders/push-address.ts';
import { isPublicAddress, lookupPublic } from '../../../../server/platform/public-address.ts';

describe('an endpoint', () => {
  it.each(['https://fcm.googleapis.com/fcm/send/abc', 'https://updates.push.services.mozilla.com/wpush/v2/abc', 'https://web.push.apple.com/QO', 'https://wns2-par02p.notify.windows.com/w/?token=a'])('%s is taken', (endpoint) => {
    expect(isPushEndpoint(endpoint, '')).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/a', 'https://127.0.0.1/a', 'https://[::1]/a', 'https://10.0.0.1/a', 'https://0x7f000001/a', 'https://2130706433/a', 'https://127.1/a', 'https://localhost/a',
    'https://router/a', 'https://nas.local/a', 'https://db.internal/a', 'https://printer.lan/', 'https://push.example.org:8080/a', 'https://user:pass@push.example.org/a', 'https://169.254.169.254/latest',
    'ftp://push.example.org/', 'javascript:alert(1)', 'https://', 'nonsense', '',
  ])('%s is not', (endpoint) => {
    expect(isPushEndpoint(endpoint, '')).toBe(false);
  });

  it('of the stand-in is taken where one is set, and no other like it', () => {
    expect(isPushEndpoint('http://127.0.0.1:9000/push/1', 'http://127.0.0.1:9000')).toBe(true);
    expect(isPushEndpoint('http://127.0.0.1:9001/push/1', 'http://127.0.0.1:9000')).toBe(false);
  });
});

describe('an address', () => {
  it.each(['8.8.8.8', '2606:4700::1111'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '255.255.255.255', '::1', '::', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'fc00::1', 'fe80::1', 'nonsense'])(
    '%s is not',
    (address) => expect(isPublicAddress(address)).toBe(false),
  );

  it('is checked when it is connected to: a name may lead anywhere', async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', {}, resolve));
    expect(error).toMatchObject({ message: 'this address may not be called' });
  });
});
