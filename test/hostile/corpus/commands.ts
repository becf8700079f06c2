// Owns the cases of socket commands: from the command table alone, and by hand where a well-formed command is a wrong one.
import type { ErrorCode } from '../../../server/protocol/errors.ts';
import { type CommandName, commands } from '../../../server/protocol/commands.ts';
import type { RtpParameters } from '../../../server/protocol/media.ts';
import { mutations } from '../mutations.ts';
import { UNKNOWN_ID } from './endpoints.ts';

export interface CommandCase {
  what: string;
  /** Any text, not only names of commands. */
  name: string;
  /** What stands before the acknowledgement. */
  args: unknown[];
  codes: readonly ErrorCode[];
}

/** Larger messages end the connection before anybody reads them. */
const MESSAGE_BYTES = 60_000;

/** Every command that a host may send, or else a coach: together all there are. */
function commandsOf(caller: 'host' | 'coach'): string[] {
  return Object.entries(commands).flatMap(([name, { roles }]) => ((roles as readonly string[]).includes('host') === (caller === 'host') ? [name] : []));
}

/** Inputs that the schema refuses, for every command of this caller. */
export function schemaCases(caller: 'host' | 'coach'): CommandCase[] {
  return commandsOf(caller).flatMap((name) => {
    const { input } = commands[name as CommandName];
    return [...mutations(input)]
      .filter(({ value }) => JSON.stringify(value).length < MESSAGE_BYTES)
      .map(({ what, value }): CommandCase => ({ what: `${name}: ${what}`, name, args: [value], codes: ['input.invalid'] }));
  });
}

export function oddCalls(caller: 'host' | 'coach'): CommandCase[] {
  const odd = commandsOf(caller).flatMap((name): CommandCase[] => [
    { what: `${name} with bytes`, name, args: [Buffer.from('bytes')], codes: ['input.invalid'] },
    { what: `${name} with bytes inside`, name, args: [{ showId: Buffer.from('bytes') }], codes: ['input.invalid'] },
    { what: `${name} with many arguments`, name, args: [null, ...Array.from({ length: 200 }, () => ({}))], codes: ['input.invalid'] },
  ]);
  if (caller === 'coach') return odd;
  const names = ['', ' ', 'show', 'show.join ', 'SHOW.JOIN', 'media', 'media.publish.x', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'emit', '\u0000', 'x'.repeat(5_000), '🍎', 'order.place', 'pins.changed'];
  return [...odd, ...names.map((name): CommandCase => ({ what: `the command ${JSON.stringify(name).slice(0, 30)}`, name, args: [{}], codes: ['not-found'] }))];
}

/** Well formed for a connection that is in no show. */
export function beforeJoining(): CommandCase[] {
  return goodInputs()
    .filter(([name]) => name !== 'show.join' && name !== 'show.leave')
    .map(([name, input]) => ({ what: `${name} before show.join`, name, args: [input], codes: ['show.wrong-state'] }));
}

/** Of an anonymous viewer in the show. @param ids of others: the host's transport and producers, another viewer's consumers */
export function asViewer(ids: readonly string[]): CommandCase[] {
  const cases: CommandCase[] = [
    { what: 'a viewer publishes', name: 'media.publish', args: [{}], codes: ['auth.missing', 'auth.forbidden'] },
    { what: 'a viewer joins a show nobody has', name: 'show.join', args: [{ showId: UNKNOWN_ID }], codes: ['not-found'] },
    { what: 'a viewer joins __proto__', name: 'show.join', args: [{ showId: '__proto__' }], codes: ['not-found'] },
  ];
  return [...cases, ...ids.flatMap((id) => foreignIdCases('a viewer', id, ['media.not-found', 'auth.missing', 'auth.forbidden']))];
}

/** Of the host of another show who has joined this one: a viewer here, whatever the token says. */
export function asStranger(ids: readonly string[]): CommandCase[] {
  const cases: CommandCase[] = [{ what: 'the host of another show publishes', name: 'media.publish', args: [{}], codes: ['auth.forbidden'] }];
  return [...cases, ...ids.flatMap((id) => foreignIdCases('the host of another show', id, ['media.not-found', 'auth.forbidden']))];
}

function foreignIdCases(who: string, id: string, codes: readonly ErrorCode[]): CommandCase[] {
  const inputs: [CommandName, unknown][] = [
    ['media.connect', { transportId: id, dtlsParameters: dtls('AA') }],
    ['media.restart-ice', { transportId: id }],
    ['media.close', { transportId: id }],
    ['media.produce', { transportId: id, kind: 'video', rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 1 }] } }],
    ['media.resume', { consumerIds: [id] }],
    ['media.pause', { consumerIds: [id, id, id, id] }],
    ['media.pause-producer', { producerId: id, paused: true }],
    ['whisper.connect', { transportId: id, dtlsParameters: dtls('AA') }],
    ['whisper.talk', { isTalking: true }],
  ];
  return inputs.map(([name, input]) => ({ what: `${name} by ${who} for ${id.slice(0, 12)}`, name, args: [input], codes }));
}

