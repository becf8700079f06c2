// Owns what one stream costs for each viewer it is sent to, layer by layer. It is read from the host's producers: what comes in once goes
// out once for each viewer, so two cheap questions a stream tell as much as one question for each of its viewers.
import type { types } from 'mediasoup';
import { layerCount } from '../codecs.ts';
import { RateWindow } from './rate-window.ts';
import type { Rate } from './situation.ts';

/** What an RTP packet takes beside itself: SRTP tag (16, AEAD), UDP (8), IPv4 (20). */
export const WIRE_OVERHEAD_BYTES = 44;

/** Until a layer has been measured this long, what the host declares of it counts too. */
const TRUSTED_AFTER_MS = 3_000;
/** With each reading; half of it in six minutes. */
const LOUDEST_KEPT = 0.9995;
/** For hosts that declare nothing: what our own studio sends. */
const USUAL_KBPS = { audio: 40, only: 1_000, small: 150, full: 1_000 };
const USUAL_PACKETS = { audio: 50, small: 30, full: 120 };
/** A key frame in a second with motion, by the mean. */
const USUAL_PEAK = 1.3;

/** Bytes and packets of one layer since the reading before, as they go out. */
export interface Passed {
  bytes: number;
  packets: number;
}

interface Layer {
  window: RateWindow;
  total: Passed | undefined;
  passed: Passed;
  /** The dearest second in minutes: a voice that has been silent for a while will be heard again. */
  loudestKbps: number;
  /** Of the last time that it was sent: what it will take when it comes back. */
  known: Rate | undefined;
  /** Of the track before this one. */
  inherited: Rate | undefined;
}

const NOTHING: Passed = { bytes: 0, packets: 0 };

export class StreamMeter {
  /** By the id of the producer, the smallest layer first. */
  readonly #layers = new Map<string, Layer[]>();
  /** Of the track of each kind that was there before: a host that comes back sends as much as it did. */
  readonly #before = new Map<types.MediaKind, Layer[]>();
  readonly #kinds = new Map<string, types.MediaKind>();

  /** Reads the counters of `tracks`; forgets those of others. */
  async read(tracks: readonly types.Producer[]): Promise<void> {
    const answers = await Promise.all(tracks.map(async (track) => ({ track, stats: await track.getStats().catch(() => []) })));
    const present = new Set(tracks.map((track) => track.id));
    for (const id of this.#layers.keys()) if (!present.has(id)) this.#forget(id);
    for (const { track, stats } of answers) {
      const layers = this.#layersOf(track);
      for (const [index, layer] of layers.entries()) note(layer, stats.find((stat) => layerOf(track, stat) === index));
    }
  }

  /** What a layer of a track has sent between the last two readings. */
  passed(trackId: string, layer: number): Passed {
    return this.#layers.get(trackId)?.[layer]?.passed ?? NOTHING;
  }

  /** @returns the smallest layer first; empty for a track that was not read yet */
  rates(track: types.Producer): Rate[] {
    const layers = this.#layersOf(track);
    return layers.map((layer, index) => {
      const declared = layer.inherited ?? declaredRate(track, index, layers.length);
      if (layer.window.spanMs < 1_000) return layer.known ?? declared;
      const measured = rateOf(layer.window);
      if (measured.meanKbps === 0) return layer.known ?? declared;
      if (track.kind === 'audio') measured.peakKbps = Math.max(measured.peakKbps, layer.loudestKbps);
      if (layer.window.spanMs >= TRUSTED_AFTER_MS) return measured;
      return { ...measured, peakKbps: Math.max(measured.peakKbps, declared.peakKbps) };
    });
  }

  #forget(id: string): void {
    const [kind, layers] = [this.#kinds.get(id), this.#layers.get(id)];
    if (kind && layers?.some((layer) => layer.known)) this.#before.set(kind, layers);
    this.#layers.delete(id);
    this.#kinds.delete(id);
  }

  #layersOf(track: types.Producer): Layer[] {
    let layers = this.#layers.get(track.id);
    if (!layers) {
      const count = layerCount(track);
      const before = this.#before.get(track.kind);
      layers = Array.from({ length: count }, (_, layer) => openLayer(before?.length === count ? before[layer] : undefined));
      this.#layers.set(track.id, layers);
      this.#kinds.set(track.id, track.kind);
    }
    return layers;
  }
}

function openLayer(before: Layer | undefined): Layer {
  const [inherited, loudestKbps = 0] = [before?.known, before?.loudestKbps];
  return { window: new RateWindow(), total: undefined, passed: NOTHING, loudestKbps, known: undefined, inherited };
}

function note(layer: Layer, stat: types.ProducerStat | undefined): void {
  layer.passed = NOTHING;
  if (!stat) return;
  const total = { bytes: stat.byteCount + stat.packetCount * WIRE_OVERHEAD_BYTES, packets: stat.packetCount };
  const before = layer.total ?? total;
  layer.total = total;
  // A host that comes back with the same name counts from the start again.
  layer.passed = { bytes: Math.max(0, total.bytes - before.bytes), packets: Math.max(0, total.packets - before.packets) };
  // By the worker's clock: how long an answer waited to be read must not look like traffic.
  layer.window.add(stat.timestamp, layer.passed.bytes, layer.passed.packets);
  layer.loudestKbps = Math.max(layer.loudestKbps * LOUDEST_KEPT, layer.window.peakKbps);
  if (layer.window.spanMs >= 1_000 && layer.passed.bytes > 0) layer.known = rateOf(layer.window);
}

function rateOf(window: RateWindow): Rate {
  return { meanKbps: window.meanKbps, peakKbps: Math.max(window.peakKbps, window.meanKbps), packetsPerS: window.packetsPerS };
}

function layerOf(track: types.Producer, stat: types.ProducerStat): number {
  const encodings = track.rtpParameters.encodings ?? [];
  if (encodings.length <= 1) return 0;
  return encodings.findIndex(({ ssrc, rid }) => (rid === undefined ? ssrc === stat.ssrc : rid === stat.rid));
}

function declaredRate(track: types.Producer, layer: number, count: number): Rate {
  const isAudio = track.kind === 'audio';
  const usual = isAudio ? 'audio' : count === 1 ? 'only' : layer === 0 ? 'small' : 'full';
  const packetsPerS = USUAL_PACKETS[usual === 'only' ? 'full' : usual];
  // A host may declare anything; it is only what counts until it is measured.
  const declared = Math.min(track.rtpParameters.encodings?.[layer]?.maxBitrate ?? USUAL_KBPS[usual] * 1000, 10_000_000) / 1000;
  const meanKbps = declared + (packetsPerS * WIRE_OVERHEAD_BYTES * 8) / 1000;
  return { meanKbps, peakKbps: meanKbps * (isAudio ? 1 : USUAL_PEAK), packetsPerS };
}
