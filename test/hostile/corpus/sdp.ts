// Owns the cases of WHIP and WHEP: offers with one thing wrong, fragments, conditions and sessions of nobody.
import type { ErrorCode } from '../../../server/protocol/errors.ts';
import { writeOffer } from '../../support/wire-signalling.ts';
import type { HttpCase } from '../http-client.ts';
import { forgedAuthorizations, UNKNOWN_ID } from './endpoints.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');
const BAD: ErrorCode[] = ['media.sdp-invalid', 'media.unsupported', 'input.too-large'];

/** Taken as it is; every case has one thing in it changed. */
export function goodOffer(path: '/whip' | '/whep'): string {
  return writeOffer({ direction: path === '/whip' ? 'sendonly' : 'recvonly', fingerprint: FINGERPRINT, video: 109, audio: 111 });
}

export function sdpCases({ path, showId, token }: { path: '/whip' | '/whep'; showId: string; token?: string }): HttpCase[] {
  const good = goodOffer(path);
  const headers: Record<string, string> = { 'content-type': 'application/sdp', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const post = (what: string, body: string | Uint8Array, codes: ErrorCode[] = BAD): HttpCase => ({ what: `${path} with ${what}`, method: 'POST', path: `${path}/${showId}`, headers, body, codes });
  const without = (pattern: RegExp) => good.split('\r\n').filter((line) => !pattern.test(line)).join('\r\n');
  const changed = (what: string, pattern: RegExp, replacement: string) => post(what, good.replaceAll(new RegExp(pattern, 'gm'), replacement));
  const session = `${path}/${showId}/sessions/${'a'.repeat(32)}`;
  const fragment = { 'content-type': 'application/trickle-ice-sdpfrag', ...(token ? { authorization: `Bearer ${token}` } : {}) };

  return [
    ...['', ' ', 'v=0', 'v=0\r\n', 'hello', '{}', '<sdp/>', 'null', '\u0000', 'v=1\r\n', `${'v=0\r\n'.repeat(200)}`].map((body) => post(`the text ${JSON.stringify(body).slice(0, 20)}`, body)),
    post('bytes that are no text', Buffer.from('763d300d0afffe00', 'hex')),
    post('1 MB of session name', good.replace('s=-', `s=${'x'.repeat(1 << 20)}`), ['input.too-large']),
    post('60 kB in one line', good.replace('s=-', `s=${'x'.repeat(60_000)}`)),
    post('5,000 attributes', good + 'a=x\r\n'.repeat(5_000)),
    post('5,000 SSRCs', good + Array.from({ length: 3_000 }, (_, n) => `a=ssrc:${n} cname:x\r\n`).join('')),
    post('40 m-lines', good + 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:x\r\n'.repeat(40)),
    post('video twice', good + good.slice(good.indexOf('m=video'), good.indexOf('m=audio')).replace('a=mid:0', 'a=mid:2')),
    post('no m-line', good.slice(0, good.indexOf('m='))),
    post('half an offer', good.slice(0, good.length / 2)),
    post('lines without a type', good.replaceAll('a=', '=')),
    post('nothing but m-lines', 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'),
    ...['mid', 'rtpmap', 'ice-ufrag', 'ice-pwd', 'fingerprint', 'rtcp-mux', 'group'].map((name) => post(`no a=${name}`, without(new RegExp(`^a=${name}`)))),
    ...['garbage', 'sha-256', 'sha-256 AB:CD', `sha-1 ${FINGERPRINT}`, `md5 ${FINGERPRINT}`, `sha-256 ${FINGERPRINT.replaceAll('AB', 'ZZ')}`, `sha-256 ${FINGERPRINT}:AB`, 'sha-256 __proto__'].map((value) =>
      changed(`the fingerprint ${value.slice(0, 20)}`, /^a=fingerprint:.*$/, `a=fingerprint:${value}`),
    ),
    ...['-1', '34', '64', '128', '999', '1e9', 'x', '96.5', ''].map((type) => changed(`payload type ${type}`, /109/, type)),
    ...['abc', 'a'.repeat(300), 'ab cd', '\u0000\u0000\u0000\u0000', '🍎🍎🍎🍎'].map((value) => changed(`the ICE name ${JSON.stringify(value).slice(0, 12)}`, /^a=ice-ufrag:.*$/, `a=ice-ufrag:${value}`)),
    ...['short', 'a'.repeat(300), 'with spaces in it with spaces', ''].map((value) => changed(`the ICE password ${value.slice(0, 12)}`, /^a=ice-pwd:.*$/, `a=ice-pwd:${value}`)),
    ...['RTP/AVP', 'DTLS/SCTP', 'TCP', 'UDP/TLS/RTP/SAVPF/X', 'udp'].map((protocol) => changed(`the protocol ${protocol}`, /UDP\/TLS\/RTP\/SAVPF/, protocol)),
    ...['application', 'text', 'image', '__proto__', ''].map((kind) => changed(`an m-line of ${kind || 'nothing'}`, /^m=video/, `m=${kind}`)),
    ...['', 'a'.repeat(100), 'a b', '\u0000'].map((mid) => changed(`the mid ${JSON.stringify(mid).slice(0, 10)}`, /^a=mid:0$/, `a=mid:${mid}`)),
    changed('one mid for both', /^a=mid:1$/, 'a=mid:0'),
    changed('a group of others', /^a=group:BUNDLE.*$/, 'a=group:BUNDLE 7 8'),
    changed('codecs nobody speaks', /(H264\/90000|opus\/48000\/2)/, 'NOTHING/90000'),
    changed('port 0', /^m=(video|audio) 9/, 'm=$1 0'),
    changed('its direction turned round', /^a=(sendonly|recvonly)$/, path === '/whip' ? 'a=recvonly' : 'a=sendonly'),
    changed('no direction to use', /^a=(sendonly|recvonly)$/, 'a=inactive'),
    changed('both DTLS roles', /^a=setup:actpass$/, 'a=setup:holdconn'),
    changed('a DTLS role nobody knows', /^a=setup:actpass$/, 'a=setup:both'),
    ...['-1', '4294967296', '99999999999999999999', 'x', '0.5', ''].map((ssrc) => post(`SSRC ${ssrc || 'empty'}`, `${good}a=ssrc:${ssrc} cname:x\r\n`)),
    changed('a clock of 0 Hz', /H264\/90000/, 'H264/0'),
    changed('a clock of 1e9 Hz', /H264\/90000/, 'H264/1000000000'),
    post('100 codecs', good.replace('m=video 9 UDP/TLS/RTP/SAVPF 109', `m=video 9 UDP/TLS/RTP/SAVPF ${Array.from({ length: 100 }, (_, n) => 200 + n).join(' ')}`)),
    ...['application/json', 'text/plain', 'application/sdp2', ';;;'].map((type) => ({ ...post(type, good, ['input.media-type']), headers: { ...headers, 'content-type': type } })),
    { ...post('a show nobody has', good, ['not-found']), path: `${path}/${UNKNOWN_ID}` },
    { ...post('__proto__', good, ['not-found']), path: `${path}/__proto__` },
    { ...post('a NUL', good, ['not-found', 'input.not-json']), path: `${path}/%00` },
    ...forgedAuthorizations(token ?? 'a.b.c').map(([what, authorization]) => ({ ...post(what, good, ['auth.invalid']), headers: { ...headers, authorization } })),
    ...['PUT', 'PATCH', 'DELETE'].map((method): HttpCase => ({ what: `${method} ${path}`, method, path: `${path}/${showId}`, headers, body: good, codes: ['method.not-allowed'] })),
    ...['PUT', 'POST'].map((method): HttpCase => ({ what: `${method} on a session of ${path}`, method, path: session, headers, body: good, codes: ['method.not-allowed'] })),
    ...['GET', 'DELETE'].map((method): HttpCase => ({ what: `${method} of a session nobody has on ${path}`, method, path: session, headers: token ? { authorization: `Bearer ${token}` } : {}, codes: ['media.not-found', 'not-found'] })),
    { what: `a fragment for a session nobody has on ${path}`, method: 'PATCH', path: session, headers: { ...fragment, 'if-match': '*' }, body: 'a=ice-ufrag:abcd\r\n', codes: ['media.not-found', 'not-found'] },
    { what: `a fragment of 20 kB on ${path}`, method: 'PATCH', path: session, headers: fragment, body: 'a=x\r\n'.repeat(5_000), codes: ['input.too-large'] },
    { what: `JSON for a fragment on ${path}`, method: 'PATCH', path: session, headers: { ...fragment, 'content-type': 'application/json' }, body: '{}', codes: ['input.media-type'] },
  ];
}

/** For a session that is really there: the server refuses each and keeps the session. */
export function fragmentCases({ path, token }: { path: string; token: string }): HttpCase[] {
  const headers = { 'content-type': 'application/trickle-ice-sdpfrag', authorization: `Bearer ${token}` };
  const patch = (what: string, body: string, ifMatch: string | undefined, codes: ErrorCode[]): HttpCase => ({
    what: `a fragment with ${what}`,
    method: 'PATCH',
    path,
    headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
    body,
    codes,
  });
  const restart = (name: string, password: string) => `a=ice-ufrag:${name}\r\na=ice-pwd:${password}\r\n`;
  return [
    patch('no If-Match', restart('efgh', 'a'.repeat(24)), undefined, ['media.precondition-required']),
    patch('another tag', restart('efgh', 'a'.repeat(24)), '"nobody"', ['media.precondition-failed']),
    patch('a tag of 4 kB', restart('efgh', 'a'.repeat(24)), `"${'x'.repeat(4_000)}"`, ['media.precondition-failed']),
    patch('an ICE name that is too short', restart('e', 'a'.repeat(24)), '*', ['media.sdp-invalid']),
    patch('an ICE name of spaces', restart('e f g h', 'a'.repeat(24)), '*', ['media.sdp-invalid']),
    patch('an ICE password that is too short', restart('efgh', 'a'), '*', ['media.sdp-invalid']),
    patch('an ICE name alone', 'a=ice-ufrag:efgh\r\n', '*', ['media.sdp-invalid']),
    patch('nothing', '', '*', ['media.sdp-invalid']),
  ];
}
