// Owns who does what a trainer lets happen now, and with which words. Pure but for what it counts.
import type { ActRequest } from '../../protocol/scenario.ts';
import { draftOf, FIRST_BY_HAND, HAGGLER, type Plan, type PlannedAct, TROLL } from './plan.ts';

/** What was let happen so far. */
export interface Casting {
  newcomers: number;
  /** By list of words. */
  said: Map<string, number>;
}

export function castByHand(request: ActRequest, now: { plan: Plan; played: number; present: readonly number[] }, casting: Casting): PlannedAct {
  const draft = draftOf(request);
  const { act } = draft;
  const list = act === 'question' ? `question ${draft.topic ?? ''}` : act;
  const more = casting.said.get(list) ?? 0;
  casting.said.set(list, more + 1);
  const before = now.plan.acts.slice(0, now.played).filter((each) => each.act === act && each.topic === draft.topic).length;
  return { ...draft, atMs: 0, nth: before + more, viewer: actor() };

  function actor(): number | null {
    if (act === 'haggle') return HAGGLER;
    if (act === 'troll') return TROLL;
    if (act === 'stock-out' || act === 'wrong-price' || act === 'network-drop') return null;
    if (act === 'join' || act === 'burst' || now.present.length === 0) {
      const first = FIRST_BY_HAND + casting.newcomers;
      casting.newcomers += act === 'burst' ? (draft.count ?? 0) : 1;
      return act === 'leave' ? null : first;
    }
    // Everybody in turn.
    return now.present[(more * 7 + act.length) % now.present.length] ?? null;
  }
}
