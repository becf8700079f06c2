// The addresses below /hls/ as players, caches and strangers see them.
import { get as httpGet, type IncomingMessage, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Segmenter } from '../../../../server/media/hls/segmenter.ts';
import type { LiveWindow } from '../../../../server/media/hls/window.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { type Footage, makeFootage, playInto } from '../../../support/hls-samples.ts';
import { type HlsSite, openHlsSite } from '../../../support/hls-site.ts';

const AT = 1_800_000_000_000;
const DAY_MS = 24 * 3600_000;
const clock = new FakeClock();
let site: HlsSite;
let footage: Footage;
let serial = 0;
/** On the air since the footage's first 4.1 s: segments 20 and 21 whole, 22 begun. */
let show: string;
let window: LiveWindow;
let segmenter: Segmenter;

const recording = {
  async vodPlaylist(streamId: string, name: string, prefix = '') {
    return streamId === 'show-recorded' ? `#EXTM3U\n# ${name} ${prefix}\n` : undefined;
  },
  recordedFile: async () => undefined,
};

beforeAll(async () => {
  footage = await makeFootage({ seconds: 6 });
  site = await openHlsSite({ clock, replays: recording });
});
afterAll(() => site.close());
beforeEach(() => {
  serial += 1;
  show = `show-${serial}`;
  ({ window, segmenter } = site.open(show, { sequence: 20 }));
  playInto(segmenter, footage, AT, 4_100);
});

const get = (path: string, init?: RequestInit) => fetch(`${site.url}${path}`, init);
const status = async (path: string) => (await get(path)).status;
const waiting = (name: 'video' | 'opus' = 'video') => window.rendition(name).waiting.count;
async function someoneWaits(count = 1): Promise<void> {
  await expect.poll(() => waiting()).toBe(count);
}

/** A path as it is, not as `fetch` would tidy it up. */
function getRaw(path: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(site.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, method: 'GET' }, (answer) => {
      answer.resume();
      resolve(answer);
    })
      .once('error', reject)
      .end();
  });
}

/** The rest of the footage from `fromMs` on. */
function goOn(fromMs: number, toMs: number): void {
  for (const { kind, sample } of footage.samples) {
    if (sample.at >= fromMs && sample.at < toMs) segmenter[kind]({ ...sample, at: AT + sample.at });
  }
}

