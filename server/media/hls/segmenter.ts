// Owns where a stream is cut: the picture into parts and segments, the sound along with it. No timers, no files, no network.
import { aacInit, opusInit, videoInit } from './mux/init.ts';
import { silence } from './input/opus.ts';
import { FollowingAudio } from './following-audio.ts';
import { PieceWriter } from './piece-writer.ts';
import { AUDIO_TIMESCALE, type AudioFormat, type Sample, type SampleSink, VIDEO_TIMESCALE, type VideoFormat } from './sample.ts';
import type { Numbering, PartListener, Piece, Segment, SegmentListener, Stretch } from './segment.ts';

/** EXT-X-TARGETDURATION is 2, and a segment's length rounds to no more than that (RFC 8216 section 4.3.3.1). */
const SEGMENT_TICKS = 2 * VIDEO_TIMESCALE;
/** New viewers of WebRTC ask for key frames too; a segment for each would make the playlist too short to play from. */
const SHORTEST_SEGMENT_TICKS = 1 * VIDEO_TIMESCALE;
/** What a segment may last at most, less what is not known: the pictures before and after, and when the next look at the clock is. */
const KEY_FRAME_AT_TICKS = 1.8 * VIDEO_TIMESCALE;
/** A stretch begins with a short segment, so that playing can begin soon. */
const FIRST_KEY_FRAME_AT_TICKS = SHORTEST_SEGMENT_TICKS;
/** 2.5 ms, the shortest packet of Opus. */
const SHORTEST_SILENCE_TICKS = 120;

interface OpenSegment {
  sequence: number;
  at: number;
  ticks: number;
  isIndependent: boolean;
  isFirst: boolean;
}

interface OpenStretch {
  index: number;
  formats: { video: VideoFormat; audio: AudioFormat };
  at: number;
  video: PieceWriter;
  opus: FollowingAudio;
  aac: FollowingAudio | undefined;
  segment: OpenSegment | undefined;
  /** Segments whose picture has ended and whose sound has not. */
  unheard: Omit<Segment, 'opus'>[];
}

/** Where an encoder puts what it made of a stretch's sound, in its own time: it may go on after the stretch. */
export interface AacTrack {
  audio(sample: Sample): void;
  /** No more will come. */
  end(): void;
}

export class Segmenter implements SampleSink {
  readonly #parts: PartListener;
  readonly #listeners = new Set<SegmentListener>();
  #next: Numbering;
  #stretch: OpenStretch | undefined;
  #announced: Stretch | undefined;

  constructor(options: { numbering: Numbering; parts: PartListener }) {
    this.#next = { ...options.numbering };
    this.#parts = options.parts;
  }

