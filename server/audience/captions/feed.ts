// Owns the way of captions to the people in a show: lines soon and always, what is being said now and then, who writes to the staff.
import type { CaptionDraft, CaptionLine } from '../../protocol/captions.ts';
import type { Clock } from '../../platform/clock.ts';
import { type CaptionLines, viewLine } from './lines.ts';

/** Several lines of one breath go out together. */
const GATHER_MS = 100;
/** Words that are still changing need not come oftener than eyes follow them. */
const DRAFT_GATHER_MS = 400;

/** The people in a show, as the captions speak to them. */
export interface CaptionAudience {
  send(showId: string, event: 'caption.changed', body: { lines: CaptionLine[]; draft: CaptionDraft | null }): void;
  sendToStaff(showId: string, event: 'caption.writing', body: { key: string; name: string; source: CaptionLine['source'] }): void;
}

interface Due {
  lineIds: Set<string>;
  draft: CaptionDraft | null;
  cancel: () => void;
}

export class CaptionFeed {
  readonly #deps: { lines: CaptionLines; clock: Clock; audience: CaptionAudience; onFault: (error: unknown) => void };
  readonly #due = new Map<string, Due>();

  constructor(deps: { lines: CaptionLines; clock: Clock; audience: CaptionAudience; onFault: (error: unknown) => void }) {
    this.#deps = deps;
  }

  /** Tells everyone of a line that is new or has changed. What was being said is part of it now. */
  changed(showId: string, lineId: string): void {
    const due = this.#due.get(showId);
    if (due && due.lineIds.size > 0) {
      due.lineIds.add(lineId);
      due.draft = null;
      return;
    }
    due?.cancel();
    this.#arm(showId, new Set([lineId]), null, GATHER_MS);
  }

  /** Tells everyone what is being said. A later one takes the place of one that has not gone out. */
  draft(showId: string, draft: CaptionDraft): void {
    const due = this.#due.get(showId);
    if (due) due.draft = draft;
    else this.#arm(showId, new Set(), draft, DRAFT_GATHER_MS);
  }

  writing(showId: string, writer: { key: string; name: string; source: CaptionLine['source'] }): void {
    this.#deps.audience.sendToStaff(showId, 'caption.writing', writer);
  }

  close(): void {
    for (const { cancel } of this.#due.values()) cancel();
    this.#due.clear();
  }

  #arm(showId: string, lineIds: Set<string>, draft: CaptionDraft | null, waitMs: number): void {
    const cancel = this.#deps.clock.after(waitMs, () => void this.#send(showId).catch(this.#deps.onFault));
    this.#due.set(showId, { lineIds, draft, cancel });
  }

  async #send(showId: string): Promise<void> {
    const due = this.#due.get(showId);
    if (!due) return;
    this.#due.delete(showId);
    const rows = await this.#deps.lines.byId([...due.lineIds]);
    const lines = rows.map((row) => viewLine(row, false));
    if (lines.length > 0 || due.draft) this.#deps.audience.send(showId, 'caption.changed', { lines, draft: due.draft });
  }
}