describe('a cache is told', () => {
  it.each([
    ['index.m3u8', 'application/vnd.apple.mpegurl', 'public, max-age=1'],
    ['video.m3u8', 'application/vnd.apple.mpegurl', 'public, max-age=1'],
    ['video.m3u8?_HLS_msn=22&_HLS_part=0', 'application/vnd.apple.mpegurl', 'public, max-age=6'],
    ['video/init-0.mp4', 'video/mp4', 'public, max-age=3600, immutable'],
    ['video/20.m4s', 'video/mp4', 'public, max-age=3600, immutable'],
    ['video/22.1.m4s', 'video/mp4', 'public, max-age=3600, immutable'],
    ['opus/20.m4s', 'audio/mp4', 'public, max-age=3600, immutable'],
  ])('how long to keep %s', async (name, type, cache) => {
    const answer = await get(`/hls/${show}/${name}`);
    const { length } = await answer.bytes();
    expect(answer.status).toBe(200);
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([type, cache]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const head = await get(`/hls/${show}/${name}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), (await head.bytes()).length]).toEqual([200, String(length), 0]);
    const part = await get(`/hls/${show}/${name}`, { headers: { range: 'bytes=0-3' } });
    expect([part.status, (await part.bytes()).length]).toEqual([200, length]);
  });

  it('to keep no answer that may be another one soon', async () => {
    for (const path of [`/hls/${show}/video/19.m4s`, `/hls/${show}/video.m3u8?_HLS_msn=x`, '/hls/show-waiting/index.m3u8', '/hls/show-nobody/index.m3u8']) {
      expect((await get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('that other sites may ask, also with a token and for ranges', async () => {
    const headers = { origin: 'https://shop.example.org', 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization, range' };
    const answer = await get(`/hls/${show}/index.m3u8`, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/range/);
  });
});

describe('a show', () => {
  it('that nobody knows is not found', async () => {
    expect([await status('/hls/show-nobody/index.m3u8'), await status('/hls/show-nobody/video.m3u8'), await status('/hls/show-nobody/video/0.m4s')]).toEqual([404, 404, 404]);
  });

  it('that has not begun is worth another try', async () => {
    for (const name of ['index.m3u8', 'video.m3u8', 'aac.m3u8']) {
      const answer = await get(`/hls/show-waiting/${name}`);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, '2']);
      expect(await answer.json()).toMatchObject({ code: 'show.not-live' });
    }
  });

  it('that begins is waited for until its first segment', async () => {
    const fresh = site.open('show-beginning');
    const answers = [get('/hls/show-beginning/index.m3u8'), get('/hls/show-beginning/video.m3u8'), get('/hls/show-beginning/audio.m3u8')];
    await expect.poll(() => fresh.window.rendition('video').waiting.count).toBe(2);
    playInto(fresh.segmenter, footage, AT, 1_900);
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200, 200]);
  });

  it('that never begins is not waited for beyond three target durations', async () => {
    const fresh = site.open('show-silent');
    const answer = get('/hls/show-silent/video.m3u8');
    await expect.poll(() => fresh.window.rendition('video').waiting.count).toBe(1);
    clock.advance(6_000);
    expect([(await answer).status, (await answer).headers.get('retry-after')]).toEqual([503, '2']);
  });

  it('is not waited for by who comes when the server is stopping already', async () => {
    const own = await openHlsSite({ clock });
    own.open('show-late');
    own.stopping();
    const answer = await fetch(`${own.url}/hls/show-late/video.m3u8`, { signal: AbortSignal.timeout(5_000) });
    expect(await answer.json()).toMatchObject({ code: 'server.closing' });
    await own.close();
  });

  it('makes the packager run for whoever asks for a playlist, AAC only for who asks for AAC', async () => {
    site.wanted.length = 0;
    await Promise.all(['index.m3u8', 'video.m3u8', 'audio.m3u8', 'video/20.m4s'].map((name) => status(`/hls/${show}/${name}`)));
    expect(new Set(site.wanted)).toEqual(new Set([`${show} video`, `${show} opus`]));
    const controller = new AbortController();
    const aac = get(`/hls/${show}/aac.m3u8`, { signal: controller.signal }).catch(() => undefined);
    await expect.poll(() => site.wanted).toContain(`${show} aac`);
    controller.abort();
    await aac;
  });

  it('that is over ends its live playlists, and answers its recording at the same address', async () => {
    site.open('show-recorded');
    const before = get('/hls/show-recorded/video.m3u8');
    await expect.poll(() => site.wanted).toContain('show-recorded video');
    site.end('show-recorded');
    expect((await before).status).toBe(404);
    // At once, although what was asked before the end is remembered for a while.
    expect(await (await get('/hls/show-recorded/index.m3u8')).text()).toContain('# index replay/');
    expect(await (await get('/hls/show-recorded/replay/index.m3u8')).text()).toContain('# index \n');
    expect(await (await get('/hls/show-recorded/replay/video.m3u8')).text()).toContain('# video');
    expect(await (await get('/hls/show-recorded/replay/audio.m3u8')).text()).toContain('# opus');

    site.end(show);
    expect(await (await get(`/hls/${show}/video.m3u8`)).text()).toContain('#EXT-X-ENDLIST');
    expect([await status(`/hls/${show}/index.m3u8`), await status(`/hls/${show}/replay/video.m3u8`), await status('/hls/show-unrecorded/index.m3u8')]).toEqual([404, 404, 404]);
  });

  it('shows its recording to nobody before it is over', async () => {
    site.open('show-recorded');
    clock.advance(2_000);
    expect(await status('/hls/show-recorded/replay/video.m3u8')).toBe(404);
  });
});

describe('a blocking reload', () => {
  it('is answered when the part is there, the same to everybody', async () => {
    const answers = Array.from({ length: 20 }, () => get(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=2`).then((answer) => answer.text()));
    await someoneWaits(20);
    goOn(4_100, 4_400);
    const texts = new Set(await Promise.all(answers));
    expect(texts.size).toBe(1);
    expect([...texts][0]).toContain('URI="video/22.2.m4s"\n');
    expect(waiting()).toBe(0);
  });

  it('without a part is answered when the segment is whole', async () => {
    const answer = get(`/hls/${show}/audio.m3u8?_HLS_msn=22`);
    await expect.poll(() => waiting('opus')).toBe(1);
    goOn(4_100, 5_600);
    expect(await (await answer).text()).toContain('\nopus/22.m4s\n');
  });

  it('of what was there long ago is answered at once', async () => {
    expect(await status(`/hls/${show}/video.m3u8?_HLS_msn=0&_HLS_part=900`)).toBe(200);
  });

  it.each([
    '_HLS_msn=24', '_HLS_msn=22&_HLS_part=9', '_HLS_msn=23&_HLS_part=3', '_HLS_msn=999999999999999', '_HLS_part=0', '_HLS_msn=&_HLS_part=0', '_HLS_msn=-1', '_HLS_msn=22.5',
    '_HLS_msn=0x16', '_HLS_msn=1e2', '_HLS_msn=22&_HLS_msn=22', '_HLS_msn[]=22', '_HLS_msn=22&_HLS_part=-1', '_HLS_msn=22&_HLS_part=x', '_HLS_msn=22&_HLS_part=0&_HLS_part=0',
    '_HLS_msn=9999999999999999999999', '_HLS_skip=MAYBE', '_HLS_msn=22%00', '_HLS_msn=NaN', '_HLS_msn=__proto__',
  ])('that asks for %s is refused at once', async (query) => {
    const answer = await get(`/hls/${show}/video.m3u8?${query}`);
    // What is no `_HLS_msn` at all is none of ours.
    expect(answer.status).toBe(query === '_HLS_msn[]=22' ? 200 : 400);
    expect(waiting()).toBe(0);
  });

  it('may carry what others measure by, and ask for a delta that it does not get', async () => {
    const answer = await get(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=0&_HLS_skip=YES&CMCD=bl%3D100&utm=x`);
    expect([answer.status, (await answer.text()).includes('EXT-X-SKIP')]).toEqual([200, false]);
  });

  it('does not wait for a host who does not come back', async () => {
    const answers = [get(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=4`), get(`/hls/${show}/video/22.2.m4s`)];
    await someoneWaits(2);
    clock.advance(5_999);
    expect(waiting()).toBe(2);
    clock.advance(1);
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([503, 503]);
  });

  it('is let go when its client has gone', async () => {
    const controller = new AbortController();
    const answers = Array.from({ length: 30 }, () => get(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=4`, { signal: controller.signal }).catch(() => 'gone'));
    await someoneWaits(30);
    expect(await status(`/hls/${show}/video/20.m4s`)).toBe(200);
    controller.abort();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['gone']));
    await someoneWaits(0);
  });

  it('is answered with the end when the show ends', async () => {
    const answer = get(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=4`);
    await someoneWaits();
    site.end(show);
    expect(await (await answer).text()).toContain('#EXT-X-ENDLIST');
  });

  it('does not hold up the stop of the server', async () => {
    const other = await openHlsSite({ clock });
    const opened = other.open('show-1');
    playInto(opened.segmenter, footage, AT, 4_100);
    const answer = fetch(`${other.url}/hls/show-1/video.m3u8?_HLS_msn=2&_HLS_part=4`);
    await expect.poll(() => opened.window.rendition('video').waiting.count).toBe(1);
    const closed = other.close();
    expect((await answer).status).toBe(503);
    expect(await (await answer).json()).toMatchObject({ code: 'server.closing' });
    await closed;
  });
});

