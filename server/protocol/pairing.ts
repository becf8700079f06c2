// Owns who could help whom in a class: people further on help beginners, from the same village where there is one. Pure, for page and server.
import { CLASS_LIMITS, type Stage, stages } from './classes.ts';

export interface Pairable {
  id: string;
  name: string;
  home: string;
  stage: Stage;
}

export interface Pair {
  juniorId: string;
  seniorId: string;
}

const rank = (stage: Stage): number => stages.indexOf(stage);

/** A pair for everybody who has somebody further on than themselves, loads as even as can be; the same class gives the same pairs. */
export function suggestedPairs(people: readonly Pairable[]): Pair[] {
  const load = new Map<string, number>();
  const byNeed = [...people].sort((a, b) => rank(a.stage) - rank(b.stage) || (a.id < b.id ? -1 : 1));
  return byNeed.flatMap((junior) => {
    const [senior] = people
      .filter((each) => rank(each.stage) > rank(junior.stage) && (load.get(each.id) ?? 0) < CLASS_LIMITS.juniorsOfOne)
      .sort(
        (a, b) =>
          (load.get(a.id) ?? 0) - (load.get(b.id) ?? 0) ||
          Number(isNear(b, junior)) - Number(isNear(a, junior)) ||
          rank(b.stage) - rank(a.stage) ||
          (a.id < b.id ? -1 : 1),
      );
    if (!senior) return [];
    load.set(senior.id, (load.get(senior.id) ?? 0) + 1);
    return [{ juniorId: junior.id, seniorId: senior.id }];
  });
}

/** What is wrong with pairs that somebody chose; null: nothing. */
export function pairFault(pairs: readonly Pair[], people: readonly Pick<Pairable, 'id' | 'stage'>[]): 'unknown' | 'twice' | 'self' | 'not-senior' | 'too-many' | null {
  const stageOf = new Map(people.map(({ id, stage }) => [id, stage]));
  const load = new Map<string, number>();
  const juniors = new Set<string>();
  for (const { juniorId, seniorId } of pairs) {
    const [junior, senior] = [stageOf.get(juniorId), stageOf.get(seniorId)];
    if (!junior || !senior) return 'unknown';
    if (juniorId === seniorId) return 'self';
    if (juniors.has(juniorId)) return 'twice';
    if (rank(senior) < rank(junior)) return 'not-senior';
    juniors.add(juniorId);
    load.set(seniorId, (load.get(seniorId) ?? 0) + 1);
    if ((load.get(seniorId) ?? 0) > CLASS_LIMITS.juniorsOfOne) return 'too-many';
  }
  return null;
}

const isNear = (a: Pairable, b: Pairable): boolean => a.home !== '' && a.home.trim().toLowerCase() === b.home.trim().toLowerCase();
