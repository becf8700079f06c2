// WHIP and WHEP as their clients see them, over real HTTP and with real media.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mediaRoutes, WireSessions } from '../../../server/media/index.ts';
import { Auth } from '../../../server/platform/auth.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { FieldcastError } from '../../../server/platform/errors.ts';
import { createHttpServer, registerRoutes } from '../../../server/platform/http/server.ts';
import { openTestMedia, type TestMedia } from '../../support/test-media.ts';
import { type OfferOptions, throughWire, writeOffer } from '../../support/wire-signalling.ts';

let opened: TestMedia;
let app: FastifyInstance;
let base: string;
let hostToken: string;
let fingerprint: string;

const wires = new WireSessions();
let linkToken: string;
const closedShows = new Set<string>();

/** Streams exist when their id starts with `show-`; the host may publish `show-1` to `show-9`. */
const access = {
  async mayWatch(_caller: unknown, streamId: string) {
    if (!streamId.startsWith('show-') || closedShows.has(streamId)) throw new FieldcastError('not-found', 'There is no such show.');
  },
  async mayPublish(_caller: unknown, streamId: string) {
    await access.mayWatch(_caller, streamId);
    if (!/^show-\d$/.test(streamId)) throw new FieldcastError('auth.forbidden', 'This is somebody else\'s show.');
  },
};

beforeAll(async () => {
  opened = await openTestMedia({ workers: 1 });
  const auth = new Auth(randomBytes(32), systemClock);
  auth.followLinks(() => Promise.resolve({ isRevoked: false, rights: [] }));
  linkToken = await auth.sign({ role: 'host', identity: 'host-2', linkId: 'lnk_helper' }, 60_000);
  hostToken = await auth.sign({ role: 'host', identity: 'host-1' }, 60_000);
  app = await createHttpServer({ auth, log: pino({ level: 'silent' }), metrics: opened.metrics, allowedOrigins: ['*'] });
  registerRoutes(app, mediaRoutes({ media: opened.media, access, wires }), auth);
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  fingerprint = await opened.peers.fingerprint();
});

afterAll(async () => {
  await app.close();
  await opened.close();
});

const offerTo = (direction: OfferOptions['direction'], more: Partial<OfferOptions> = {}) => writeOffer({ direction, fingerprint, ...more });
const published = (show: string) => throughWire({ url: `${base}/whip/${show}`, token: hostToken, offer: { direction: 'sendonly', fingerprint } });

