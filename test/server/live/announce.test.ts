// How a show is announced: the address to share, and the calendar file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Show } from '../../../server/protocol/show.ts';
import { startApp, type TestApp } from '../../support/start-app.ts';

const HOUR_MS = 3600_000;

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.close());

const newSeller = async (): Promise<string> => (await test.call('POST', '/api/v1/sellers', { token: test.operatorToken, body: { name: 'Orchard', currency: 'CNY' } })).body.id;
const plan = async (body: object): Promise<Show> => {
  const made = await test.call<Show>('POST', '/api/v1/shows', { token: test.operatorToken, body: { title: 'Apples', hostName: 'Zhang', ...body } });
  expect(made.status).toBe(201);
  return made.body;
};
const change = (showId: string, body: object) => test.call('PATCH', `/api/v1/shows/${showId}`, { token: test.operatorToken, body });

it('a show is in the programme of its seller and its host, which a cache may keep for a few seconds', async () => {
  const sellerId = await newSeller();
  const [show] = [await plan({ sellerId }), await plan({ sellerId: await newSeller() })];
  for (const query of [`sellerId=${sellerId}`, `hostId=${show.hostId}`]) {
    const { body, headers } = await test.call('GET', `/api/v1/programme?${query}`);
    expect(body).toEqual({ entries: [{ show, viewers: null, replay: null }], serverTime: expect.any(Number) });
    expect(headers.get('cache-control')).toMatch(/^public, max-age=\d$/);
  }
});

describe('the address where a show is watched', () => {
  it('is the shop\'s own page where it has one, else the server\'s', async () => {
    const show = await plan({ sellerId: await newSeller() });
    const share = async () => (await test.call('GET', `/api/v1/shows/${show.id}/share`)).body;
    expect(await share()).toEqual({ show, url: `${test.url}/demo/shop.html?show=${show.id}`, qrSvg: expect.stringMatching(/^<svg /) });
    const pageUrl = 'https://shop.example.org/live?a=1';
    expect((await change(show.id, { pageUrl })).body.pageUrl).toBe(pageUrl);
    expect((await share()).url).toBe(pageUrl);
    await change(show.id, { pageUrl: null });
    expect((await share()).url).toContain(show.id);
  });

  it('may be on this server without https', async () => {
    const show = await plan({ sellerId: await newSeller(), pageUrl: `${test.url}/live` });
    expect(show.pageUrl).toBe(`${test.url}/live`);
  });

  it.each([
    ['plain http of somebody else', 'http://shop.example.org/'],
    ['a script', 'javascript:alert(1)'],
    ['with a password in it', 'https://user:secret@shop.example.org/'],
    ['without a host', 'https://'],
    ['with a bidi override', 'https://shop.example.org/\u202e'],
    ['longer than 500 letters', `https://shop.example.org/${'a'.repeat(500)}`],
    ['without a scheme', '//shop.example.org'],
    ['with markup', 'https://shop.example.org/<script>'],
    ['at a port that is none', 'https://shop.example.org:99999/'],
  ])('is not %s', async (_what, pageUrl) => {
    const show = await plan({ sellerId: await newSeller() });
    expect((await change(show.id, { pageUrl })).body.code).toBe('input.invalid');
  });
});

describe('the calendar file', () => {
  const plannedAt = Date.UTC(2030, 5, 1, 11, 30);
  const read = async (showId: string) => {
    const response = await fetch(`${test.url}/api/v1/shows/${showId}/calendar.ics`);
    return { response, lines: (await response.text()).replaceAll('\r\n ', '').replaceAll('\r\n\t', '').split('\r\n') };
  };

  it('is an event in UTC with an alarm, found again by its UID', async () => {
    const show = await plan({ sellerId: await newSeller(), title: '苹果, 直播; 今晚', plannedAt });
    const { response, lines } = await read(show.id);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    for (const line of [
      'BEGIN:VCALENDAR',
      `UID:${show.id}@fieldcast`,
      'SUMMARY:苹果\\, 直播\\; 今晚',
      'DTSTART:20300601T113000Z',
      'DTEND:20300601T123000Z',
      `URL:${test.url}/demo/shop.html?show=${show.id}`,
      'SEQUENCE:0',
      'BEGIN:VALARM',
      'TRIGGER:-PT10M',
      'END:VCALENDAR',
    ]) expect(lines).toContain(line);
    expect((await test.call('GET', `/api/v1/shows/${show.id}/calendar.ics`.replace(show.id, 'shw_unknown'))).body.code).toBe('not-found');
  });

  it('is newer after each change', async () => {
    const show = await plan({ sellerId: await newSeller(), plannedAt });
    await change(show.id, { plannedAt: plannedAt + HOUR_MS });
    expect((await read(show.id)).lines).toEqual(expect.arrayContaining(['SEQUENCE:1', 'DTSTART:20300601T123000Z', `UID:${show.id}@fieldcast`]));
  });

  it('is not there for a show without a time', async () => {
    const show = await plan({ sellerId: await newSeller() });
    expect((await read(show.id)).response.status).toBe(409);
  });
});
