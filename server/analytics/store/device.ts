// Owns one device of a show as it is held in memory while it is heard of: who it is, what has to be remembered to count it, its pages.
import type { Selectable } from 'kysely';
import { LATE_MS } from '../../protocol/telemetry.ts';
import { DeviceStory } from '../rollup/device-story.ts';
import type { Mark } from '../rollup/raw-event.ts';
import { Page } from './pages.ts';
import type { AnalyticsTables } from './tables.ts';

/** Of a page not heard of for so long nothing is taken any more, so its numbers need not be remembered. */
const PAGE_KEPT_MS = LATE_MS + 5 * 60_000;

export class Device {
  readonly number: number;
  readonly device: string | null;
  readonly firstAt: number;
  /** The network that it was first heard of from; empty: none that is told apart. */
  readonly area: string;
  mark: Mark;
  person: string | null;
  personAcross: string | null;
  #story: DeviceStory | undefined;
  #pages: Page[] | undefined;
  readonly #kept: { story: string; pages: string };
  /** As it was written down last; undefined since it has changed. */
  #row: AnalyticsTables['devices'] | undefined;

  constructor(row: Omit<Selectable<AnalyticsTables['devices']>, 'show'>) {
    this.number = row.number;
    this.device = row.device;
    this.firstAt = row.first_at;
    this.area = row.area;
    this.mark = row.mark as Mark;
    this.person = row.person;
    this.personAcross = row.person_across;
    this.#kept = { story: row.story, pages: row.pages };
  }

  /** Read when it is first needed: most devices of a show that is over never come again. */
  get story(): DeviceStory {
    return (this.#story ??= new DeviceStory(this.#kept.story === '' ? undefined : this.#kept.story, this.area));
  }

  page(id: string, sentAt: number, now: number): Page {
    const pages = (this.#pages ??= this.#kept.pages === '' ? [] : (JSON.parse(this.#kept.pages) as unknown[]).map((kept) => Page.from(kept)));
    let page = pages.find((each) => each.id === id);
    if (!page) {
      page = Page.open(id, sentAt, now);
      this.#pages = [...pages.filter(({ lastAt }) => lastAt > now - PAGE_KEPT_MS), page];
    }
    return page;
  }

  get pageCount(): number {
    return this.#pages?.length ?? 0;
  }

  /** Something of it is other than when it was written down last. */
  touch(): void {
    this.#row = undefined;
  }

  toRow(show: number): AnalyticsTables['devices'] {
    return (this.#row ??= {
      show,
      number: this.number,
      device: this.device,
      mark: this.mark,
      first_at: this.firstAt,
      area: this.area,
      person: this.person,
      person_across: this.personAcross,
      story: this.#story ? this.#story.toText() : this.#kept.story,
      pages: this.#pages ? JSON.stringify(this.#pages) : this.#kept.pages,
    });
  }
}
