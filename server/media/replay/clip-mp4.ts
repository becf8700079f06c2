// Owns a clip as a plain MP4 with its tables in front, which every app takes: mediabunny packs the recorded samples, nothing is encoded.
import { ALL_FORMATS, BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacket, EncodedPacketSink, EncodedVideoPacketSource, Input, Mp4OutputFormat, Output } from 'mediabunny';
import type { RecordingIndex, StretchEntry } from './recording-index.ts';
import type { RecordingReader } from './recording-reader.ts';
import type { Places } from './whole-mp4.ts';

interface Packed {
  video: EncodedPacket[];
  opus: EncodedPacket[];
  videoConfig: VideoConfig;
  opusConfig: AudioConfig;
}

type VideoConfig = NonNullable<NonNullable<Parameters<EncodedVideoPacketSource['add']>[1]>['decoderConfig']>;
type AudioConfig = NonNullable<NonNullable<Parameters<EncodedAudioPacketSource['add']>[1]>['decoderConfig']>;

/** @param toMs replay ms where it ends; it begins with the first of the segments */
export async function clipMp4(index: RecordingIndex, reader: RecordingReader, places: Places, toMs: number): Promise<Uint8Array> {
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target: new BufferTarget() });
  const videoSource = new EncodedVideoPacketSource('avc');
  const opusSource = new EncodedAudioPacketSource('opus');
  output.addVideoTrack(videoSource);
  output.addAudioTrack(opusSource);
  await output.start();

  const startMs = index.segment(places.from).startMs;
  const end = (toMs - startMs) / 1000;
  const isMixed = await reader.isMixed(index.stretchesBetween(places.from, places.to));
  let soundEnd = 0;
  let stretch: StretchEntry | undefined;
  let shift = 0;
  for (let place = places.from; place < places.to; place += 1) {
    const segment = index.segment(place);
    const packed = await unpack(index, reader, place);
    if (segment.stretch !== stretch) {
      stretch = segment.stretch;
      shift = (segment.startMs - startMs) / 1000 - (packed.video[0]?.timestamp ?? 0);
    }
    const videoConfig = isMixed ? { ...packed.videoConfig, codec: packed.videoConfig.codec.replace('avc1', 'avc3') } : packed.videoConfig;
    for (const packet of packed.video) {
      const timestamp = Math.max(0, packet.timestamp + shift);
      if (timestamp >= end) break;
      await videoSource.add(new EncodedPacket(packet.data, packet.type, timestamp, packet.duration), { decoderConfig: videoConfig });
    }
    for (const packet of packed.opus) {
      const timestamp = packet.timestamp + shift;
      // At the joint of two stretches sound overlaps by less than a packet.
      if (timestamp < soundEnd - 0.001) continue;
      if (timestamp >= end) break;
      await opusSource.add(new EncodedPacket(packet.data, 'key', timestamp, packet.duration), { decoderConfig: packed.opusConfig });
      soundEnd = timestamp + packet.duration;
    }
  }
  await output.finalize();
  return new Uint8Array((output.target as BufferTarget).buffer!);
}

async function unpack(index: RecordingIndex, reader: RecordingReader, place: number): Promise<Packed> {
  const segment = index.segment(place);
  const file = async (track: 'video' | 'opus') =>
    new Input({ formats: ALL_FORMATS, source: new BufferSource(Buffer.concat([await reader.init(segment.stretch, track), await reader.piece(segment, track)])) });
  const video = await file('video');
  const opus = await file('opus');
  try {
    const videoTrack = await video.getPrimaryVideoTrack();
    const opusTrack = await opus.getPrimaryAudioTrack();
    const videoConfig = await videoTrack?.getDecoderConfig();
    const opusConfig = await opusTrack?.getDecoderConfig();
    if (!videoTrack || !opusTrack || !videoConfig || !opusConfig) throw new RangeError('a recorded segment cannot be read');
    return { video: await packets(new EncodedPacketSink(videoTrack)), opus: await packets(new EncodedPacketSink(opusTrack)), videoConfig, opusConfig };
  } finally {
    video.dispose();
    opus.dispose();
  }
}

async function packets(sink: EncodedPacketSink): Promise<EncodedPacket[]> {
  const found: EncodedPacket[] = [];
  for await (const packet of sink.packets()) found.push(packet);
  return found;
}
