// Owns what each raw event adds to the roll-ups. Pure: the same events in the same order give the same, live and when it is done again from raw.
import { deeds, telemetryEvents, watchPaths } from '../../protocol/telemetry.ts';
import { type Counter, type RollUp, stepOf } from './counters.ts';
import type { DeviceStory, Entry } from './device-story.ts';
import { leftOutAs, type Phase, type RawEvent, serverKinds } from './raw-event.ts';
import type { Span } from './watched.ts';

export const MINUTE_MS = 60_000;
export const QUARTER_MS = 15_000;
/** Who is away for longer enters anew. */
const ENTRY_GAP_MS = 30 * MINUTE_MS;
const VALID_MS = 3_000;
const ENGAGED_MS = 10_000;
/** Seconds of watch time at which it is noted who stayed. */
export const STAYED_S = [30, 60, 180, 300] as const;

const kinds = Object.fromEntries(Object.entries(telemetryEvents).map(([name, schema]) => [name, schema.items[0].literal])) as { [K in keyof typeof telemetryEvents]: (typeof telemetryEvents)[K]['items'][0]['literal'] };
const deedCounters = { comment: 'comments', like: 'likes', share: 'shares', follow: 'follows', report: 'negative', 'not-interested': 'negative' } as const satisfies Record<(typeof deeds)[number], Counter>;

/** Of what is not told minute by minute. */
const ALL_MINUTES = 0;

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);

/** @param story of the event's device; of devices apart it stays empty */
export function fold(event: RawEvent, story: DeviceStory, into: RollUp): void {
  const { at, device, phase, mark } = event;
  const minute = minuteOf(at);
  if (mark !== '') {
    into.add(phase, minute, 'apart', mark, event.kind === serverKinds.leftOut ? event.args[1] : 1);
    into.join(phase, 'apart', mark, device);
    return;
  }
  switch (event.kind) {
    case kinds.reach:
      return into.add(phase, minute, 'reach', '', 1);
    case kinds.entry: {
      const isBack = goesOn(story.entry(phase), at);
      if (isBack) into.add(phase, minute, 'returns', '', 1);
      enterOrGoOn(story, phase, at, device, into);
      if (event.args[1] === 0 && !isBack) into.join(phase, 'notFollowing', '', device);
      return;
    }
    case kinds.watch:
      return watch(event, event.args, story, into);
    case kinds.start:
      into.add(phase, ALL_MINUTES, 'areaStarts', `${story.area} ${stepOf(event.args[0])}`, 1);
      return into.add(phase, minute, 'starts', String(stepOf(event.args[0])), 1);
    case kinds.failed:
      into.add(phase, ALL_MINUTES, 'areaFailed', story.area, 1);
      return into.add(phase, minute, 'failed', watchPaths[event.args[0]] as string, 1);
    case kinds.stall: {
      const path = watchPaths[event.args[1]] as string;
      into.add(phase, minute, 'stalls', path, 1);
      into.add(phase, ALL_MINUTES, 'areaStallMs', story.area, event.args[0]);
      return into.add(phase, minute, 'stallMs', path, event.args[0]);
    }
    case kinds.seen:
      into.add(phase, minute, 'impressions', event.args[0], 1);
      return into.join(phase, 'saw', event.args[0], device);
    case kinds.opened:
      into.add(phase, minute, 'clicks', event.args[0], 1);
      return into.join(phase, 'clicked', event.args[0], device);
    case kinds.carted:
      into.add(phase, minute, 'cartTimes', event.args[0], 1);
      into.add(phase, minute, 'cartUnits', event.args[0], event.args[1]);
      return into.join(phase, 'carted', event.args[0], device);
    case kinds.checkout:
      into.add(phase, minute, 'checkouts', '', 1);
      return into.join(phase, 'checkout', '', device);
    case kinds.did: {
      const deed = deeds[event.args[0]] as (typeof deeds)[number];
      into.add(phase, minute, deedCounters[deed], '', event.args[1]);
      if (deed === 'comment') into.join(phase, 'commented', '', device);
      if (deed === 'follow') into.join(phase, 'followed', '', device);
      if (deed !== 'report' && deed !== 'not-interested') into.join(phase, 'interacted', '', device);
      return;
    }
    case serverKinds.air:
      return eachPart([at - event.args[0], at], MINUTE_MS, (part, ms) => into.add(phase, part, 'airMs', '', ms));
    case serverKinds.outage: {
      const from = at - event.args[0];
      return into.add(phase, minuteOf(from), 'outageMs', String(from), event.args[0]);
    }
    case serverKinds.soldOut:
    case serverKinds.restocked:
      return into.add(phase, minute, event.kind === serverKinds.soldOut ? 'soldOut' : 'restocked', `${event.args[0]} ${at}`, 1);
    case serverKinds.leftOut:
      return into.add(phase, minute, 'leftOut', leftOutAs[event.args[0]] as string, event.args[1]);
    default:
      return event satisfies never;
  }
}

