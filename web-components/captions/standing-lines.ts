// Owns which words stand on a live picture at a moment: in step with it, long enough to be read, two rows at the most. Pure.
import type { CaptionDraft } from '../../server/protocol/captions.ts';
import type { SeenLine } from './caption-log.ts';
import { ROW_WIDTH, textWidth } from './text-width.ts';

export interface StandingLine {
  key: string;
  text: string;
  lang: string;
  /** It may still change. */
  isDraft: boolean;
}

/** Eyes do not notice half a second. */
const EARLY_MS = 500;
/** Nobody reads one line for longer. */
const READING_LIMIT_MS = 8_000;
/** Words that nobody has added to for so long were not meant to become a line. */
const DRAFT_MS = 4_000;
/** A picture later than this shows lines only: what is being said now is not in it yet. */
const LATE_MS = 1_500;
const LOOK_MS = 250;
/** Lines that come at once stand one after the other, each at least so long, unless they fit together. */
const APIECE_MS = 1_500;
/** Nobody is made to wait longer than this behind who speaks. */
const BEHIND_MS = 4_000;

export interface Moment {
  /** Server clock of the picture, ms since epoch. */
  pictureAt: number;
  /** Server clock now. */
  serverNow: number;
  /** This device's clock now. */
  now: number;
}

/** @param lines in the order of time. @returns what stands, oldest first, and when to look again; null: not until something comes. */
export function standingLines(
  lines: readonly SeenLine[],
  draft: (CaptionDraft & { gotAt: number }) | null,
  { pictureAt, serverNow, now }: Moment,
): { standing: StandingLine[]; nextInMs: number | null } {
  const present = inTurn(lines).filter((line) => line.until > pictureAt);
  const due = present.filter((line) => line.from - EARLY_MS <= pictureAt);
  const standing = due.map((line): StandingLine => ({ key: line.id, text: line.text, lang: line.lang, isDraft: false }));
  const isSaying = draft !== null && now - draft.gotAt < DRAFT_MS && serverNow - pictureAt < LATE_MS && !lines.some((line) => line.at >= draft.at);
  if (isSaying) standing.push({ key: 'draft', text: draft.text, lang: draft.lang, isDraft: true });
  return { standing: lastThatFit(standing), nextInMs: present.length > 0 || isSaying ? LOOK_MS : null };
}

/** The newest line; with the one before it where each is a single row. */
export function lastThatFit(standing: readonly StandingLine[]): StandingLine[] {
  const last = standing.slice(-2);
  return last.every(({ text }) => textWidth(text) <= ROW_WIDTH) ? last : last.slice(-1);
}

/** When each line begins to stand, and until when at the least. */
function inTurn(lines: readonly SeenLine[]): (SeenLine & { from: number; until: number })[] {
  let free = -Infinity;
  return lines.map((line) => {
    const earliest = Math.max(line.at, line.seenAt);
    const from = Math.max(earliest, Math.min(free, earliest + BEHIND_MS));
    free = from + (textWidth(line.text) <= ROW_WIDTH ? 0 : APIECE_MS);
    return { ...line, from, until: Math.max(line.endAt, from + Math.min(line.endAt - line.at, READING_LIMIT_MS)) };
  });
}