describe('the part that is hinted at', () => {
  it('is waited for', async () => {
    const answer = get(`/hls/${show}/video/22.2.m4s`);
    await someoneWaits();
    goOn(4_100, 4_400);
    const bytes = await (await answer).bytes();
    expect(Buffer.from(bytes).equals(window.rendition('video').part(22, 2) as Buffer)).toBe(true);
  });

  it('is not found when its segment ends without it', async () => {
    // Exactly the end of part 22.3.
    goOn(4_100, 4_560);
    expect(window.rendition('video').last).toEqual({ sequence: 22, part: 3 });
    const answer = get(`/hls/${show}/video/22.4.m4s`);
    await someoneWaits();
    segmenter.endStretch();
    expect((await answer).status).toBe(404);
  });

  it.each(['22.3.m4s', '22.99.m4s', '23.0.m4s', '23.m4s', '22.m4s', '19.m4s', '20.8.m4s', 'init-1.mp4'])('is not %s', async (file) => {
    expect(await status(`/hls/${show}/video/${file}`)).toBe(404);
  });
});

describe('a gated show', () => {
  let pass: string;
  beforeEach(() => {
    const opened = site.open(show, { isGated: true });
    playInto(opened.segmenter, footage, AT, 4_100);
    // Until a moment ago it was open.
    clock.advance(2_000);
    pass = site.passes.make(show);
  });

  it('is closed to who has neither token nor pass', async () => {
    expect(await Promise.all(['index.m3u8', 'video.m3u8', 'video/0.m4s', 'video/init-0.mp4', 'replay/video.m3u8'].map((name) => status(`/hls/${show}/${name}`)))).toEqual([401, 401, 401, 401, 401]);
  });

  it('tells who has a token where to go, and no cache', async () => {
    const token = await site.auth.sign({ role: 'viewer', identity: 'vwr_known' }, DAY_MS);
    const answer = await get(`/hls/${show}/index.m3u8`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await answer.text()).toContain(`\n${pass}/video.m3u8\n`);
    expect(await status(`/hls/${show}/${pass}/video.m3u8`)).toBe(200);
  });

  it('is the same for everybody who has the pass, so that a cache can share it', async () => {
    const answer = await get(`/hls/${show}/${pass}/index.m3u8`);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=1');
    expect(await answer.text()).toContain('\nvideo.m3u8\n');
    expect(await Promise.all(['video.m3u8', 'audio.m3u8', 'video/0.m4s', 'video/0.1.m4s', 'opus/init-0.mp4'].map((name) => status(`/hls/${show}/${pass}/${name}`)))).toEqual([200, 200, 200, 200, 200]);
    expect(site.passes.make(show)).toBe(pass);
  });

  it('opens to a pass for at least six hours, and for no more than twelve', async () => {
    clock.advance(6 * 3600_000);
    expect(await status(`/hls/${show}/${pass}/index.m3u8`)).toBe(200);
    clock.advance(6 * 3600_000);
    const answer = await get(`/hls/${show}/${pass}/index.m3u8`);
    expect([answer.status, (await answer.json() as { code: string }).code]).toEqual([401, 'auth.invalid']);
  });

  it('does not open to the pass of another, or one that is nearly right', async () => {
    const other = site.passes.make('show-2');
    const turned = `${pass.startsWith('A') ? 'B' : 'A'}${pass.slice(1)}`;
    expect([await status(`/hls/${show}/${other}/video.m3u8`), await status(`/hls/${show}/${turned}/video.m3u8`)]).toEqual([401, 401]);
    expect([await status(`/hls/${show}/${pass}x/video.m3u8`), await status(`/hls/${show}/${pass.slice(1)}/video.m3u8`)]).toEqual([404, 404]);
  });
});

