// Which codec and layers a phone sends.
import { describe, expect, it } from 'vitest';
import { chooseCodec, chooseLayers } from '../../../web-components/publish/layers.ts';

const vp8 = { kind: 'video', mimeType: 'video/VP8', parameters: {} };
const h264 = (profile: string, mode: number) => ({ kind: 'video', mimeType: 'video/H264', parameters: { 'profile-level-id': profile, 'packetization-mode': mode } });

describe('choosing the codec', () => {
  it('takes H.264 constrained baseline before everything else', () => {
    expect(chooseCodec([vp8, h264('4d001f', 1), h264('42e01f', 1)])?.parameters).toMatchObject({ 'profile-level-id': '42e01f' });
  });
  it('leaves packetization-mode 0 alone and falls back to VP8', () => {
    expect(chooseCodec([h264('42e01f', 0), vp8])).toBe(vp8);
  });
  it('has no answer for a device without video', () => {
    expect(chooseCodec([{ kind: 'audio', mimeType: 'audio/opus' }])).toBeUndefined();
  });
});

describe('choosing layers', () => {
  it('sends two layers well apart on a good uplink', () => {
    const [small, large] = chooseLayers({ uplinkKbps: 4000, cores: 8 });
    expect(small).toMatchObject({ maxBitrate: 150_000, maxFramerate: 15, scaleResolutionDownBy: 3 });
    expect(large).toMatchObject({ maxBitrate: 1_100_000, maxFramerate: 25, scaleResolutionDownBy: 1 });
  });
  it('sends one layer under 800 kbit/s, and two from there on', () => {
    expect(chooseLayers({ uplinkKbps: 799, cores: 8 })).toHaveLength(1);
    expect(chooseLayers({ uplinkKbps: 800, cores: 8 })).toHaveLength(2);
  });
  it('sends one layer from a weak phone on any uplink', () => {
    expect(chooseLayers({ uplinkKbps: 20_000, cores: 2 })).toHaveLength(1);
    expect(chooseLayers({ uplinkKbps: 20_000, cores: 8, memoryGb: 1 })).toHaveLength(1);
  });
  it.each([310, 450, 800, 1200, 3000])('plans for less than the uplink of %i kbit/s carries', (uplinkKbps) => {
    const planned = chooseLayers({ uplinkKbps, cores: 8 }).reduce((sum, layer) => sum + layer.maxBitrate, 32_000);
    expect(planned).toBeLessThanOrEqual(uplinkKbps * 1000 * 0.76);
  });
  it('makes the picture smaller when there is little to send it with', () => {
    expect(chooseLayers({ uplinkKbps: 310, cores: 8 })[0]).toMatchObject({ scaleResolutionDownBy: 2, maxFramerate: 15 });
  });
});
