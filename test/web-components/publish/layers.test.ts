// Which codec and how many layers a phone can send.
import { describe, expect, it } from 'vitest';
import { chooseCodec, deviceLimits } from '../../../web-components/publish/layers.ts';

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

describe('the limits of a phone', () => {
  it('are one layer of 600 kbit/s on a weak one, and two layers on others', () => {
    expect(deviceLimits({ uplinkKbps: 20_000, cores: 2 })).toEqual({ layerCount: 1, deviceKbps: 600 });
    expect(deviceLimits({ uplinkKbps: 20_000, cores: 8, memoryGb: 1 }).layerCount).toBe(1);
    expect(deviceLimits({ uplinkKbps: 400, cores: 8 }).layerCount).toBe(2);
    expect(deviceLimits({ uplinkKbps: null }).layerCount).toBe(2);
  });
});
