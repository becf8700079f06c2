// Reading WebRTC's statistics, and the light they turn.
import { describe, expect, it } from 'vitest';
import { judgeQuality, readSenderStats } from '../../../web-components/publish/sender-stats.ts';

const report = (timestamp: number, bytes: number): [string, unknown][] => [
  ['a', { type: 'outbound-rtp', kind: 'audio', timestamp, bytesSent: 1000 }],
  ['s', { type: 'outbound-rtp', kind: 'video', timestamp, bytesSent: 1000, framesPerSecond: 15, frameHeight: 320 }],
  ['l', { type: 'outbound-rtp', kind: 'video', timestamp, bytesSent: bytes, framesPerSecond: 24.6, frameHeight: 960, qualityLimitationReason: 'bandwidth' }],
  ['r', { type: 'remote-inbound-rtp', roundTripTime: 0.085, fractionLost: 0.02 }],
];

describe('sender statistics', () => {
  it('counts the rate between two readings over all layers', () => {
    const first = readSenderStats(report(1000, 0), null);
    expect(first.stats.sentKbps).toBe(0);
    const { stats } = readSenderStats(report(2000, 125_000), first.mark);
    expect(stats).toEqual({ sentKbps: 1000, fps: 25, rttMs: 85, lossRatio: 0.02, limitedBy: 'bandwidth' });
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
  it('does not ask for frames while the camera is hidden', () => {
    expect(judgeQuality({ ...fine, fps: 0, sentKbps: 30 }, false)).toBe('good');
  });
});
