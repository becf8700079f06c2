// Owns the check of a draw in the viewer's own browser: seed against what was told before, and the winners computed again.
import { readDraw } from '../../server/protocol/endpoints/draw.ts';
import type { Draw } from '../../server/protocol/draw.ts';
import { commitmentOf, drawWinners } from '../../server/protocol/fair-draw.ts';
import { type Call, type Failure } from '../show/index.ts';

export interface DrawCheck {
  /** The seed has the hash that was told at the beginning: the one this page heard then, where it was there. */
  isSeedKept: boolean;
  /** This page was there before the end and heard the hash itself. */
  wasHeard: boolean;
  /** The viewer's own entry is in the list; null for who took no part. */
  isInList: boolean | null;
  /** Seed and list come to the winners that were told. */
  areWinnersRight: boolean;
  entries: number;
}

/** Whether this page can compute it: browsers give the means to secure pages alone. */
export const canCheck = (): boolean => globalThis.crypto?.subtle !== undefined;

/** @param promised hash that this device heard before the end; null when it came later. @param entry the viewer's own; null without. */
export async function checkDraw(call: Call, { id }: Pick<Draw, 'id'>, { promised, entry }: { promised: string | null; entry: string | null }): Promise<DrawCheck | Failure> {
  const outcome = await call(readDraw, { params: { promotionId: id } });
  if (!outcome.ok) return outcome.error;
  const { draw, entries } = outcome.value;
  const seed = draw.seed ?? '';
  const winners = await drawWinners({ seed, entries, winners: draw.prizes });
  return {
    isSeedKept: (await commitmentOf(seed)) === (promised ?? draw.commitment),
    wasHeard: promised !== null,
    isInList: entry === null ? null : entries.includes(entry),
    areWinnersRight: winners.join() === draw.winners.join(),
    entries: entries.length,
  };
}
