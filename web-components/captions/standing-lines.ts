// Owns which words stand on a live picture at a moment: in step with it, long enough to be read, two lines at the most. Pure.
import type { CaptionDraft } from '../../server/protocol/captions.ts';
import type { SeenLine } from './caption-log.ts';

export interface StandingLine {
  key: string;
  text: string;
  lang: string;
  /** It may still change. */
  isDraft: boolean;
}

const LINES = 2;
/** Eyes do not notice half a second. */
const EARLY_MS = 500;
/** Nobody reads one line for longer. */
const READING_LIMIT_MS = 8_000;
/** Words that nobody has added to for so long were not meant to become a line. */
const DRAFT_MS = 4_000;
/** A picture later than this shows lines only: what is being said now is not in it yet. */
const LATE_MS = 1_500;
const LOOK_MS = 250;

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
  const present = lines.filter((line) => until(line) > pictureAt);
  const due = present.filter((line) => line.at - EARLY_MS <= pictureAt);
  const standing = due.map((line): StandingLine => ({ key: line.id, text: line.text, lang: line.lang, isDraft: false }));
  const isSaying = draft !== null && now - draft.gotAt < DRAFT_MS && serverNow - pictureAt < LATE_MS && !lines.some((line) => line.at >= draft.at);
  if (isSaying) standing.push({ key: 'draft', text: draft.text, lang: draft.lang, isDraft: true });
  return { standing: standing.slice(-LINES), nextInMs: present.length > 0 || isSaying ? LOOK_MS : null };
}

function until({ at, endAt, seenAt }: SeenLine): number {
  return Math.max(endAt, seenAt + Math.min(endAt - at, READING_LIMIT_MS));
}
