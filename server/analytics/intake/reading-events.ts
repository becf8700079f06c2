// Owns the step from what a page says to raw events: its clock turned into the server's, what cannot be left out, the part of the show. Pure.
import type { Show } from '../../protocol/show.ts';
import { LATE_MS, telemetryEvents, type TelemetryBatch, type TelemetryEvent } from '../../protocol/telemetry.ts';
import { type Happening, leftOutAs, type Mark, type Phase, type RawEvent, serverKinds } from '../rollup/raw-event.ts';

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

/** Events that count, and for each reason one that says how many do not. */
export function readEvents(batch: Pick<TelemetryBatch, 'e' | 'w'>, sender: Sender): RawEvent[] {
  const { device, mark, show, now } = sender;
  const leftOut = new Map<number, number>();
  const events = batch.e.flatMap((event): RawEvent[] => {
    const at = sender.toServer(event[1]);
    const phase = phaseOf(at, batch.w === 1, show);
    const what = reasonAgainst(event, at, phase, sender) ?? (event[0] === WATCH ? watched(event as WatchEvent, at, sender) : happening(event));
    if (typeof what !== 'string') return [{ ...what, at, device, phase, mark }];
    const reason = leftOutAs.indexOf(what);
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
    return [];
  });
  for (const [reason, count] of leftOut) events.push({ ...leftOutEvent(reason, count), at: now, device, phase: phaseOf(now, batch.w === 1, show), mark });
  return events;
}

/** A batch that came before. */
export function readRepeated({ e, w }: Pick<TelemetryBatch, 'e' | 'w'>, { device, mark, show, now }: Omit<Sender, 'toServer' | 'firstAt' | 'isSold'>): RawEvent[] {
  return [{ ...leftOutEvent(leftOutAs.indexOf('repeated'), e.length), at: now, device, phase: phaseOf(now, w === 1, show), mark }];
}

function leftOutEvent(reason: number, count: number): Happening {
  return { kind: serverKinds.leftOut, args: [reason, count] };
}

/** What of it lies after the start of the show, and not long before the page was heard of. */
function watched([kind, , playedMs, path, kilobytes]: WatchEvent, at: number, { show, firstAt }: Sender): Happening | 'unheard' {
  const from = Math.max(at - playedMs, show.startedAt ?? at, firstAt - UNHEARD_MS);
  return from < at ? { kind, args: [at - from, path, kilobytes] } : 'unheard';
}

function phaseOf(at: number, isReplay: boolean, { endedAt }: Sender['show']): Phase {
  if (isReplay) return 'replay';
  return endedAt === null || at <= endedAt + END_MARGIN_MS ? 'live' : 'after';
}

function reasonAgainst(event: TelemetryEvent, at: number, phase: Phase, { show, isSold, now }: Sender): 'late' | 'foreign' | 'off-air' | undefined {
  if (at < now - LATE_MS) return 'late';
  if (ofProducts.has(event[0])) return isSold(event[2] as string) ? undefined : 'foreign';
  if (!ofMedia.has(event[0])) return undefined;
  return phase !== 'after' && show.startedAt !== null && at >= show.startedAt ? undefined : 'off-air';
}

function happening([kind, , ...args]: TelemetryEvent): Happening {
  return { kind, args } as Happening;
}
