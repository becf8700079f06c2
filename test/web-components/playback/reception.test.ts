// Owns what the player reads out of a browser's statistics.
import { describe, expect, it } from 'vitest';
import { readReception } from '../../../web-components/playback/reception.ts';

const report = (...entries: { id: string; type: string; [name: string]: unknown }[]) => entries.map((entry) => [entry.id, entry] as [string, typeof entry]);

describe('readReception', () => {
  it('adds up what has come over all tracks', () => {
    const reception = readReception(
      report({ id: 'v', type: 'inbound-rtp', kind: 'video', packetsReceived: 90, packetsLost: 4, framesDecoded: 12 }, { id: 'a', type: 'inbound-rtp', kind: 'audio', packetsReceived: 10, packetsLost: 1 }),
    );
    expect(reception).toEqual({ packets: 100, framesDecoded: 12, bytes: 3_800, path: null, isRelayed: false, picture: { packets: 90, lost: 4 }, roundTripMs: 0 });
  });

  it.each([
    ['tcp', 'webrtc-tcp'],
    ['udp', 'webrtc-udp'],
  ])('tells the path over %s by the pair that Chromium selected', (protocol, path) => {
    const other = protocol === 'tcp' ? 'udp' : 'tcp';
    const { path: told } = readReception(
      report(
        { id: 't', type: 'transport', selectedCandidatePairId: 'p2' },
        { id: 'p1', type: 'candidate-pair', nominated: false, state: 'succeeded', remoteCandidateId: 'r1' },
        { id: 'p2', type: 'candidate-pair', nominated: true, state: 'succeeded', remoteCandidateId: 'r2' },
        { id: 'r1', type: 'remote-candidate', protocol: other },
        { id: 'r2', type: 'remote-candidate', protocol },
      ),
    );
    expect(told).toBe(path);
  });

  it.each([
    ['tls', 'webrtc-tcp'],
    ['udp', 'webrtc-udp'],
  ])('tells the path through a relay by the way to the relay, %s', (relayProtocol, path) => {
    const { path: told, isRelayed } = readReception(
      report(
        { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
        { id: 'p', type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r' },
        { id: 'l', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol },
        { id: 'r', type: 'remote-candidate', protocol: 'udp' },
      ),
    );
    expect(told).toBe(path);
    expect(isRelayed).toBe(true);
  });

  it('tells the round trip to the server by the pair in use', () => {
    const { roundTripMs } = readReception(report({ id: 't', type: 'transport', selectedCandidatePairId: 'p' }, { id: 'p', type: 'candidate-pair', currentRoundTripTime: 0.25 }));
    expect(roundTripMs).toBe(250);
  });

  it('tells it by the nominated pair where there is no transport entry', () => {
    const { path } = readReception(
      report({ id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded', localCandidateId: 'l' }, { id: 'l', type: 'local-candidate', protocol: 'udp' }),
    );
    expect(path).toBe('webrtc-udp');
  });
});
