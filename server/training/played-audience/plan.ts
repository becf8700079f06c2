// Owns what an audience will do and when, worked out of a scenario and its seed before the first of it happens. Pure.
import type { MixedAct, PlayedAct, QuestionTopic, Scenario, ScenarioWords, TimedAct } from '../../protocol/scenario.ts';
import { type Chance, chanceOf, indexBelow, seedFor, weighted } from './chance.ts';
import { stagePlans } from './stages.ts';

/** One act: everything about it is fixed but what lies on the shelf when it happens. */
export interface PlannedAct {
  /** From the start of the scenario. */
  atMs: number;
  act: PlayedAct;
  /** Number of who does it, from 0; null where it is nobody of the audience. */
  viewer: number | null;
  /** How many acts of the same kind (for a question: on the same topic) come before it: it takes the next words. */
  nth: number;
  topic?: QuestionTopic;
  text?: ScenarioWords;
  /** Likes, pieces of an order, people of a burst. */
  count?: number;
  percent?: number;
  seconds?: number;
  kbps?: number;
}

export interface Plan {
  seed: number;
  durationMs: number;
  acts: readonly PlannedAct[];
}

/** One haggles and one is rude all along: a host who mutes them has done with them. */
export const HAGGLER = 0;
export const TROLL = 1;
/** The others are numbered from here. */
export const FIRST_VIEWER = 2;
/** And whom a trainer brings by hand from here: a plan that is played has fewer. Half a list of names on, so that they are called otherwise. */
export const FIRST_BY_HAND = 20_020;

const USUAL_SEED = 1;
export const USUAL_BURST = 20;
export const USUAL_WRONG_PERCENT = 10;
export const USUAL_DROP = { seconds: 15, kbps: 40 } as const;
/** Who is there at the start comes in within this time. */
const ENTERING_MS = 10_000;

type Draft = Omit<PlannedAct, 'nth' | 'viewer'>;

/** @param seed in place of the scenario's own */
export function planOf(scenario: Scenario, seed = scenario.seed ?? USUAL_SEED): Plan {
  const stage = stagePlans[scenario.stage];
  const timed = (scenario.acts ?? []).map(timedDraft);
  const durationMs = Math.max((scenario.minutes ?? stage.minutes) * 60_000, ...timed.map(({ atMs }) => atMs));
  const viewers = scenario.viewers ?? stage.viewers;
  const drafts = [
    ...(viewers.start > 0 ? [{ atMs: 0, act: 'burst' as const, count: viewers.start }] : []),
    ...background(scenario, chanceOf(seedFor(seed, 'background'))),
    ...timed,
  ].sort((a, b) => a.atMs - b.atMs);
  return { seed, durationMs, acts: cast(drafts, viewers, chanceOf(seedFor(seed, 'cast'))) };
}

/** The steady stream of small acts: evenly spread, each moved a little, as people are. */
function background(scenario: Scenario, chance: Chance): Draft[] {
  const stage = stagePlans[scenario.stage];
  const durationMs = (scenario.minutes ?? stage.minutes) * 60_000;
  const count = Math.round((scenario.actsPerMinute ?? stage.actsPerMinute) * (durationMs / 60_000));
  const mix = scenario.mix ?? stage.mix;
  const everyMs = (durationMs - ENTERING_MS) / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => {
    const atMs = Math.round(ENTERING_MS + (index + chance()) * everyMs);
    return { atMs, ...mixed(weighted(mix, chance) ?? 'like', scenario.topics ?? stage.topics, chance) };
  });
}

function mixed(act: MixedAct, topics: readonly QuestionTopic[], chance: Chance): Omit<Draft, 'atMs'> {
  if (act === 'question') return { act, topic: topics[indexBelow(topics.length, chance)] as QuestionTopic };
  if (act === 'like') return { act, count: 1 + indexBelow(8, chance) };
  // Most take one, some take two, a few take three.
  if (act === 'order') return { act, count: chance() < 0.7 ? 1 : 2 + indexBelow(2, chance) };
  return { act };
}

function timedDraft(timed: TimedAct): Draft {
  return { atMs: readTime(timed.at), ...draftOf(timed) };
}

/** What an act is without its time: the parts that a trainer left out have their usual values. */
export function draftOf(given: TimedAct | Omit<TimedAct, 'at'>): Omit<Draft, 'atMs'> {
  const act = given as TimedAct;
  switch (act.act) {
    case 'question':
      return { act: 'question', ...(act.topic === undefined ? {} : { topic: act.topic }), ...(act.text === undefined ? {} : { text: act.text }) };
    case 'say':
      return { act: 'say', text: act.text };
    case 'like':
      return { act: 'like', count: act.count ?? 10 };
    case 'order':
      return { act: 'order', count: act.quantity ?? 1 };
    case 'burst':
      return { act: 'burst', count: act.viewers ?? USUAL_BURST };
    case 'wrong-price':
      return { act: 'wrong-price', percent: act.percent ?? USUAL_WRONG_PERCENT };
    case 'network-drop':
      return { act: 'network-drop', seconds: act.seconds ?? USUAL_DROP.seconds, kbps: act.kbps ?? USUAL_DROP.kbps };
    default:
      return { act: act.act };
  }
}

/** Gives each act to somebody who is there then, and numbers those that take their words from the same list. */
function cast(drafts: readonly Draft[], room: { start: number; end: number }, chance: Chance): PlannedAct[] {
  const present: number[] = [];
  let next = FIRST_VIEWER;
  const counts = new Map<string, number>();
  const enter = (): number => {
    present.push(next);
    return next++;
  };
  return drafts.map((draft) => {
    let { act } = draft;
    // A room that is full enough, or nearly empty, stays as it is: they tap a heart instead.
    if ((act === 'join' && present.length >= Math.max(room.end, 1)) || (act === 'leave' && present.length <= Math.max(room.start, 1))) act = 'like';
    const planned = { ...draft, act, ...(act === 'like' ? { count: draft.count ?? 1 } : {}) };
    const list = act === 'question' ? `question ${planned.topic ?? ''}` : act;
    const nth = counts.get(list) ?? 0;
    counts.set(list, nth + 1);
    return { ...planned, nth, viewer: actor(act) };

    function actor(kind: PlayedAct): number | null {
      if (kind === 'haggle') return HAGGLER;
      if (kind === 'troll') return TROLL;
      if (kind === 'join') return enter();
      if (kind === 'stock-out' || kind === 'wrong-price' || kind === 'network-drop') return null;
      if (kind === 'burst') {
        const first = next;
        for (let more = draft.count ?? 0; more > 0; more -= 1) enter();
        return first;
      }
      if (present.length === 0) return enter();
      const at = indexBelow(present.length, chance);
      const who = present[at] as number;
      if (kind === 'leave') present.splice(at, 1);
      return who;
    }
  });
}

function readTime(time: string): number {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (minutes * 60 + seconds) * 1000;
}
