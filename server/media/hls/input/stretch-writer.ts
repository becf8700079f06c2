// Owns one stretch on its way out: gives pictures and sound their places on one time line, without holes.
// The sound's own samples are the time line: players count them, and would drift from timestamps that follow another clock. The
// picture follows, by moving the time line (`#shiftMs`) a little whenever the sound and the server's clock part.
import { AUDIO_TIMESCALE, type AudioFormat, type SampleSink, VIDEO_TIMESCALE, type VideoFormat } from '../sample.ts';
import { withParameterSets } from './in-band.ts';
import { silence } from './opus.ts';

export interface TimedPicture {
  /** Server's clock at capture, ms since epoch. */
  at: number;
  data: Uint8Array;
  isKey: boolean;
}

export interface TimedSound {
  /** Server's clock at capture, ms since epoch. */
  at: number;
  /** RTP timestamp without wrapping around. */
  ticks: number;
  duration: number;
  data: Uint8Array;
}

const VIDEO_TICKS_PER_MS = VIDEO_TIMESCALE / 1_000;
const AUDIO_TICKS_PER_MS = AUDIO_TIMESCALE / 1_000;
/** For pictures that come out of order or at the same time. */
const SHORTEST_PICTURE_TICKS = VIDEO_TICKS_PER_MS;
/** Of the last picture, which no other follows. */
const LAST_PICTURE_MS = 40;
/** Sound this far from where its clock says it was captured is not drifting: its sender has stopped and gone on. */
const BREAK_MS = 300;
/** Further than this the picture moves at once: the first report has told what arrival times could not. */
const STEP_MS = 40;
/** Else by this part of the difference with each packet: 5 s at 50 packets a second. */
const SOFTNESS = 1 / 256;
/** How long sound may be later than the picture of its moment before silence takes its place; DTX sends every 400 ms. */
const SOUND_PATIENCE_MS = 1_000;

export class StretchWriter {
  readonly video: VideoFormat;
  readonly #sink: SampleSink;
  readonly #isStereo: boolean;
  readonly #startAt: number;
  /** Sound that waits for the picture of its moment; shared with the next stretch, which takes what this one leaves. */
  readonly #queue: TimedSound[];
  #shiftMs = 0;
  /** Its duration is known when the next one comes. */
  #pending: { time: number; data: Uint8Array; isKey: boolean };
  #lastKey: Uint8Array;
  #soundEnd = 0;
  /** Place on the time line minus RTP ticks; undefined until sound came. */
  #soundAnchor: number | undefined;
  /** Ticks of silence in place of sound that did not come. */
  silenceTicks = 0;

  constructor(sink: SampleSink, formats: { video: VideoFormat; audio: AudioFormat }, first: TimedPicture, queue: TimedSound[]) {
    this.video = formats.video;
    this.#sink = sink;
    this.#isStereo = formats.audio.channels === 2;
    this.#startAt = first.at;
    this.#queue = queue;
    this.#lastKey = withParameterSets(first.data, formats.video);
    this.#pending = { time: 0, data: this.#lastKey, isKey: true };
    sink.startStretch(formats, first.at);
  }

  /** @param format of the same size as the stretch's */
  picture(picture: TimedPicture, format: VideoFormat, isSoundAbsent: boolean): void {
    const data = picture.isKey ? withParameterSets(picture.data, format) : picture.data;
    const time = Math.max(Math.round(this.#placeMs(picture.at) * VIDEO_TICKS_PER_MS), this.#pending.time + SHORTEST_PICTURE_TICKS);
    if (picture.isKey) this.#lastKey = data;
    this.#succeed({ time, data, isKey: picture.isKey }, isSoundAbsent);
  }

  /** Shows the last key frame again, this long after the picture before. */
  freeze(afterMs: number, isSoundAbsent: boolean): void {
    this.#succeed({ time: this.#pending.time + afterMs * VIDEO_TICKS_PER_MS, data: this.#lastKey, isKey: true }, isSoundAbsent);
  }

  /** @param at server's clock where the next stretch begins; undefined when none does */
  end(at?: number): void {
    const least = this.#pending.time + LAST_PICTURE_MS * VIDEO_TICKS_PER_MS;
    const end = at === undefined ? least : Math.max(Math.round(this.#placeMs(at) * VIDEO_TICKS_PER_MS), this.#pending.time + SHORTEST_PICTURE_TICKS);
    this.#write(end);
    this.#releaseSound(end / VIDEO_TICKS_PER_MS, true);
    this.#sink.endStretch();
  }

  #succeed(next: { time: number; data: Uint8Array; isKey: boolean }, isSoundAbsent: boolean): void {
    this.#write(next.time);
    this.#pending = next;
    this.#releaseSound(next.time / VIDEO_TICKS_PER_MS, isSoundAbsent);
  }

  #write(until: number): void {
    const { time, data, isKey } = this.#pending;
    this.#sink.video({ time, duration: until - time, data, isKey, at: this.#capturedAt(time / VIDEO_TICKS_PER_MS) });
  }

  #releaseSound(untilMs: number, isSoundAbsent: boolean): void {
    let taken = 0;
    for (const sound of this.#queue) {
      if (this.#placeMs(sound.at) >= untilMs) break;
      taken += 1;
      this.#place(sound);
    }
    if (taken > 0) this.#queue.splice(0, taken);
    this.#fillSilence((untilMs - (isSoundAbsent ? 0 : SOUND_PATIENCE_MS)) * AUDIO_TICKS_PER_MS);
  }

  #place(sound: TimedSound): void {
    const wanted = Math.round(this.#placeMs(sound.at) * AUDIO_TICKS_PER_MS);
    this.#soundAnchor ??= wanted - sound.ticks;
    const aheadMs = (wanted - (this.#soundAnchor + sound.ticks)) / AUDIO_TICKS_PER_MS;
    if (Math.abs(aheadMs) > BREAK_MS) this.#soundAnchor = wanted - sound.ticks;
    else this.#shiftMs -= Math.abs(aheadMs) > STEP_MS ? aheadMs : aheadMs * SOFTNESS;
    const place = this.#soundAnchor + sound.ticks;
    // What lies before the stretch, or where silence has been put already, comes too late.
    if (place + sound.duration / 2 <= this.#soundEnd) return;
    this.#fillSilence(place);
    // Silence has steps of 2.5 ms; the rest moves the sound.
    this.#soundAnchor += this.#soundEnd - place;
    this.#emit(sound.data, sound.duration);
  }

  #fillSilence(until: number): void {
    for (;;) {
      const packet = silence(until - this.#soundEnd, this.#isStereo);
      if (!packet) return;
      this.silenceTicks += packet.duration;
      this.#emit(packet.data, packet.duration);
    }
  }

  #emit(data: Uint8Array, duration: number): void {
    this.#sink.audio({ time: this.#soundEnd, duration, data, isKey: true, at: this.#capturedAt(this.#soundEnd / AUDIO_TICKS_PER_MS) });
    this.#soundEnd += duration;
  }

  #placeMs(at: number): number {
    return at - this.#startAt + this.#shiftMs;
  }

  #capturedAt(placeMs: number): number {
    return this.#startAt + placeMs - this.#shiftMs;
  }
}
