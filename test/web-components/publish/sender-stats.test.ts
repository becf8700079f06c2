// Reading WebRTC's statistics, and the light they turn.
import { describe, expect, it } from 'vitest';
import { judgeQuality, readSenderStats } from '../../../web-components/publish/sender-stats.ts';

const report = (timestamp: number, bytes: number): [string, unknown][] => [
  ['a', { type: 'outbound-rtp', kind: 'audio', timestamp, bytesSent: 1000 }],
  ['s', { type: 'outbound-rtp', kind: 'video', timestamp, bytesSent: 1000, framesPerSecond: 15, frameHeight: 320 }],
  ['l', { type: 'outbound-rtp', kind: 'video', timestamp, bytesSent: bytes, framesPerSecond: 24.6, frameHeight: 960, qualityLimitationReason: 'bandwidth' }],
  ['r', { type: 'remote-inbound-rtp', timestamp, roundTripTime: 0.085, fractionLost: 0.02 }],
];

describe('sender statistics', () => {
  it('counts the rate between two readings over all layers', () => {
    const first = readSenderStats(report(1000, 0), null);
    expect(first.stats.sentKbps).toBe(0);
    const { stats } = readSenderStats(report(2000, 125_000), first.mark);
    expect(stats).toEqual({ sentKbps: 1000, availableKbps: null, fps: 25, cameraFps: null, rttMs: 85, lossRatio: 0.02, limitedBy: 'bandwidth', isSoundZero: null, soundLevel: null });
  });
  it('knows what the browser believes the uplink carries', () => {
    const pair: [string, unknown] = ['p', { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 742_600 }];
    expect(readSenderStats([...report(1000, 0), pair], null).stats.availableKbps).toBe(743);
  });
  it('does not take the old report on a layer that was switched off for a new one', () => {
    const entries = (active: boolean): [string, unknown][] => [
      ['l', { id: 'l', type: 'outbound-rtp', kind: 'video', timestamp: 1000, active, framesPerSecond: 20, frameHeight: 960, qualityLimitationReason: 'cpu' }],
      ['r', { type: 'remote-inbound-rtp', timestamp: 1000, localId: 'l', fractionLost: 0.5 }],
    ];
    expect(readSenderStats(entries(true), null).stats).toMatchObject({ lossRatio: 0.5, fps: 20, limitedBy: 'cpu' });
    expect(readSenderStats(entries(false), null).stats).toMatchObject({ lossRatio: 0, fps: 0, limitedBy: 'none' });
  });
  it('goes by the newest reports: those on a voice are seconds apart', () => {
    const lost = (timestamp: number): [string, unknown] => ['v', { type: 'remote-inbound-rtp', timestamp, fractionLost: 0.3 }];
    expect(readSenderStats([...report(9000, 0), lost(8000)], null).stats.lossRatio).toBe(0.3);
    expect(readSenderStats([...report(9000, 0), lost(5000)], null).stats.lossRatio).toBe(0.02);
    expect(readSenderStats([lost(5000)], null).stats.lossRatio).toBe(0.3);
  });
  it('tells a microphone that gives only zeros from a quiet one, and says nothing where nothing was heard', () => {
    const heard = (energy: number, seconds: number): [string, unknown][] => [['a', { type: 'media-source', kind: 'audio', totalAudioEnergy: energy, totalSamplesDuration: seconds }]];
    const { mark } = readSenderStats(heard(0.5, 10), null);
    expect(readSenderStats(heard(0.5, 11), mark).stats.isSoundZero).toBe(true);
    expect(readSenderStats(heard(0.500001, 11), mark).stats.isSoundZero).toBe(false);
    expect(readSenderStats(heard(0.5, 10), mark).stats.isSoundZero).toBeNull();
  });
  it('has no round trip before the first report', () => {
    expect(readSenderStats([], null).stats.rttMs).toBeNull();
  });
});

describe('the quality light', () => {
  const fine = { sentKbps: 900, fps: 24, rttMs: 60, lossRatio: 0, limitedBy: 'none' as const };
  it.each([
    ['good', fine],
    ['fair', { ...fine, lossRatio: 0.05 }],
    ['fair', { ...fine, fps: 9 }],
    ['poor', { ...fine, fps: 2 }],
    ['poor', { ...fine, lossRatio: 0.2 }],
    ['poor', { ...fine, rttMs: 1200 }],
  ])('is %s', (light, stats) => {
    expect(judgeQuality(stats)).toBe(light);
  });
  it('says that only the voice gets through', () => {
    expect(judgeQuality({ ...fine, fps: 0, sentKbps: 40 }, 'stopped')).toBe('sound');
  });
  it('does not ask for frames while the camera is hidden', () => {
    expect(judgeQuality({ ...fine, fps: 0, sentKbps: 30 }, 'hidden')).toBe('good');
  });
});
