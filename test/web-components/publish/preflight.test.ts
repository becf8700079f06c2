// Verdicts of the checks before going live.
import { describe, expect, it } from 'vitest';
import { canGoLive, judgePreflight, type CheckId, type PreflightFacts } from '../../../web-components/publish/preflight.ts';

const good: PreflightFacts = {
  isSecure: true,
  inAppBrowser: null,
  canCapture: true,
  camera: { state: 'open' },
  loudness: { level: 0.1, peak: 0.2, hasSamples: true, heardMs: 3000 },
  isMicrophoneMuted: false,
  uplink: { state: 'measured', uplinkKbps: 2000 },
  battery: { level: 0.8, isCharging: false },
  isUpright: true,
};
const verdictOf = (id: CheckId, facts: Partial<PreflightFacts>) => {
  const check = judgePreflight({ ...good, ...facts }).find((one) => one.id === id);
  return `${check?.verdict} ${check?.reason}`;
};

describe('pre-flight', () => {
  it('lets a good phone go live', () => {
    expect(judgePreflight(good).map((check) => check.verdict)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect(canGoLive(judgePreflight(good))).toBe('yes');
  });

  it('catches a microphone that gives nothing but zeros', () => {
    expect(verdictOf('sound', { loudness: { level: 0, peak: 0, hasSamples: false, heardMs: 2000 } })).toBe('stop mic-dead');
  });
  it('asks to speak before it complains that it is quiet', () => {
    const quiet = { level: 0.001, peak: 0.001, hasSamples: true };
    expect(verdictOf('sound', { loudness: { ...quiet, heardMs: 3000 } })).toBe('wait speak');
    expect(verdictOf('sound', { loudness: { ...quiet, heardMs: 8000 } })).toBe('warn mic-quiet');
  });
  it('catches a microphone that the phone has muted', () => {
    expect(verdictOf('sound', { isMicrophoneMuted: true })).toBe('stop mic-muted');
  });

  it.each([
    [299, 'stop uplink-slow'],
    [300, 'warn uplink-small'],
    [799, 'warn uplink-small'],
    [800, 'ok fine'],
  ])('judges an uplink of %i kbit/s', (uplinkKbps, verdict) => {
    expect(verdictOf('network', { uplink: { state: 'measured', uplinkKbps } })).toBe(verdict);
  });
  it('does not stop a show because the measurement failed', () => {
    expect(verdictOf('network', { uplink: { state: 'failed' } })).toBe('warn uplink-unknown');
  });

  it('stops in an in-app browser without a camera, and only warns in one with it', () => {
    expect(verdictOf('browser', { inAppBrowser: 'wechat', canCapture: false })).toBe('stop in-app-browser');
    expect(verdictOf('browser', { inAppBrowser: 'wechat' })).toBe('warn in-app-browser');
  });
  it('stops on a page without HTTPS', () => {
    expect(verdictOf('browser', { isSecure: false, canCapture: false })).toBe('stop insecure');
  });
  it('names why the camera is not there', () => {
    expect(verdictOf('camera', { camera: { state: 'failed', reason: 'denied' } })).toBe('stop denied');
  });

  it('minds a low battery unless it is charging, and leaves it out when it is not known', () => {
    expect(verdictOf('battery', { battery: { level: 0.1, isCharging: false } })).toBe('warn battery-low');
    expect(verdictOf('battery', { battery: { level: 0.1, isCharging: true } })).toBe('ok fine');
    expect(judgePreflight({ ...good, battery: null }).some((check) => check.id === 'battery')).toBe(false);
  });

  it('may be overridden for sound and network, never for a missing camera', () => {
    const slow = judgePreflight({ ...good, uplink: { state: 'measured', uplinkKbps: 100 } });
    expect(canGoLive(slow)).toBe('no');
    expect(slow.filter((check) => check.verdict === 'stop').every((check) => check.canOverride)).toBe(true);
    const blind = judgePreflight({ ...good, camera: { state: 'failed', reason: 'in-use' } });
    expect(blind.find((check) => check.id === 'camera')?.canOverride).toBe(false);
  });
});
