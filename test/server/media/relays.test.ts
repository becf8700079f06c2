// Owns what credentials for a relay look like, and who is told of relays.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../server/platform/config.ts';
import { Relays, relayLinks } from '../../../server/media/relays.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const URLS = ['turn:turn.coop.example:3478', 'turns:turn.coop.example:443?transport=tcp'];

describe('relays', () => {
  it('give each client a name and a password of its own that end after a day, by the scheme of coturn', () => {
    const clock = new FakeClock(1_700_000_000_000);
    const relays = new Relays({ urls: URLS, secret: new Secret('shared with the relay') }, clock);
    const [first] = relays.forOneClient();
    const [second] = relays.forOneClient();
    expect(first?.urls).toEqual(URLS);
    expect(Number(first?.username.split(':')[0])).toBe(1_700_000_000 + 24 * 3600);
    expect(first?.credential).toBe(createHmac('sha1', 'shared with the relay').update(first?.username ?? '').digest('base64'));
    expect(second?.username).not.toBe(first?.username);
  });

  it('are none where none are set', () => {
    expect(new Relays({ urls: [], secret: undefined }, new FakeClock()).forOneClient()).toEqual([]);
  });

  it('are told to WHIP and WHEP clients as links, one for each address', () => {
    expect(relayLinks([{ urls: URLS, username: '17:ab', credential: 'c/d=' }])).toEqual(
      URLS.map((url) => `<${url}>; rel="ice-server"; username="17:ab"; credential="c/d="; credential-type="password"`),
    );
  });
});