function send(method: string, path: string, options: { body?: string; type?: string; token?: string; ifMatch?: string; headers?: Record<string, string> } = {}) {
  const { body, type = 'application/sdp', token, ifMatch, headers } = options;
  return fetch(path.startsWith('http') ? path : `${base}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(ifMatch ? { 'if-match': ifMatch } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

const fragment = (ufrag: string) => `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${'p'.repeat(24)}\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=end-of-candidates\r\n`;

test('WHIP in and WHEP out carry picture and sound, also to a viewer with payload types of its own', async () => {
  const { peers } = opened;
  const whip = published('show-1');
  const publisher = await peers.publish(whip, { signsMid: true });
  const same = await peers.watch(throughWire({ url: `${base}/whep/show-1`, offer: { direction: 'recvonly', fingerprint } }), { decrypts: true });
  await same.firstFrame();
  const own = throughWire({ url: `${base}/whep/show-1`, offer: { direction: 'recvonly', fingerprint, audio: 96, video: 102 } });
  const other = await peers.watch(own, { decrypts: true });
  await other.firstFrame();
  await Promise.all([same.moreFrames(25), other.moreFrames(25)]);
  expect(own.answer).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF 102\r$/m);
  expect(own.answer).toMatch(/^m=audio 9 UDP\/TLS\/RTP\/SAVPF 96\r$/m);
  expect(other.packets.audio).toBeGreaterThan(10);
  expect(await other.decrypted()).toBeGreaterThan(25);
  expect(publisher.keyFrameRequests.length).toBeGreaterThan(0);
  expect((await send('DELETE', whip.location, { token: hostToken })).status).toBe(200);
});

test('the 201 of a WHIP offer has an absolute unguessable Location, a strong ETag and the opposite of the offer', async () => {
  const response = await send('POST', '/whip/show-2', { body: offerTo('sendonly'), token: hostToken });
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('application/sdp');
  expect(response.headers.get('location')).toMatch(new RegExp(`^${base}/whip/show-2/sessions/[A-Za-z0-9_-]{32}$`));
  expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{24}"$/);
  const answer = await response.text();
  const sections = answer.split(/(?=^m=)/m);
  expect(sections[0]).toContain('a=group:BUNDLE 0 1\r\n');
  expect(sections[0]).toContain('a=ice-lite\r\n');
  expect(sections.slice(1).map((section) => section.slice(2, 7))).toEqual(['video', 'audio']);
  for (const section of sections.slice(1)) {
    for (const line of ['a=recvonly', 'a=setup:passive', 'a=rtcp-mux']) expect(section).toContain(`${line}\r\n`);
    expect(section).toMatch(/a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 \d+ typ host\r\n/);
    expect(section).toMatch(/a=candidate:\S+ 1 tcp \d+ 127\.0\.0\.1 \d+ typ host tcptype passive\r\n/);
  }
});

test('what was opened by a link ends with the link, and what was opened to a show when its gate closes', async () => {
  const open = async (show: string, token: string) => (await send('POST', `/whip/${show}`, { body: offerTo('sendonly'), token })).headers.get('location')!;
  const isThere = async (location: string) => (await send('HEAD', location, { token: hostToken })).status === 204;
  const byLink = await open('show-7', linkToken);
  const own = await open('show-8', hostToken);
  expect(await isThere(byLink)).toBe(true);
  wires.endOfLink('lnk_helper');
  expect([await isThere(byLink), await isThere(own)]).toEqual([false, true]);
  await wires.endRefused('show-8');
  expect(await isThere(own)).toBe(true);
  closedShows.add('show-8');
  await wires.endRefused('show-8');
  closedShows.clear();
  expect(await isThere(own)).toBe(false);
});

test('behind a proxy the Location is as the client sees the server', async () => {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'live.example.org' };
  const response = await send('POST', '/whip/show-2', { body: offerTo('sendonly'), token: hostToken, headers });
  expect(response.headers.get('location')).toMatch(/^https:\/\/live\.example\.org\/whip\/show-2\/sessions\//);
});

test('candidates are taken with the right ETag, and a restart with an asterisk makes a new one', async () => {
  const { location, etag } = await session('show-3');
  const patch = (options: { ifMatch?: string; body?: string }) =>
    send('PATCH', location, { token: hostToken, type: 'application/trickle-ice-sdpfrag', body: fragment('abcd'), ...options });

  expect((await patch({})).status).toBe(428);
  expect((await patch({ ifMatch: '"another"' })).status).toBe(412);
  expect((await patch({ ifMatch: `W/${etag}` })).status).toBe(412);
  const taken = await patch({ ifMatch: etag });
  expect(taken.status).toBe(204);
  expect(taken.headers.get('etag')).toBeNull();
  expect(await taken.text()).toBe('');
  expect((await patch({ ifMatch: etag, body: fragment('other') })).status).toBe(422);
  expect((await patch({ ifMatch: '*', body: 'a=ice-ufrag:x\r\n' })).status).toBe(400);
  expect((await patch({ ifMatch: '*', body: 'nonsense' })).status).toBe(400);

  const restarted = await patch({ ifMatch: '*', body: fragment('wxyz') });
  expect(restarted.status).toBe(200);
  expect(restarted.headers.get('content-type')).toBe('application/trickle-ice-sdpfrag');
  const next = restarted.headers.get('etag') ?? '';
  expect(next).not.toBe(etag);
  const body = await restarted.text();
  expect(body).toMatch(/^a=ice-lite\r\na=ice-ufrag:\S+\r\na=ice-pwd:\S+\r\nm=video 9 UDP\/TLS\/RTP\/SAVPF 0\r\na=mid:0\r\na=candidate:/);
  expect((await patch({ ifMatch: etag, body: fragment('wxyz') })).status).toBe(412);
  expect((await patch({ ifMatch: next, body: fragment('wxyz') })).status).toBe(204);
  expect((await patch({ ifMatch: '"*"', body: fragment('more') })).status).toBe(200);
  expect((await send('PATCH', location, { token: hostToken, body: 'v=0', ifMatch: '*' })).status).toBe(415);
});

test('DELETE ends the session whatever If-Match says; afterwards it is gone', async () => {
  const { location } = await session('show-4');
  expect((await send('GET', location, { token: hostToken })).status).toBe(204);
  expect(opened.media.find('show-4')?.info().producers).toHaveLength(2);
  expect((await send('DELETE', location, { token: hostToken, ifMatch: '"whatever"' })).status).toBe(200);
  expect(opened.media.find('show-4')?.info().producers).toHaveLength(0);
  for (const method of ['GET', 'DELETE', 'PATCH']) {
    const gone = await send(method, location, { token: hostToken });
    expect(gone.status).toBe(404);
    expect(gone.headers.get('content-type')).toContain('application/problem+json');
  }
});

test('a session belongs to its stream and to those who may publish it', async () => {
  const { location } = await session('show-5');
  const id = location.split('/').at(-1) as string;
  expect((await send('GET', location)).status).toBe(401);
  expect((await send('GET', `/whip/show-6/sessions/${id}`, { token: hostToken })).status).toBe(404);
  expect((await send('GET', `/whep/show-5/sessions/${id}`)).status).toBe(404);
  expect((await send('DELETE', `/whip/show-of-another/sessions/${id}`, { token: hostToken })).status).toBe(403);
  expect((await send('GET', location, { token: hostToken })).status).toBe(204);
});

test('who may not publish is refused before the offer is read', async () => {
  const refused = await send('POST', '/whip/show-1', { body: 'rubbish' });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  expect((await send('POST', '/whip/show-1', { body: 'rubbish', token: 'forged' })).status).toBe(401);
  expect((await send('POST', '/whip/show-of-another', { body: 'rubbish', token: hostToken })).status).toBe(403);
  expect((await send('POST', '/whip/nothing', { body: 'rubbish', token: hostToken })).status).toBe(404);
});

test('WHEP of a stream that is not live says when to come again', async () => {
  const early = await send('POST', '/whep/show-8', { body: offerTo('recvonly') });
  expect(early.status).toBe(409);
  expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await early.json()).toMatchObject({ code: 'show.not-live', status: 409 });
  expect((await send('POST', '/whep/nothing', { body: offerTo('recvonly') })).status).toBe(404);
});

test('a WHEP session ends with the tracks it was made for', async () => {
  const whip = published('show-7');
  await opened.peers.publish(whip, { signsMid: true });
  const whep = throughWire({ url: `${base}/whep/show-7`, offer: { direction: 'recvonly', fingerprint } });
  const viewer = await opened.peers.watch(whep);
  await viewer.firstFrame();
  expect((await send('HEAD', whep.location)).status).toBe(204);
  await send('DELETE', whip.location, { token: hostToken });
  await expect.poll(async () => (await send('GET', whep.location)).status).toBe(404);
});

test('OPTIONS tells a browser all it needs; other methods are named', async () => {
  for (const path of ['/whip/show-1', '/whep/show-1']) {
    const preflight = await send('OPTIONS', path, {
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('accept-post')).toBe('application/sdp');
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toMatch(/POST.*PATCH.*DELETE.*OPTIONS/);
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/authorization.*content-type.*if-match/);
    for (const method of ['GET', 'HEAD']) {
      const empty = await send(method, path);
      expect(empty.status).toBe(204);
      expect(await empty.text()).toBe('');
    }
    const wrong = await send('PUT', path, { body: 'x' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toContain('POST');
  }
  const created = await send('POST', '/whip/show-9', { body: offerTo('sendonly'), token: hostToken, headers: { origin: 'https://shop.example' } });
  expect(created.headers.get('access-control-expose-headers')?.toLowerCase()).toMatch(/location.*etag.*link/);
  expect((await send('OPTIONS', created.headers.get('location') ?? '')).headers.get('accept-patch')).toBe('application/trickle-ice-sdpfrag');
});

const long = (count: number, line: string) => Array.from({ length: count }, () => line).join('');

test.each<[string, number, (offer: string) => string]>([
  ['an empty body', 400, () => ''],
  ['no SDP at all', 400, () => '{"sdp":1}'],
  ['another version', 400, (offer) => offer.replace('v=0', 'v=1')],
  ['no m-line', 400, (offer) => offer.slice(0, offer.indexOf('m='))],
  ['a line without a type', 400, (offer) => `${offer}garbage\r\n`],
  ['a garbage fingerprint', 400, (offer) => offer.replace(/sha-256 \S+/g, 'sha-256 ZZ:ZZ')],
  ['a fingerprint of the wrong length', 400, (offer) => offer.replace(/sha-256 \S+/g, 'sha-256 AB:CD')],
  ['an unknown hash', 400, (offer) => offer.replace(/sha-256/g, 'md5')],
  ['no fingerprint', 400, (offer) => offer.replace(/a=fingerprint.*\r\n/g, '')],
  ['no ICE password', 400, (offer) => offer.replace(/a=ice-pwd.*\r\n/g, '')],
  ['a short ICE user name', 400, (offer) => offer.replace(/ice-ufrag:abcd/g, 'ice-ufrag:a')],
  ['no mid', 400, (offer) => offer.replace(/a=mid:.*\r\n/g, '')],
  ['two equal mids', 400, (offer) => offer.replace('a=mid:1', 'a=mid:0')],
  ['SSRC -1', 400, (offer) => `${offer}a=ssrc:-1 cname:x\r\n`],
  ['SSRC 0', 400, (offer) => `${offer}a=ssrc:0 cname:x\r\n`],
  ['an SSRC of 33 bits', 400, (offer) => `${offer}a=ssrc:9999999999 cname:x\r\n`],
  ['payload type 999', 400, (offer) => offer.replaceAll('111', '999')],
  ['payload type 64', 400, (offer) => offer.replaceAll('111', '64')],
  ['an unknown DTLS role', 400, (offer) => offer.replaceAll('actpass', 'holdconn')],
  ['5,000 SSRCs', 413, (offer) => offer + long(5_000, 'a=ssrc:5 cname:x\r\n')],
  ['5,000 m-lines', 413, (offer) => offer + long(5_000, 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')],
  ['1,500 lines', 400, (offer) => offer + long(1_500, 'a=x\r\n')],
  ['40 m-lines', 400, (offer) => offer + long(40, 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')],
  ['5,000 layers', 400, (offer) => `${offer}a=simulcast:send ${Array.from({ length: 5_000 }, (_, n) => `r${n}`).join(';')}\r\n`],
  ['4 layers', 422, (offer) => `${offer}a=simulcast:send a;b;c;d\r\n`],
  ['layers by rid without the header extension', 422, (offer) => `${offer}a=simulcast:send a;b\r\n`],
  ['two videos', 422, (offer) => `${offer}${(offer.match(/m=video[\s\S]*?(?=m=audio)/)?.[0] ?? '').replace('a=mid:0', 'a=mid:2')}`.replace('BUNDLE 0 1', 'BUNDLE 0 1 2')],
  ['a data channel', 422, (offer) => `${offer}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n`],
  ['no BUNDLE', 422, (offer) => offer.replace(/a=group.*\r\n/, '')],
  ['no rtcp-mux', 422, (offer) => offer.replace(/a=rtcp-mux\r\n/g, '')],
  ['plain RTP', 422, (offer) => offer.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
  ['an m-line that is off', 422, (offer) => offer.replace('m=audio 9', 'm=audio 0')],
  ['the wrong direction', 422, (offer) => offer.replaceAll('a=sendonly', 'a=recvonly')],
  ['no codec of ours', 422, (offer) => offer.replaceAll('H264', 'AV1')],
  ['H.264 main profile', 422, (offer) => offer.replaceAll('42e01f', '4d001f')],
  ['a bundle-only m-line (RFC 9143)', 201, (offer) => offer.replace('m=audio 9', 'm=audio 0').replace('a=mid:1', 'a=bundle-only\r\na=mid:1')],
  ['__proto__ as parameter', 201, (offer) => offer.replace('useinbandfec=1', 'useinbandfec=1;__proto__=1')],
])('an offer with %s gets %i', async (_what, status, spoil) => {
  const body = spoil(offerTo('sendonly'));
  const response = await send('POST', '/whip/show-9', { body, token: hostToken });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain(status === 201 ? 'application/sdp' : 'application/problem+json');
});

test('a body of another type is refused with 415, one that is too long with 413', async () => {
  expect((await send('POST', '/whip/show-1', { body: '{}', type: 'application/json', token: hostToken })).status).toBe(415);
  expect((await send('POST', '/whip/show-1', { token: hostToken })).status).toBe(415);
  expect((await send('POST', '/whip/show-1', { body: offerTo('sendonly') + long(70_000, 'a'), token: hostToken })).status).toBe(413);
});

test('layers by rid are answered in the order of the offer', async () => {
  const offer = offerTo('sendonly').replace(
    'a=rtpmap:108',
    'a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\na=rid:h send\r\na=rid:l send\r\na=simulcast:send h;l\r\na=rtpmap:108',
  );
  const response = await send('POST', '/whip/show-6', { body: offer, token: hostToken });
  expect(response.status).toBe(201);
  const answer = await response.text();
  expect(answer).toContain('a=rid:h recv\r\na=rid:l recv\r\na=simulcast:recv h;l\r\n');
  expect(opened.media.find('show-6')?.tracks[0]?.rtpParameters.encodings?.map((each) => each.rid)).toEqual(['l', 'h']);
});

async function session(show: string): Promise<{ location: string; etag: string }> {
  const response = await send('POST', `/whip/${show}`, { body: offerTo('sendonly'), token: hostToken });
  return { location: response.headers.get('location') ?? '', etag: response.headers.get('etag') ?? '' };
}
