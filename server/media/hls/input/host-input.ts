// Owns one host's media on its way in: sorts RTP to its layer or the sound, follows the best layer, keeps the time line going.
import { AUDIO_TIMESCALE, type SampleSink, VIDEO_TIMESCALE, type VideoFormat } from '../sample.ts';
import { Composer } from './composer.ts';
import { LayerChoice } from './layer-choice.ts';
import { readRtp } from './rtp-packet.ts';
import type { SenderClock } from './sender-clock.ts';
import { SoundTrack } from './sound-track.ts';
import type { TimedPicture } from './stretch-writer.ts';
import { VideoLayer } from './video-layer.ts';

/** One RTP source as the tap hands it on. */
export interface Source {
  /** On the packets. */
  ssrc: number;
  /** In the host's reports; undefined while it is not known. */
  originSsrc: () => number | undefined;
}

export interface HostInputOptions {
  clock: SenderClock;
  sink: SampleSink;
  requestKeyFrame: () => void;
}

export interface InputCounts {
  /** Packets and payloads that are none. */
  garbage: number;
  lostPackets: number;
  droppedPictures: number;
  silenceMs: number;
}

interface Picture {
  layers: VideoLayer[];
  layerOf: Map<number, number>;
  choice: LayerChoice;
  /** The layer on show; undefined before the first key frame. */
  current: number | undefined;
  /** The one that takes over at its next key frame. */
  wanted: number | undefined;
}

export class HostInput {
  readonly #options: HostInputOptions;
  readonly #composer: Composer;
  #picture: Picture = noPicture();
  #sound: { ssrc: number; track: SoundTrack } | undefined;
  #keyAt: number | undefined;
  /** Of this class, and of tracks that have gone. */
  #counted = { garbage: 0, lostPackets: 0, droppedPictures: 0 };

  constructor(options: HostInputOptions) {
    this.#options = options;
    this.#composer = new Composer({ sink: options.sink, onFrozen: () => this.#restartPicture() });
  }

  /** When the last key frame on show came, server's clock; undefined before the first. */
  get keyAt(): number | undefined {
    return this.#keyAt;
  }

  get counts(): InputCounts {
    const { garbage, lostPackets, droppedPictures } = this.#counted;
    const { layers } = this.#picture;
    return {
      garbage: garbage + (this.#sound?.track.refused ?? 0),
      lostPackets: layers.reduce((sum, layer) => sum + layer.lostPackets, lostPackets + (this.#sound?.track.lostPackets ?? 0)),
      droppedPictures: layers.reduce((sum, layer) => sum + layer.droppedPictures, droppedPictures),
      silenceMs: this.#composer.silenceMs,
    };
  }

  /** Takes the picture from these, the smallest layer first; an empty list for a host without camera. */
  setPicture(sources: readonly Source[]): void {
    for (const layer of this.#picture.layers) {
      this.#counted.lostPackets += layer.lostPackets;
      this.#counted.droppedPictures += layer.droppedPictures;
    }
    this.#picture = {
      ...noPicture(),
      layers: sources.map(
        ({ originSsrc }, layer) =>
          new VideoLayer({
            clock: this.#options.clock.track(originSsrc, VIDEO_TIMESCALE),
            deliver: (picture, format, now) => this.#show(layer, picture, format, now),
            keyFrameNeeded: () => this.#layerNeedsKey(layer),
          }),
      ),
      layerOf: new Map(sources.map(({ ssrc }, layer) => [ssrc, layer])),
      choice: new LayerChoice(sources.length),
    };
  }

  /** Takes the sound from here; undefined for a host without microphone. */
  setSound(source: Source | undefined): void {
    this.#counted.garbage += this.#sound?.track.refused ?? 0;
    this.#counted.lostPackets += this.#sound?.track.lostPackets ?? 0;
    this.#sound = source && {
      ssrc: source.ssrc,
      track: new SoundTrack({
        clock: this.#options.clock.track(source.originSsrc, AUDIO_TIMESCALE),
        deliver: (sound) => this.#composer.sound(sound),
      }),
    };
  }

  /** What signalling knows to be off is not waited for. */
  setAbsence(absence: { picture: boolean; sound: boolean }): void {
    this.#composer.absent = absence;
  }

  /** @param now ms since epoch, server's clock */
  rtp(bytes: Uint8Array, now: number): void {
    const packet = readRtp(bytes);
    const layer = packet && this.#picture.layerOf.get(packet.ssrc);
    if (packet && layer !== undefined) {
      this.#picture.choice.arrived(layer, now);
      this.#choose(now);
      // What nobody will see is not put together.
      if (this.#isNeeded(layer)) this.#picture.layers[layer]?.push(packet, now);
    } else if (packet && packet.ssrc === this.#sound?.ssrc) this.#sound.track.push(packet, now);
    else this.#counted.garbage += 1;
  }

  /** Several times a second. */
  tick(now: number): void {
    for (const layer of this.#picture.layers) layer.tick(now);
    this.#sound?.track.tick(now);
    this.#choose(now);
    this.#composer.tick(now);
  }

  end(): void {
    this.#composer.end();
  }

  #show(layer: number, picture: TimedPicture, format: VideoFormat, now: number): void {
    const input = this.#picture;
    if (layer !== input.current) {
      if (layer !== input.wanted || !picture.isKey) return;
      input.current = layer;
      input.wanted = undefined;
    }
    if (picture.isKey) this.#keyAt = now;
    this.#composer.picture(picture, format, now);
  }

  #choose(now: number): void {
    const input = this.#picture;
    const best = input.choice.best(input.current, now);
    if (best === (input.wanted ?? input.current)) return;
    input.wanted = best === input.current ? undefined : best;
    if (input.wanted === undefined) return;
    input.layers[input.wanted]?.waitForKey();
    this.#options.requestKeyFrame();
  }

  #isNeeded(layer: number): boolean {
    return layer === this.#picture.current || layer === this.#picture.wanted;
  }

  #layerNeedsKey(layer: number): void {
    if (this.#isNeeded(layer)) this.#options.requestKeyFrame();
  }

  #restartPicture(): void {
    for (const layer of this.#picture.layers) layer.waitForKey();
    this.#options.requestKeyFrame();
  }
}

function noPicture(): Picture {
  return { layers: [], layerOf: new Map(), choice: new LayerChoice(0), current: undefined, wanted: undefined };
}
