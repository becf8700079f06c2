// Owns what hosts are advised to send: a picture that is smaller at its source reaches more viewers than a large one cut off for most.
import { LIMITS } from './ledger.ts';
import { fairShares } from './shares.ts';
import type { Rate, Situation, StreamAdvice, StreamSituation } from './situation.ts';

/** What an encoder is told, kbit/s: steps wide enough that one viewer more or less seldom moves them. The last is a host's own limit. */
const STEPS = [80, 95, 110, 130, 150, 175, 200, 235, 275, 325, 385, 455, 540, 640, 760, 900, 1_100] as const;
const LARGEST_KBPS = 1_100;
/** Under this a large layer is no better than a small one. */
const LEAST_FULL_KBPS = 150;
const LEAST_SMALL_KBPS = 80;
const LARGEST_SMALL_KBPS = 150;
/** A cap is lifted only when this much more than the next step would be had. */
const LIFT_MARGIN = 1.25;
/** Payload of what video packets take on the wire. */
const PAYLOAD_SHARE = 0.93;
/** Dearest second by mean, until it was measured; and the limits within which a measurement is believed. */
const USUAL_BURST = 1.5;
const [LEAST_BURST, LARGEST_BURST] = [1.3, 3];
const SOUND_KBPS = 50;
/** Where a viewer's part is smaller, headers of 50 audio packets a second (26 kbit/s) are better spent on the picture. */
const LONG_PACKETS_UNDER_KBPS = 600;
const SHORT_PACKETS_FROM_KBPS = 800;

/** @param lineKbps for media */
export function advise({ streams, viewers, capacity }: Situation, lineKbps: number): StreamAdvice[] {
  const crowds = new Map(streams.map((stream) => [stream.streamId, { all: 0, small: 0, full: 0 }]));
  for (const { streamId, wish } of viewers) {
    const crowd = crowds.get(streamId);
    if (!crowd) continue;
    crowd.all += 1;
    if (wish !== 'sound') crowd[wish] += 1;
  }
  const wanted = streams.map((stream) => {
    const crowd = crowds.get(stream.streamId) ?? { all: 0, small: 0, full: 0 };
    const sound = stream.audio?.peakKbps ?? SOUND_KBPS;
    const takes = { sound, small: (LARGEST_SMALL_KBPS / PAYLOAD_SHARE) * burst(stream.small), full: (LARGEST_KBPS / PAYLOAD_SHARE) * burst(stream.full ?? stream.small) };
    return { stream, crowd, sound, need: crowd.all * takes.sound + crowd.small * takes.small + crowd.full * takes.full };
  });
  const room = (lineKbps * LIMITS.raise) / Math.max(1, capacity.resendFactor);
  const shares = fairShares(room, wanted.map(({ need }) => need));
  return wanted.map(({ stream, crowd, sound, need }, index) => {
    const share = shares[index] ?? 0;
    if (share >= need || crowd.all === 0) return { streamId: stream.streamId, maxVideoKbps: null, maxSmallKbps: null, opusPacketMs: packetMs(Infinity, stream) };
    const pictures = crowd.small + crowd.full;
    const perPicture = pictures === 0 ? 0 : Math.max(0, share - crowd.all * sound) / pictures;
    const encoded = (layer: Rate | null) => (perPicture / burst(layer)) * PAYLOAD_SHARE;
    return {
      streamId: stream.streamId,
      maxVideoKbps: cap(encoded(stream.full ?? stream.small), LEAST_FULL_KBPS, LARGEST_KBPS, stream.advised?.maxVideoKbps),
      maxSmallKbps: cap(encoded(stream.small), LEAST_SMALL_KBPS, LARGEST_SMALL_KBPS, stream.advised?.maxSmallKbps),
      opusPacketMs: packetMs(share / crowd.all, stream),
    };
  });
}

function burst(layer: Rate | null): number {
  if (!layer || layer.meanKbps <= 0) return USUAL_BURST;
  return Math.min(Math.max(layer.peakKbps / layer.meanKbps, LEAST_BURST), LARGEST_BURST);
}

/** Down at once, up only with a margin. @returns null from `most` on */
function cap(kbps: number, least: number, most: number, advised: number | null | undefined): number | null {
  const down = stepUnder(kbps);
  const up = stepUnder(kbps / LIFT_MARGIN);
  const before = advised === undefined ? down : (advised ?? most);
  const next = Math.min(Math.max(down < before ? down : Math.max(before, up), least), most);
  return next >= most ? null : next;
}

function stepUnder(kbps: number): number {
  return STEPS.findLast((step) => step <= kbps) ?? STEPS[0];
}

function packetMs(perViewerKbps: number, { advised }: StreamSituation): 20 | 60 {
  return perViewerKbps < (advised?.opusPacketMs === 60 ? SHORT_PACKETS_FROM_KBPS : LONG_PACKETS_UNDER_KBPS) ? 60 : 20;
}