const dtls = (pair: string) => ({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => pair).join(':') }] });

function goodInputs(): [CommandName, unknown][] {
  const transportId = UNKNOWN_ID;
  return [
    ['show.join', { showId: UNKNOWN_ID }],
    ['show.leave', {}],
    ['telemetry.send', { d: 'device_of_nobody', p: 'page', n: 0, t: 1, e: [[0, 1]] }],
    ['media.watch', { rtpCapabilities: {} }],
    ['media.consume', {}],
    ['media.resume', { consumerIds: [UNKNOWN_ID] }],
    ['media.pause', { consumerIds: [UNKNOWN_ID] }],
    ['media.want', { picture: 'small', isBuying: true }],
    ['media.publish', {}],
    ['media.produce', { transportId, kind: 'video', rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 1 }] } }],
    ['media.pause-producer', { producerId: UNKNOWN_ID, paused: true }],
    ['media.connect', { transportId, dtlsParameters: dtls('AA') }],
    ['media.restart-ice', { transportId }],
    ['media.close', { transportId }],
    ['whisper.hear', { rtpCapabilities: {} }],
    ['whisper.connect', { transportId, dtlsParameters: dtls('AA') }],
    ['whisper.close', {}],
  ];
}

/** What a host may not send on a transport of their own. @param good parameters that the server would take */
export function wrongTracks(transportId: string, good: RtpParameters): CommandCase[] {
  const [codec] = good.codecs as [RtpParameters['codecs'][number]];
  const [encoding] = good.encodings as [RtpParameters['encodings'][number]];
  const produce = (what: string, change: object, codes: ErrorCode[], kind = 'video'): CommandCase => ({
    what: `a track with ${what}`,
    name: 'media.produce',
    args: [{ transportId, kind, rtpParameters: { ...good, ...change } }],
    codes,
  });
  const codecs = (change: object) => ({ codecs: [{ ...codec, ...change }] });
  const bad: ErrorCode[] = ['input.invalid'];
  const unfit: ErrorCode[] = ['media.unsupported', 'input.invalid'];
  return [
    produce('5,000 encodings', { encodings: Array.from({ length: 5_000 }, () => ({ ssrc: 1 })) }, bad),
    produce('4 encodings', { encodings: Array.from({ length: 4 }, (_, n) => ({ ssrc: n + 1 })) }, bad),
    produce('no encoding', { encodings: [] }, bad),
    ...[-1, 0, 0.5, 0xffff_ffff, 2 ** 32, 1e300, '1'].map((ssrc) => produce(`SSRC ${ssrc}`, { encodings: [{ ...encoding, ssrc }] }, bad)),
    ...[-1, 0, 34, 64, 95, 128, 999, 96.5, '96'].map((payloadType) => produce(`payload type ${payloadType}`, codecs({ payloadType }), bad)),
    ...['video/', 'H264', 'text/plain', 'video/H264/x', '../x', 'video/\u0000'].map((mimeType) => produce(`the type ${mimeType}`, codecs({ mimeType }), bad)),
    ...['video/VP9', 'video/AV1', 'video/H265', 'video/nothing', 'video/rtx', 'video/ulpfec'].map((mimeType) => produce(mimeType, codecs({ mimeType }), unfit)),
    produce('sound for video', codecs({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }), unfit),
    produce('video for sound', {}, unfit, 'audio'),
    ...[-1, 0, 1, 1e9].map((clockRate) => produce(`a clock of ${clockRate} Hz`, codecs({ clockRate }), bad)),
    produce('a profile nobody plays', codecs({ parameters: { 'packetization-mode': 0, 'profile-level-id': 'ffffff' } }), unfit),
    produce('40 parameters', codecs({ parameters: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, 1])) }), bad),
    produce('a parameter that is an object', codecs({ parameters: { apt: {} } }), bad),
    produce('9 codecs', { codecs: Array.from({ length: 9 }, () => codec) }, bad),
    produce('one payload type for two codecs', { codecs: [codec, { ...codec, mimeType: 'video/VP8', parameters: {} }] }, unfit),
    produce('a retransmission of nothing', { codecs: [codec, { mimeType: 'video/rtx', payloadType: 100, clockRate: 90_000, parameters: { apt: 101 } }] }, unfit),
    produce('one SSRC in two layers', { encodings: [{ ssrc: 7 }, { ssrc: 7 }] }, unfit),
    produce('its SSRC for retransmission too', { encodings: [{ ssrc: 7, rtx: { ssrc: 7 } }] }, unfit),
    produce('one rid in two layers', { mid: '0', encodings: [{ rid: 'a' }, { rid: 'a' }] }, unfit),
    produce('neither SSRC, rid nor mid', { encodings: [{}] }, unfit),
    produce('an encoding of a codec it does not name', { encodings: [{ ...encoding, codecPayloadType: 127 }] }, unfit),
    produce('25 header extensions', { headerExtensions: Array.from({ length: 25 }, (_, n) => ({ uri: 'urn:x', id: n + 1 })) }, bad),
    produce('header extension 0', { headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 0 }] }, bad),
    produce('header extension 256', { headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 256 }] }, bad),
    ...[
      ['no fingerprint', { fingerprints: [] }],
      ['a fingerprint of words', { fingerprints: [{ algorithm: 'sha-256', value: 'garbage' }] }],
      ['a short fingerprint', { fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }] }],
      ['a fingerprint of another algorithm', { fingerprints: [{ algorithm: 'sha-1', value: dtls('AA').fingerprints[0]?.value }] }],
      ['md5', { fingerprints: [{ algorithm: 'md5', value: 'AA:BB' }] }],
      ['6 fingerprints', { fingerprints: Array.from({ length: 6 }, () => dtls('AA').fingerprints[0]) }],
      ['the role of both', { ...dtls('AA'), role: 'both' }],
    ].map(([what, dtlsParameters]): CommandCase => ({ what: `DTLS with ${what}`, name: 'media.connect', args: [{ transportId, dtlsParameters }], codes: bad })),
  ];
}

