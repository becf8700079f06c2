// Owns initialisation segments: `ftyp` and `moov` of one track of H.264, Opus or AAC (ISO/IEC 14496-12, -14, -15; Opus in ISOBMFF 0.6.8).
import { AUDIO_TIMESCALE, type AudioFormat, VIDEO_TIMESCALE, type VideoFormat } from '../sample.ts';
import { ascii, box, fullBox, u16, u32, u8, zeros } from './box.ts';

/** Each rendition is a file of one track. */
export const TRACK_ID = 1;

/** 16.16 fixed point: the identity matrix of ISO/IEC 14496-12 section 8.2.2. */
const IDENTITY = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const UNDETERMINED_LANGUAGE = 0x55c4;
const SAMPLE_BITS = 16;

export function videoInit(format: VideoFormat): Buffer {
  const { width, height } = format;
  const entry = box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(width, height),
    // 72 dpi, one frame a sample, no name, 24 bits, no colour table.
    u32(0x480000, 0x480000, 0),
    u16(1),
    zeros(32),
    u16(24, 0xffff),
    avcConfiguration(format),
  );
  const header = fullBox('vmhd', 0, 1, zeros(8));
  return initSegment({ handler: 'vide', timescale: VIDEO_TIMESCALE, width, height, volume: 0, header, entry });
}

export function opusInit({ channels }: AudioFormat): Buffer {
  // Pre-skip 0: a stream that is joined in the middle has no start to hide.
  const configuration = box('dOps', u8(0, channels), u16(0), u32(AUDIO_TIMESCALE), u16(0), u8(0));
  return audioInit('Opus', channels, configuration);
}

/** @param audioSpecificConfig ISO/IEC 14496-3 section 1.6.2.1, as the encoder tells it; the sample rate has to be 48 kHz */
export function aacInit({ channels }: AudioFormat, audioSpecificConfig: Uint8Array): Buffer {
  // ISO/IEC 14496-1 section 7.2.6: object type 0x40 is MPEG-4 audio, stream type 5 is audio.
  const decoder = descriptor(4, u8(0x40, 0x15), zeros(3), u32(0, 0), descriptor(5, audioSpecificConfig));
  const elementary = descriptor(3, u16(0), u8(0), decoder, descriptor(6, u8(2)));
  return audioInit('mp4a', channels, fullBox('esds', 0, 0, elementary));
}

function audioInit(type: string, channels: number, configuration: Buffer): Buffer {
  const entry = box(type, zeros(6), u16(1), zeros(8), u16(channels, SAMPLE_BITS), zeros(4), u32(AUDIO_TIMESCALE * 0x10000), configuration);
  const header = fullBox('smhd', 0, 0, zeros(4));
  return initSegment({ handler: 'soun', timescale: AUDIO_TIMESCALE, width: 0, height: 0, volume: 0x100, header, entry });
}

interface Track {
  handler: 'vide' | 'soun';
  timescale: number;
  width: number;
  height: number;
  volume: number;
  header: Buffer;
  entry: Buffer;
}

function initSegment({ handler, timescale, width, height, volume, header, entry }: Track): Buffer {
  const sampleTable = box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), entry),
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
    fullBox('stco', 0, 0, u32(0)),
  );
  // Flag 1 of `url `: the media is in this file.
  const dataInformation = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const media = box(
    'mdia',
    fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(UNDETERMINED_LANGUAGE, 0)),
    fullBox('hdlr', 0, 0, u32(0), ascii(handler), zeros(12), u8(0)),
    box('minf', header, dataInformation, sampleTable),
  );
  // Flags 3: enabled and part of the presentation. Width and height are 16.16.
  const trackHeader = fullBox('tkhd', 0, 3, u32(0, 0, TRACK_ID, 0, 0), zeros(8), u16(0, 0, volume, 0), IDENTITY, u32(width * 0x10000, height * 0x10000));
  const movieHeader = fullBox('mvhd', 0, 0, u32(0, 0, timescale, 0, 0x10000), u16(0x100, 0), zeros(8), IDENTITY, zeros(24), u32(TRACK_ID + 1));
  return Buffer.concat([
    box('ftyp', ascii('iso6'), u32(0), ascii('iso6cmfcmp41')),
    box('moov', movieHeader, box('trak', trackHeader, media), box('mvex', fullBox('trex', 0, 0, u32(TRACK_ID, 1, 0, 0, 0)))),
  ]);
}

// ISO/IEC 14496-15 section 5.3.3.1. The fields that only High profiles have are left out: the profile is baseline.
function avcConfiguration({ sps, pps }: VideoFormat): Buffer {
  const [, profile = 0, compatibility = 0, level = 0] = sps;
  // Lengths of 4 bytes (0xff), one SPS (0xe1), one PPS.
  return box('avcC', u8(1, profile, compatibility, level, 0xff, 0xe1), u16(sps.length), sps, u8(1), u16(pps.length), pps);
}

function descriptor(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const size = contents.reduce((sum, { length }) => sum + length, 0);
  // Four bytes of seven bits each, as most writers do.
  return Buffer.concat([u8(tag, 0x80, 0x80, 0x80 | (size >> 7), size & 0x7f), ...contents]);
}