/** Time counts only where the device had not watched yet. */
function watch({ at, device, phase }: RawEvent, [playedMs, pathIndex, kilobytes]: readonly [number, number, number], story: DeviceStory, into: RollUp): void {
  const path = watchPaths[pathIndex] as string;
  const from = at - playedMs;
  const newly = (gap: number) => (part: number) => !story.watched.touches(part * gap, (part + 1) * gap);
  const minutes = partsOf([from, at], MINUTE_MS).filter(newly(MINUTE_MS));
  const quarters = partsOf([from, at], QUARTER_MS).filter(newly(QUARTER_MS));
  // Before the device's memory grows by them.
  const wasThere = new Set(minutes.flatMap((minute) => [minute - 1, minute + 1]).filter((minute) => !newly(MINUTE_MS)(minute)));
  const fresh = story.watched.add(from, at);
  if (fresh.length === 0) return into.add(phase, minuteOf(at), 'leftOut', 'twice', 1);
  const ms = fresh.reduce((sum, [begin, end]) => sum + end - begin, 0);

  for (const span of fresh) eachPart(span, MINUTE_MS, (minute, length) => into.add(phase, minute, 'watchMs', path, length));
  const isTouched = (part: number, gap: number): boolean => fresh.some(([begin, end]) => begin < (part + 1) * gap && end > part * gap);
  for (const quarter of quarters) if (isTouched(quarter, QUARTER_MS)) into.add(phase, Math.floor(quarter / 4), 'online', String(quarter % 4), 1);
  for (const minute of minutes) {
    if (!isTouched(minute, MINUTE_MS)) continue;
    into.add(phase, minute, 'watchers', '', 1);
    // Stayed: watched in this minute and in the next one.
    if (wasThere.has(minute - 1)) into.add(phase, minute - 1, 'stayed', '', 1);
    if (wasThere.has(minute + 1)) into.add(phase, minute, 'stayed', '', 1);
    wasThere.add(minute);
  }
  const received = Math.round((kilobytes * ms) / playedMs);
  into.add(phase, minuteOf(at), 'kilobytes', '', received);
  into.add(phase, ALL_MINUTES, 'areaWatchMs', story.area, ms);
  into.add(phase, ALL_MINUTES, 'areaKilobytes', story.area, received);

  const [before, after] = story.watch(phase, ms);
  for (const seconds of STAYED_S) if (before < seconds * 1000 && after >= seconds * 1000) into.join(phase, 'stayed', String(seconds), device);
  const entry = enterOrGoOn(story, phase, from, device, into);
  const had = entry.watchedMs;
  entry.watchedMs += ms;
  entry.lastAt = Math.max(entry.lastAt, at);
  if (had < VALID_MS && entry.watchedMs >= VALID_MS) into.add(phase, minuteOf(entry.at), 'valid', '', 1);
  if (had < ENGAGED_MS && entry.watchedMs >= ENGAGED_MS) into.add(phase, minuteOf(entry.at), 'engaged', '', 1);
}

function goesOn(entry: Entry | undefined, at: number): entry is Entry {
  return entry !== undefined && at - entry.lastAt <= ENTRY_GAP_MS;
}

/** A heartbeat whose entry got lost is one itself. */
function enterOrGoOn(story: DeviceStory, phase: Phase, at: number, device: number, into: RollUp): Entry {
  const entry = story.entry(phase);
  if (goesOn(entry, at)) {
    entry.lastAt = Math.max(entry.lastAt, at);
    return entry;
  }
  into.add(phase, minuteOf(at), 'entries', '', 1);
  into.join(phase, 'viewers', '', device);
  into.join(phase, 'area', story.area, device);
  return story.enter(phase, at);
}

/** Numbers of the parts of time, each `gap` ms long, that a span touches. */
function partsOf([from, to]: Span, gap: number): number[] {
  const parts: number[] = [];
  for (let part = Math.floor(from / gap); part * gap < to; part += 1) parts.push(part);
  return parts;
}

function eachPart(span: Span, gap: number, told: (part: number, ms: number) => void): void {
  for (const part of partsOf(span, gap)) told(part, Math.min(span[1], (part + 1) * gap) - Math.max(span[0], part * gap));
}
