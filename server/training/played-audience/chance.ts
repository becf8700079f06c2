// Owns chance that is the same for the same seed: nothing else in a scenario may be left to it.

/** Numbers from 0 to 1 (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of a seed and what it is for, so that two uses of one seed have nothing in common (FNV-1a). */
export function seedFor(seed: number, use: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < use.length; index += 1) hash = Math.imul(hash ^ use.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** From 0 to `below`, which is not among them. */
export function indexBelow(below: number, chance: Chance): number {
  return Math.min(below - 1, Math.floor(chance() * below));
}

/** The same list in another order (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = indexBelow(last + 1, chance);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** One of them, each as often as its weight says; undefined where none has any. */
export function weighted<K extends string>(weights: Readonly<Partial<Record<K, number | undefined>>>, chance: Chance): K | undefined {
  const entries = (Object.entries(weights) as [K, number | undefined][]).map(([name, weight = 0]) => [name, weight] as const);
  let left = chance() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    if (weight > 0 && left < weight) return name;
    left -= weight;
  }
  return undefined;
}