/**
 * Well formed and odd: the server may take these or refuse them, and must not stumble.
 * @param transportId a transport of the caller's own
 */
export function oddButWellFormed(transportId: string, good: RtpParameters): { name: CommandName; input: unknown }[] {
  const [codec] = good.codecs as [RtpParameters['codecs'][number]];
  const produce = (change: object) => ({ name: 'media.produce' as const, input: { transportId, kind: 'video', rtpParameters: { ...good, ...change } } });
  return [
    produce({ headerExtensions: [{ uri: 'urn:nobody', id: 1 }, { uri: 'urn:nobody', id: 1 }] }),
    produce({ headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 15 }, { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 255 }] }),
    produce({ encodings: [{ ssrc: 11, scalabilityMode: 'S3T3' }] }),
    produce({ encodings: [{ ssrc: 12, scaleResolutionDownBy: 64, maxBitrate: 1 }] }),
    produce({ encodings: [{ ssrc: 13, dtx: true }, { rid: 'x' }] }),
    produce({ codecs: [{ ...codec, rtcpFeedback: Array.from({ length: 16 }, () => ({ type: 'nack', parameter: 'pli' })) }], encodings: [{ ssrc: 14 }] }),
    produce({ codecs: [{ ...codec, parameters: { 'profile-level-id': '__proto__', 'packetization-mode': 1 } }], encodings: [{ ssrc: 15 }] }),
    produce({ rtcp: { cname: '\u0000'.repeat(256) }, encodings: [{ ssrc: 16 }] }),
    produce({ mid: '\u{1f34e}'.repeat(16), encodings: [{ ssrc: 17 }] }),
    { name: 'media.watch', input: { rtpCapabilities: {} } },
    { name: 'media.watch', input: { rtpCapabilities: { codecs: [], headerExtensions: [] } } },
    { name: 'media.watch', input: { rtpCapabilities: { codecs: [{ kind: 'audio', mimeType: 'video/H264', clockRate: 90_000 }] } } },
    { name: 'media.watch', input: { rtpCapabilities: { codecs: Array.from({ length: 64 }, () => ({ kind: 'video', mimeType: 'video/rtx', clockRate: 90_000, parameters: { apt: 1e300 } })) } } },
    { name: 'media.watch', input: { rtpCapabilities: { headerExtensions: Array.from({ length: 48 }, () => ({ kind: 'video', uri: '', preferredId: 1 })) } } },
    { name: 'media.consume', input: {} },
    { name: 'media.connect', input: { transportId, dtlsParameters: dtls('00') } },
    { name: 'media.connect', input: { transportId, dtlsParameters: dtls('ff') } },
    { name: 'media.restart-ice', input: { transportId } },
    { name: 'media.close', input: { transportId } },
    { name: 'media.close', input: { transportId } },
    { name: 'media.restart-ice', input: { transportId } },
  ];
}