  /** Hears of whole segments from now on. @returns how to stop it */
  listen(listener: SegmentListener): () => void {
    this.#listeners.add(listener);
    if (this.#announced) listener.stretchStarted(this.#announced);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a key frame that comes `answerMs` from now is in time for the end of the present segment. */
  wantsKeyFrame(answerMs: number): boolean {
    const segment = this.#stretch?.segment;
    if (!segment) return this.#stretch !== undefined;
    const ticks = segment.ticks + (answerMs * VIDEO_TIMESCALE) / 1_000;
    return !segment.isIndependent || ticks >= (segment.isFirst ? FIRST_KEY_FRAME_AT_TICKS : KEY_FRAME_AT_TICKS);
  }

  startStretch(formats: { video: VideoFormat; audio: AudioFormat }, at: number): void {
    this.endStretch();
    const index = this.#next.stretch;
    const unheard: OpenStretch['unheard'] = [];
    const writer = (rendition: 'video' | 'opus', timescale: number) => new PieceWriter({ rendition, timescale, stretch: index, out: this.#parts });
    const opus = new FollowingAudio(writer('opus', AUDIO_TIMESCALE), (sequence, piece) => this.#heard(unheard, sequence, piece));
    const video = writer('video', VIDEO_TIMESCALE);
    this.#stretch = { index, formats, at, video, opus, aac: undefined, segment: undefined, unheard };
  }

  video(sample: Sample): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    const { segment } = stretch;
    if (!segment && !sample.isKey) return;
    // No player can be told of a segment longer than the target duration; a picture that stands longer leaves a hole.
    const kept = sample.duration <= SEGMENT_TICKS ? sample : { ...sample, duration: SEGMENT_TICKS };
    if (!segment) this.#beginSegment(stretch, kept, true);
    else if (isCutBefore(segment, kept)) {
      this.#endSegment(stretch, segment);
      this.#beginSegment(stretch, kept, false);
    }
    this.#add(stretch, kept);
  }

  audio(sample: Sample): void {
    this.#stretch?.opus.add(sample);
  }

  endStretch(): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#stretch = undefined;
    this.#announced = undefined;
    if (!stretch.segment) return;
    this.#endSegment(stretch, stretch.segment);
    this.#fillWithSilence(stretch);
    stretch.opus.flush();
    this.#parts.stretchEnded();
  }

  /**
   * Adds the AAC rendition from the next segment of the present stretch on; undefined between stretches.
   * @param audioSpecificConfig as the encoder tells it
   */
  startAac(audioSpecificConfig: Uint8Array): AacTrack | undefined {
    const stretch = this.#stretch;
    if (!stretch) return undefined;
    const writer = new PieceWriter({ rendition: 'aac', timescale: AUDIO_TIMESCALE, stretch: stretch.index, out: this.#parts });
    const aac = new FollowingAudio(writer, () => undefined);
    stretch.aac = aac;
    this.#parts.aacStarted(stretch.index, aacInit(stretch.formats.audio, audioSpecificConfig));
    return {
      audio: (sample) => aac.add(sample),
      end() {
        if (stretch.aac === aac) stretch.aac = undefined;
        aac.flush();
      },
    };
  }

  #add(stretch: OpenStretch, sample: Sample): void {
    stretch.video.add(sample);
    (stretch.segment as OpenSegment).ticks += sample.duration;
    for (const sound of soundsOf(stretch)) sound.pictureUntil(sample.time + sample.duration);
  }

  #beginSegment(stretch: OpenStretch, first: Sample, isFirst: boolean): void {
    if (isFirst) this.#announce(stretch);
    const sequence = this.#next.sequence;
    this.#next.sequence += 1;
    stretch.segment = { sequence, at: first.at, ticks: 0, isIndependent: first.isKey, isFirst };
    stretch.video.begin(sequence, first.at);
    for (const sound of soundsOf(stretch)) sound.beginSegment(sequence, first.at, first.time);
  }

  // Only with its first picture: a stretch without any would be a discontinuity that no playlist shows.
  #announce({ index, at, formats }: OpenStretch): void {
    this.#next.stretch += 1;
    const { codec, width, height } = formats.video;
    const init = { video: videoInit(formats.video), opus: opusInit(formats.audio) };
    this.#announced = { index, at, init, video: { codec, width, height }, channels: formats.audio.channels };
    this.#parts.stretchStarted(this.#announced);
    for (const listener of this.#listeners) listener.stretchStarted(this.#announced);
  }

  #endSegment(stretch: OpenStretch, segment: OpenSegment): void {
    const { sequence, at, isIndependent } = segment;
    stretch.unheard.push({ sequence, stretch: stretch.index, at, isIndependent, video: stretch.video.end() as Piece });
    for (const sound of soundsOf(stretch)) sound.endSegment(sequence);
  }

  #heard(unheard: OpenStretch['unheard'], sequence: number, opus: Piece | undefined): void {
    const segment = unheard.shift();
    if (!segment || !opus || segment.sequence !== sequence) return;
    for (const listener of this.#listeners) listener.segmentEnded({ ...segment, opus });
  }

  // The last pictures may have come without their sound.
  #fillWithSilence({ opus, segment, formats }: OpenStretch): void {
    while (opus.missingTicks > 0) {
      const packet = silence(Math.max(opus.missingTicks, SHORTEST_SILENCE_TICKS), formats.audio.channels === 2);
      if (!packet) return;
      opus.add({ ...packet, time: opus.knownTicks, isKey: true, at: segment?.at ?? 0 });
    }
  }
}

function soundsOf({ opus, aac }: OpenStretch): FollowingAudio[] {
  return aac ? [opus, aac] : [opus];
}

// A key frame late by more than a segment's length ends it all the same; the segment in between cannot be played from, and is kept short.
function isCutBefore(segment: OpenSegment, sample: Sample): boolean {
  if (segment.ticks + sample.duration > SEGMENT_TICKS) return true;
  return sample.isKey && (segment.ticks >= SHORTEST_SEGMENT_TICKS || !segment.isIndependent);
}
