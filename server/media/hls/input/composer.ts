// Owns when a stretch begins and ends, and what takes the place of picture or sound that does not come.
import type { AudioFormat, SampleSink, VideoFormat } from '../sample.ts';
import { StretchWriter, type TimedPicture, type TimedSound } from './stretch-writer.ts';

/** A picture that has not come in this time is a hole: a stalled uplink often goes on within it, and then nothing is lost. */
const FREEZE_AFTER_MS = 1_250;
/** A camera that is known to be off is not waited for. */
const FREEZE_AFTER_OFF_MS = 1_000;
const FREEZE_EVERY_MS = 1_000;
/** Sound of this many packets waits for its picture at most; 20 ms each. */
const LONGEST_QUEUE = 250;

export interface Absence {
  picture: boolean;
  sound: boolean;
}

export interface ComposerOptions {
  sink: SampleSink;
  /** The frozen picture has replaced what later ones refer to: a key frame has to come first. */
  onFrozen: () => void;
}

export class Composer {
  /** Known from signalling: the track is paused, or there is none. */
  absent: Absence = { picture: false, sound: true };
  readonly #options: ComposerOptions;
  readonly #queue: TimedSound[] = [];
  #stretch: StretchWriter | undefined;
  #channels: 1 | 2 = 1;
  #freezeAt = Number.POSITIVE_INFINITY;
  #silenceTicks = 0;

  constructor(options: ComposerOptions) {
    this.#options = options;
  }

  /** Seconds of silence that were put where sound was missing. */
  get silenceMs(): number {
    return (this.#silenceTicks + (this.#stretch?.silenceTicks ?? 0)) / 48;
  }

  /** @param now ms since epoch, server's clock */
  picture(picture: TimedPicture, format: VideoFormat, now: number): void {
    if (this.#stretch && (!picture.isKey || looksSame(this.#stretch.video, format))) this.#stretch.picture(picture, format, this.absent.sound);
    else if (picture.isKey) this.#begin(picture, format);
    else return;
    this.#freezeAt = now + FREEZE_AFTER_MS;
  }

  sound(sound: TimedSound & { isStereo: boolean }): void {
    if (!this.#stretch && sound.isStereo) this.#channels = 2;
    this.#queue.push(sound);
    if (this.#queue.length > LONGEST_QUEUE) this.#queue.shift();
  }

  /** Called several times a second, so that neither picture nor sound stops inside a stretch. */
  tick(now: number): void {
    if (!this.#stretch) return;
    const early = this.absent.picture ? FREEZE_AFTER_MS - FREEZE_AFTER_OFF_MS : 0;
    for (; now >= this.#freezeAt - early; this.#freezeAt += FREEZE_EVERY_MS) {
      this.#stretch.freeze(FREEZE_EVERY_MS, this.absent.sound);
      this.#options.onFrozen();
    }
  }

  end(): void {
    if (!this.#stretch) return;
    this.#stretch.end();
    this.#forget();
    this.#queue.length = 0;
  }

  #begin(picture: TimedPicture, format: VideoFormat): void {
    if (this.#stretch) {
      this.#stretch.end(picture.at);
      this.#forget();
    }
    const audio: AudioFormat = { channels: this.#channels };
    this.#stretch = new StretchWriter(this.#options.sink, { video: format, audio }, picture, this.#queue);
  }

  #forget(): void {
    this.#silenceTicks += this.#stretch?.silenceTicks ?? 0;
    this.#stretch = undefined;
    this.#freezeAt = Number.POSITIVE_INFINITY;
  }
}

/**
 * Another size begins a new stretch: a discontinuity with a new initialisation segment is the one way that every player of HLS knows, and
 * hls.js in Chromium goes over it without a stall (640x360 to 320x180 and back, measured). Parameter sets in the stream (`avc3`) would do
 * without, but Apple's authoring rules want them in the sample description, and a recording could not be cut or downloaded as one MP4.
 */
function looksSame(one: VideoFormat, other: VideoFormat): boolean {
  return one === other || (one.width === other.width && one.height === other.height && one.codec === other.codec);
}
