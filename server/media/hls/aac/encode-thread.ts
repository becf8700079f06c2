// Owns the thread that makes AAC of Opus. All codecs are loaded here only, so that a server whose viewers need none of it pays nothing.
import { parentPort } from 'node:worker_threads';
import { registerAacEncoder } from '@mediabunny/aac-encoder';
import { AudioSample, AudioSampleSource, Mp4OutputFormat, NullTarget, Output } from 'mediabunny';
import { OpusDecoder } from 'opus-decoder';
import type { FromThread, ToThread } from './messages.ts';

const SAMPLE_RATE = 48_000;
/** Apple's own recommendation for speech and music in one: 64 kbit/s a channel at most. */
const BITRATE_PER_CHANNEL = 56_000;

interface Job {
  work: Promise<void>;
  encode(packets: readonly Uint8Array[]): Promise<void>;
  end(): Promise<void>;
  free(): void;
}

const jobs = new Map<number, Job>();
const tell = (message: FromThread) => parentPort?.postMessage(message);

registerAacEncoder();
parentPort?.on('message', (message: ToThread) => {
  if (message.do === 'open') jobs.set(message.job, openJob(message.job, message.channels));
  const job = jobs.get(message.job);
  if (!job) return;
  if (message.do === 'encode') inTurn(message.job, job, () => job.encode(message.packets));
  else if (message.do === 'end') inTurn(message.job, job, () => job.end());
  else if (message.do === 'drop') close(message.job, job);
});

/** One thing after the other; a job that fails is told and closed, the others go on. */
function inTurn(id: number, job: Job, task: () => Promise<void>): void {
  job.work = job.work.then(async () => {
    if (jobs.get(id) !== job) return;
    try {
      await task();
    } catch (error) {
      close(id, job);
      tell({ tells: 'ended', job: id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}

function close(id: number, job: Job): void {
  jobs.delete(id);
  job.free();
}

function openJob(id: number, channels: 1 | 2): Job {
  const decoder = new OpusDecoder({ channels, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable: channels === 2 ? [0, 1] : [0], preSkip: 0 });
  let isConfigured = false;
  const source = new AudioSampleSource({
    codec: 'aac',
    bitrate: BITRATE_PER_CHANNEL * channels,
    onEncodedPacket(packet, meta) {
      const { description } = meta?.decoderConfig ?? {};
      if (!isConfigured && description) {
        isConfigured = true;
        tell({ tells: 'config', job: id, audioSpecificConfig: bytesOf(description) });
      }
      tell({ tells: 'packet', job: id, data: packet.data });
    },
  });
  // The library encodes for a file only. This one goes nowhere; in fragments, so that nothing of it is kept.
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target: new NullTarget() });
  output.addAudioTrack(source);
  let samples = 0;

  return {
    work: Promise.all([decoder.ready, output.start()]).then(() => undefined),
    async encode(packets) {
      const { channelData, samplesDecoded } = decoder.decodeFrames(packets as Uint8Array[]);
      const data = new Float32Array(samplesDecoded * channels);
      for (let channel = 0; channel < channels; channel += 1) data.set(channelData[channel]!.subarray(0, samplesDecoded), channel * samplesDecoded);
      const sample = new AudioSample({ format: 'f32-planar', numberOfChannels: channels, sampleRate: SAMPLE_RATE, timestamp: samples / SAMPLE_RATE, data });
      samples += samplesDecoded;
      await source.add(sample);
      sample.close();
    },
    async end() {
      await output.finalize();
      decoder.free();
      jobs.delete(id);
      tell({ tells: 'ended', job: id });
    },
    free() {
      decoder.free();
      output.cancel().catch(() => undefined);
    },
  };
}

function bytesOf(description: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(description) ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength) : new Uint8Array(description);
}
