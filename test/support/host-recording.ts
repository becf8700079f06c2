// Owns what a real host has sent, packet by packet with its time of arrival, to be played to the packager's input under any network.
import { once } from 'node:events';
import { HostInput, type Source } from '../../server/media/hls/input/host-input.ts';
import { SenderClock, type SenderReport } from '../../server/media/hls/input/sender-clock.ts';
import { Tap } from '../../server/media/hls/tap.ts';
import type { Stream } from '../../server/media/index.ts';
import type { types } from 'mediasoup';
import { RecordingSink } from './recording-sink.ts';

export interface Arrival {
  at: number;
  kind: types.MediaKind;
  packet?: Buffer;
  report?: { report: SenderReport; clockRate: number };
}

export interface HostRecording {
  sources: Record<types.MediaKind, Source[]>;
  arrivals: Arrival[];
}

/** Listens to a stream for `ms`, asking for key frames as the packager does. */
export async function recordHost(stream: Stream, ms: number): Promise<HostRecording> {
  const recording: HostRecording = { sources: { audio: [], video: [] }, arrivals: [] };
  const kindOf = (packet: Buffer): types.MediaKind => (recording.sources.audio.some(({ ssrc }) => ssrc === packet.readUInt32BE(8)) ? 'audio' : 'video');
  const tap = await Tap.open(await stream.home(), {
    sourcesChanged: (kind, sources) => (recording.sources[kind] = sources),
    rtp: (packet) => recording.arrivals.push({ at: Date.now(), kind: kindOf(packet), packet }),
  });
  for (const producer of stream.tracks) {
    producer.on('trace', ({ type, info }) => {
      if (type !== 'sr') return;
      const { ssrc, rtpTs, ntpSec, ntpFrac } = info as Record<string, number>;
      const report = { ssrc, timestamp: rtpTs, ntpSeconds: ntpSec, ntpFraction: ntpFrac } as SenderReport;
      recording.arrivals.push({ at: Date.now(), kind: producer.kind, report: { report, clockRate: producer.kind === 'video' ? 90_000 : 48_000 } });
    });
  }
  await tap.follow(stream.tracks);
  const asking = setInterval(() => tap.requestKeyFrame(), 1_500);
  await once(AbortSignal.timeout(ms), 'abort');
  clearInterval(asking);
  tap.close();
  // What names a layer in reports is read from a producer that may be gone when this is played.
  for (const sources of Object.values(recording.sources)) {
    for (const source of sources) {
      const ssrc = source.originSsrc();
      source.originSsrc = () => ssrc;
    }
  }
  return recording;
}

export interface Network {
  /** Milliseconds by which each kind is late, its reports included. */
  delayMs?: Partial<Record<types.MediaKind, number>>;
  /** Which packets are lost. */
  loses?: (arrival: Arrival) => boolean;
  /** Reports do not reach the server. */
  hasReports?: boolean;
}

/** Plays it to a fresh input on a clock of its own, which ticks every 50 ms. */
export function playHost({ sources, arrivals }: HostRecording, network: Network = {}) {
  const { delayMs = {}, loses = () => false, hasReports = true } = network;
  const sink = new RecordingSink();
  let keyFrameRequests = 0;
  const clock = new SenderClock();
  const input = new HostInput({ clock, sink, requestKeyFrame: () => (keyFrameRequests += 1) });
  input.setPicture(sources.video);
  input.setSound(sources.audio[0]);
  input.setAbsence({ picture: false, sound: sources.audio.length === 0 });
  const late = arrivals.map((arrival) => ({ ...arrival, at: arrival.at + (delayMs[arrival.kind] ?? 0) })).toSorted((a, b) => a.at - b.at);
  let tickAt = late[0]?.at ?? 0;
  for (const arrival of late) {
    for (; tickAt <= arrival.at; tickAt += 50) input.tick(tickAt);
    if (arrival.report && hasReports) clock.report(arrival.report.report, arrival.report.clockRate, arrival.at);
    if (arrival.packet && !loses(arrival)) input.rtp(arrival.packet, arrival.at);
  }
  input.end();
  return { stretches: sink.stretches, counts: input.counts, keyFrameRequests };
}
