// Owns the step from what a page says to raw events: its clock turned into the server's, what cannot be left out, the part of the show. Pure.
import type { Show } from '../../protocol/show.ts';
import { LATE_MS, telemetryEvents, type TelemetryBatch, type TelemetryEvent } from '../../protocol/telemetry.ts';
import type { Happening, Mark, Phase, RawEvent } from '../rollup/raw-event.ts';

/** The last seconds of a show are still on the way to who watches over HLS. */
const END_MARGIN_MS = 30_000;
/** A page plays no longer than this before it is first heard of. */
const UNHEARD_MS = 60_000;

export interface Sender {
  show: Pick<Show, 'startedAt' | 'endedAt'>;
  device: number;
  mark: Mark;
  /** Page clock to server clock. */
  toServer: (at: number) => number;
  /** When the page was first heard of. */
  firstAt: number;
  /** Products of the show. */
  isSold: (productId: string) => boolean;
  now: number;
}

type WatchEvent = Extract<TelemetryEvent, readonly [2, ...unknown[]]>;

const code = (name: keyof typeof telemetryEvents): number => telemetryEvents[name].items[0].literal;
const WATCH = code('watch');
/** They say that something was on. */
const ofMedia = new Set([code('entry'), WATCH, code('start'), code('failed'), code('stall')]);
const ofProducts = new Set([code('seen'), code('opened'), code('carted')]);

/** Events that count; those too late, off the air, of a foreign product or of a time that nobody could have watched are left out. */
export function readEvents(batch: Pick<TelemetryBatch, 'e' | 'w'>, sender: Sender): RawEvent[] {
  return batch.e.flatMap((event) => {
    const at = sender.toServer(event[1]);
    const phase = phaseOf(at, batch.w === 1, sender.show);
    if (!counts(event, at, phase, sender)) return [];
    const what = event[0] === WATCH ? watched(event as WatchEvent, at, sender) : happening(event);
    return what ? [{ ...what, at, device: sender.device, phase, mark: sender.mark }] : [];
  });
}

/** What of it lies after the start of the show, and not long before the page was heard of; undefined: nothing. */
function watched([kind, , playedMs, path, kilobytes]: WatchEvent, at: number, { show, firstAt }: Sender): Happening | undefined {
  const from = Math.max(at - playedMs, show.startedAt ?? at, firstAt - UNHEARD_MS);
  return from < at ? { kind, args: [at - from, path, kilobytes] } : undefined;
}

function phaseOf(at: number, isReplay: boolean, { endedAt }: Sender['show']): Phase {
  if (isReplay) return 'replay';
  return endedAt === null || at <= endedAt + END_MARGIN_MS ? 'live' : 'after';
}

function counts(event: TelemetryEvent, at: number, phase: Phase, { show, isSold, now }: Sender): boolean {
  if (at < now - LATE_MS) return false;
  if (ofProducts.has(event[0])) return isSold(event[2] as string);
  if (!ofMedia.has(event[0])) return true;
  return phase !== 'after' && show.startedAt !== null && at >= show.startedAt;
}

function happening([kind, , ...args]: TelemetryEvent): Happening {
  return { kind, args } as Happening;
}
