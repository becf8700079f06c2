// Owns the list of shows: what is live, coming and past of a seller, a host or the whole server, kept fresh while somebody looks.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { readProgramme } from '../../server/protocol/endpoints/programme.ts';
import type { Programme, ProgrammeEntry } from '../../server/protocol/programme.ts';
import type { Show } from '../../server/protocol/show.ts';
import { loadFollowing } from '../following/loader.ts';
import { Localize } from '../i18n/index.ts';
import { type ShowsMessages, showsMessages } from '../i18n/shows.ts';
import { type Call, createCall, deviceStorage, openViewerToken, scriptOrigin, type ViewerToken } from '../show/index.ts';
import { buttonStyles, cardStyles, icon, pictureStyles, tokens } from '../ui/index.ts';
import { showCard } from './show-card.ts';
import { showsStyles } from './shows.styles.ts';

const REFRESH_MS = 30_000;

/** A show of the list was chosen; `preventDefault()` keeps the browser from going to its page. */
export type ShowOpenEvent = CustomEvent<{ showId: string }>;

/**
 * Shows as cards: live ones first, then coming ones with the time that is left, then past ones. Hidden shows are never in it.
 *
 * @tag fieldcast-shows
 * @attr {string} seller - Seller id: only their shows.
 * @attr {string} host - Host id: only their shows.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @attr {number} limit - How many shows at most, 1 to 100; 24 when it is missing.
 * @attr {string} page-url - Address of a show's page with `{showId}` in it; without it the show's own page, else the server's demo shop.
 * @attr {string} lang - `zh-CN` or `en`; the page's language when it is missing.
 *
 * @slot empty - What stands there when there are no shows.
 *
 * @csspart section - Live, coming or past shows.
 * @csspart heading - The heading of a section.
 * @csspart show - One show, a link.
 * @csspart retry - The button to try again.
 *
 * @cssprop --fieldcast-accent - and all other tokens of `ui/tokens.styles.ts`.
 *
 * @fires {ShowOpenEvent} fieldcast-show-open - A show was chosen; `preventDefault()` keeps the browser from going to its page.
 *
 * @example
 * <script type="module" src="https://live.example.coop/fieldcast-shows.js"></script>
 * <fieldcast-shows seller="sel_…" page-url="/live?show={showId}"></fieldcast-shows>
 */
export class FieldcastShows extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, pictureStyles, showsStyles];

  @property() seller = '';
  @property() host = '';
  @property() server = '';
  @property({ type: Number }) limit = 24;
  @property({ attribute: 'page-url' }) pageUrl = '';

  @state() private programme: Programme | null = null;
  @state() private hasFailed = false;

  #localize = new Localize<ShowsMessages>(this, showsMessages);
  #clockOffsetMs = 0;
  #ticks: ReturnType<typeof setInterval> | undefined;
  /** Grows with every question, so that a late answer to an older one is dropped. */
  #asked = 0;
  #question = '';
  #link: { serverUrl: string; viewer: ViewerToken; client: { call: Call } } | null = null;
  #onVisibility = () => void (document.hidden || this.refresh());

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#ticks = setInterval(this.#onVisibility, REFRESH_MS);
    if (this.hasUpdated) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearInterval(this.#ticks);
  }

  protected override willUpdate(): void {
    const question = JSON.stringify([this.#serverUrl, this.seller, this.host, this.limit]);
    if (question === this.#question) return;
    this.#question = question;
    this.programme = null;
    void this.refresh();
  }

  /** Asks the server now. What was shown stays when it does not answer. */
  async refresh(): Promise<void> {
    const asked = (this.#asked += 1);
    const outcome = await createCall({ serverUrl: this.#serverUrl })(readProgramme, {
      query: {
        ...(this.seller ? { sellerId: this.seller } : {}),
        ...(this.host ? { hostId: this.host } : {}),
        limit: String(Math.min(100, Math.max(1, Math.trunc(this.limit) || 24))),
      },
    });
    if (asked !== this.#asked) return;
    this.hasFailed = !outcome.ok;
    if (!outcome.ok) return;
    this.#clockOffsetMs = outcome.value.serverTime - Date.now();
    this.programme = outcome.value;
  }

  override render() {
    const { text } = this.#localize;
    const { programme } = this;
    if (!programme) {
      return html`<div class="state" role="status">
        ${this.hasFailed
          ? html`<p>${text.failed}</p>
              <button class="button" part="retry" type="button" @click=${() => void this.refresh()}>${icon('retry')}${text.retry}</button>`
          : html`<p>${text.loading}</p>`}
      </div>`;
    }
    const of = (...statuses: string[]) => programme.entries.filter(({ show }) => statuses.includes(show.status));
    if (programme.entries.length === 0) return html`${this.#followed()}<div class="state"><slot name="empty"><p>${text.empty}</p></slot></div>`;
    return html`${this.#followed()}${this.#section('live', text.onAir, of('live', 'paused'))} ${this.#section('coming', text.coming, of('planned'))} ${this.#section('past', text.past, of('ended'))}`;
  }

  #section(name: string, heading: string, entries: ProgrammeEntry[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    return html`<section class=${name} part="section" aria-labelledby=${name}>
      <h2 id=${name} part="heading">${heading}</h2>
      <ul class="cards">
        ${repeat(
          entries,
          ({ show }) => show.id,
          (entry) =>
            html`<li>
              ${showCard(entry, {
                serverUrl: this.#serverUrl,
                now: Date.now() + this.#clockOffsetMs,
                localize: this.#localize,
                href: this.#pageOf(entry.show),
                onOpen: (event) => this.#open(event, entry),
              })}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** Where one seller's shows stand, they can be followed; elsewhere those whom this device follows come first. */
  #followed(): TemplateResult {
    const serverUrl = this.#serverUrl;
    if (this.#link?.serverUrl !== serverUrl) {
      const viewer = openViewerToken(deviceStorage(), serverUrl);
      this.#link = { serverUrl, viewer, client: { call: createCall({ serverUrl, token: viewer.provider }) } };
    }
    loadFollowing();
    if (this.seller === '') return html`<fieldcast-followed-list .link=${this.#link} .pageOf=${(show: Show) => this.#pageOf(show)}></fieldcast-followed-list>`;
    const show = this.programme?.entries[0]?.show.id ?? '';
    return html`<fieldcast-follow-button class="of-seller" .link=${this.#link} seller=${this.seller} show=${show}></fieldcast-follow-button>`;
  }

  get #serverUrl(): string {
    return (this.server || scriptOrigin).replace(/\/+$/, '');
  }

  #pageOf(show: Show): string {
    if (this.pageUrl) return this.pageUrl.replaceAll('{showId}', encodeURIComponent(show.id));
    return show.pageUrl ?? `${this.#serverUrl}/demo/shop.html?show=${show.id}`;
  }

  #open(event: Event, { show }: ProgrammeEntry): void {
    const opening: ShowOpenEvent = new CustomEvent('fieldcast-show-open', { detail: { showId: show.id }, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(opening)) event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-shows': FieldcastShows;
  }
  interface HTMLElementEventMap {
    'fieldcast-show-open': ShowOpenEvent;
  }
}