describe('there is nothing', () => {
  it.each([
    '/hls/', '/hls', '/hls/../etc/passwd', '/hls/..%2f..%2fetc%2fpasswd/index.m3u8', '/hls/%2e%2e/index.m3u8', '/hls/SHOW/../../package.json', '/hls/SHOW/video/../../../etc/passwd',
    '/hls/SHOW/video/..%2f..%2fx.m4s', '/hls/SHOW/video/%2e%2e%2f20.m4s', '/hls/SHOW/video/20.m4s/', '/hls/SHOW//video/20.m4s', '/hls/SHOW/video/20.m4s%00', '/hls/SHOW/video/020x.m4s',
    '/hls/SHOW/video/-1.m4s', '/hls/SHOW/video/1e1.m4s', '/hls/SHOW/video/20.-1.m4s', '/hls/SHOW/video/20.0.0.m4s', '/hls/SHOW/video/init-.mp4', '/hls/SHOW/video/init-0.m4s',
    '/hls/SHOW/video/99999999999999999999.m4s', '/hls/SHOW/VIDEO/20.m4s', '/hls/SHOW/constructor/20.m4s', '/hls/SHOW/__proto__.m3u8', '/hls/SHOW/text.m3u8', '/hls/SHOW/video.m3u',
    '/hls/SHOW/replay/recording/..%2f..%2f..%2ffieldcast.sqlite', '/hls/SHOW/replay/recording/%2e%2e', '/hls/SHOW/replay/recording/', '/hls/__proto__/index.m3u8', '/hls/SHOW/video/C:%5cx.m4s',
    '/hls/SHOW/video/..\\..\\x.m4s', `/hls/SHOW/video/${'2'.repeat(200)}.m4s`, `/hls/${'a'.repeat(100)}/index.m3u8`, '/hls/SHOW/video/20%2em4s%3f',
  ])('at %s', async (path) => {
    const answer = await getRaw(path.replace('SHOW', show));
    expect([answer.statusCode, answer.headers['content-type']?.startsWith('application/problem+json')]).toEqual([404, true]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('to do with %s', async (method) => {
    expect((await get(`/hls/${show}/index.m3u8`, { method })).status).toBe(404);
  });
});

it('answers many requests on one connection in their order, waiting or not', async () => {
  const { Agent } = await import('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string) =>
    new Promise<number>((resolve, reject) => {
      httpGet(`${site.url}${path}`, { agent }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      }).once('error', reject);
    });
  const answers = [ask(`/hls/${show}/video.m3u8?_HLS_msn=22&_HLS_part=2`), ask(`/hls/${show}/video/22.2.m4s`), ask(`/hls/${show}/video.m3u8?_HLS_msn=99`), ask(`/hls/${show}/video/20.m4s`)];
  await someoneWaits();
  goOn(4_100, 4_400);
  expect(await Promise.all(answers)).toEqual([200, 200, 400, 200]);
  agent.destroy();
});
