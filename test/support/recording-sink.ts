// Owns a sink that keeps every sample, and how to see them with other eyes: as an elementary stream for ffmpeg.
import type { AudioFormat, Sample, SampleSink, VideoFormat } from '../../server/media/hls/sample.ts';

export interface KeptStretch {
  at: number;
  formats: { video: VideoFormat; audio: AudioFormat };
  video: Sample[];
  audio: Sample[];
  hasEnded: boolean;
}

export class RecordingSink implements SampleSink {
  readonly stretches: KeptStretch[] = [];

  startStretch(formats: KeptStretch['formats'], at: number): void {
    this.stretches.push({ at, formats, video: [], audio: [], hasEnded: false });
  }

  video(sample: Sample): void {
    this.#last.video.push(sample);
  }

  audio(sample: Sample): void {
    this.#last.audio.push(sample);
  }

  endStretch(): void {
    this.#last.hasEnded = true;
  }

  get #last(): KeptStretch {
    const last = this.stretches.at(-1);
    if (!last || last.hasEnded) throw new Error('a sample came outside of a stretch');
    return last;
  }
}

/** Annex B, as `ffmpeg -f h264` reads it. */
export function annexB({ formats, video }: KeptStretch): Uint8Array {
  const start = Uint8Array.of(0, 0, 0, 1);
  const parts: Uint8Array[] = [];
  for (const { data, isKey } of video) {
    if (isKey) parts.push(start, formats.video.sps, start, formats.video.pps);
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    for (let at = 0; at < data.length; ) {
      const length = view.getUint32(at);
      parts.push(start, data.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
  }
  return Buffer.concat(parts);
}
