// Owns the choice of what to delete: what is too old, then the oldest of a seller over their space, then the oldest of all.

export interface Kept {
  id: string;
  /** Whose limits it counts against; null: only the server's. */
  owner: string | null;
  /** Server clock of its end (its start while it is being recorded), ms since epoch. */
  at: number;
  bytes: number;
  /** Counts, and is never chosen. */
  isRecording: boolean;
}

export interface Limits {
  /** Days; 0 keeps nothing. */
  days: number;
  /** All recordings together. */
  bytes: number;
  /** What holds for an owner instead of `days`, and their own share of the space. */
  owners: ReadonlyMap<string, { days?: number; bytes?: number }>;
  /** Bytes that the disk lacks to its reserve; 0 when there is enough. */
  lackingBytes: number;
}

const DAY_MS = 24 * 3600_000;

/** @returns ids, oldest first */
export function whatToDelete(recordings: readonly Kept[], limits: Limits, now: number): string[] {
  const oldestFirst = [...recordings].sort((a, b) => a.at - b.at);
  const chosen = new Set<Kept>();
  const left = () => oldestFirst.filter((each) => !chosen.has(each));

  for (const each of oldestFirst) {
    const days = ownerOf(each, limits)?.days ?? limits.days;
    if (!each.isRecording && now - each.at >= days * DAY_MS) chosen.add(each);
  }
  for (const [owner, { bytes }] of limits.owners) {
    if (bytes !== undefined) chooseOver(left().filter((each) => each.owner === owner), bytes, chosen);
  }
  chooseOver(left(), limits.bytes, chosen);

  let freed = sum([...chosen]);
  for (const each of left()) {
    if (freed >= limits.lackingBytes) break;
    if (each.isRecording) continue;
    chosen.add(each);
    freed += each.bytes;
  }
  return oldestFirst.filter((each) => chosen.has(each)).map((each) => each.id);
}

function chooseOver(oldestFirst: readonly Kept[], bytes: number, chosen: Set<Kept>): void {
  let total = sum(oldestFirst);
  for (const each of oldestFirst) {
    if (total <= bytes) return;
    if (each.isRecording) continue;
    chosen.add(each);
    total -= each.bytes;
  }
}

function ownerOf(each: Kept, limits: Limits): { days?: number; bytes?: number } | undefined {
  return each.owner === null ? undefined : limits.owners.get(each.owner);
}

function sum(recordings: readonly Kept[]): number {
  return recordings.reduce((total, each) => total + each.bytes, 0);
}
