// Owns the coach's element: signing in by the link, and the list of those who are coached, kept true by asking again.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { askToCoach, listCoachShows } from '../../server/protocol/endpoints.ts';
import type { Session } from '../../server/protocol/access.ts';
import type { CoachShow } from '../../server/protocol/training.ts';
import { Localize } from '../i18n/index.ts';
import { trainingMessages } from '../i18n/training.ts';
import { type Client, type Failure, scriptOrigin } from '../show/index.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import type { ClassRoom } from './classes/class-room.ts';
import { coachStyles } from './coach.styles.ts';
import { type CoachEntry, CoachSession, hasCode } from './coach-session.ts';

/** A coach waits for an answer, or for somebody to begin: asked this often, and at once when the page is looked at again. */
const ASK_AGAIN_MS = 5_000;

/**
 * Where a trainer coaches sellers, in rehearsals and, where its host consents, in a real show.
 * It has to stand on the server's own origin, because the device session is a cookie of it.
 *
 * A one-time code in the page's address (`#code=...`) signs the device in once; later the same page opens without it.
 *
 * @tag fieldcast-coach
 * @attr {string} server - Origin of the server; the script's own origin by default.
 * @attr {string} lang - `zh-CN` or `en`; the page's or the browser's language by default.
 * @example <script type="module" src="/fieldcast-coach.js"></script><fieldcast-coach></fieldcast-coach>
 */
export class FieldcastCoach extends LitElement {
  static override styles = [tokens, buttonStyles, coachStyles];

  @property() server = '';
  @state() private entry: CoachEntry | null = null;
  @state() private shows: readonly CoachShow[] | null = null;
  @state() private fault: Failure | null = null;
  @state() private page: 'shows' | 'review' | 'classes' = 'shows';
  readonly #words = new Localize(this, trainingMessages);
  #session: CoachSession | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #room: ClassRoom | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#session = new CoachSession(this.server || scriptOrigin || location.origin);
    document.addEventListener('visibilitychange', this.#look);
    addEventListener('hashchange', this.#linked);
    this.#timer = setInterval(this.#look, ASK_AGAIN_MS);
    void this.#go((session) => session.enter(location.href));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    removeEventListener('hashchange', this.#linked);
    clearInterval(this.#timer);
    this.#session?.close();
    this.#session = null;
  }

  protected override render(): TemplateResult {
    const { entry } = this;
    const words = this.#words.text;
    if (!entry) return html`<p class="full" role="status">${words.loading}</p>`;
    switch (entry.name) {
      case 'failed':
        return this.#failed(entry.error);
      case 'other-person': {
        const { code } = entry;
        const { title, hint } = words.coach.notACoach;
        return this.#full(title, hint, code === null ? nothing : html`<button class="button primary" type="button" @click=${() => void this.#go((session) => session.exchange(code))}>${icon('user')}${words.coach.signInAs}</button>`);
      }
      default:
        return this.#list(entry.session);
    }
  }

  #list(session: Session): TemplateResult {
    const { name } = session;
    const words = this.#words.text;
    const { coach } = words;
    return html`<div class="page">
      <div class="top">
        <h1>${coach[this.page]}</h1>
        <button class="button" type="button" @click=${() => void this.#go((session) => session.signOut())}>${icon('user')}${coach.signOut}${name ? ` (${name})` : ''}</button>
      </div>
      ${this.#pages(session)}
      ${this.page === 'classes'
        ? html`<fieldcast-classes .room=${this.#classRoom(session)}></fieldcast-classes>`
        : this.page === 'review'
        ? html`<fieldcast-coach-review .client=${this.#client} .shows=${this.shows ?? []}></fieldcast-coach-review>`
        : nothing}
      ${this.page === 'shows' && this.fault && this.shows === null ? html`<p role="alert">${words.errors[this.fault.code]}</p>` : nothing}
      ${this.page !== 'shows'
        ? nothing
        : this.shows === null
        ? this.fault ? nothing : html`<p role="status">${words.loading}</p>`
        : this.shows.every(({ show }) => show.kind === 'rehearsal' && show.status === 'ended')
        ? this.#full(coach.empty, session.classId === null ? coach.emptyHint : coach.emptyClassHint)
        : html`<fieldcast-coach-console
            .shows=${this.shows}
            .session=${session}
            .openClient=${this.#openClient}
            .client=${this.#client}
            @coach-practice=${() => void this.#read()}
            @coach-ask=${(event: CustomEvent<{ showId: string }>) => void this.#ask(event.detail.showId)}
          ></fieldcast-coach-console>`}
    </div>`;
  }

  #pages(session: Session): TemplateResult {
    const { coach } = this.#words.text;
    // A class is taught by who came by its link.
    const pages = session.classId === null ? (['shows', 'review'] as const) : (['shows', 'review', 'classes'] as const);
    return html`<div class="pages" role="tablist">
      ${pages.map((page) => html`<button type="button" role="tab" aria-selected=${page === this.page ? 'true' : 'false'} @click=${() => (this.page = page)}>${coach[page]}</button>`)}
    </div>`;
  }

  /** The same object until somebody else signs in, so that nothing is read anew with each drawing. */
  #classRoom(session: Session): ClassRoom {
    if (this.#room?.session !== session) this.#room = { client: (this.#session as CoachSession).client, session };
    return this.#room;
  }

  #failed(error: Failure): TemplateResult {
    const words = this.#words.text;
    if (error.code === 'auth.revoked') return this.#full(words.coach.revoked.title, words.coach.revoked.hint);
    const isSignIn = error.code === 'auth.missing' || error.code === 'auth.invalid';
    return this.#full(
      isSignIn ? words.coach.signIn.title : words.errors[error.code],
      isSignIn ? words.coach.signIn.hint : '',
      html`<button class="button primary" type="button" @click=${() => void this.#go((session) => session.enter(location.href))}>${icon('retry')}${words.retry}</button>`,
    );
  }

  #full(title: string, hint: string, rest: unknown = nothing): TemplateResult {
    return html`<div class="full">
      <h2>${title}</h2>
      <p>${hint}</p>
      ${rest}
    </div>`;
  }

  get #client(): Client | null {
    return this.#session?.client ?? null;
  }

  readonly #openClient = (): Client => (this.#session as CoachSession).openClient();

  readonly #look = (): void => {
    if (document.visibilityState === 'visible' && this.entry?.name === 'coach') void this.#read();
  };

  /** A link that is put into the address of the open page changes what is after its #, and loads nothing. */
  readonly #linked = (): void => {
    if (hasCode(location.href)) void this.#go((session) => session.enter(location.href));
  };

  async #go(way: (session: CoachSession) => Promise<CoachEntry>): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.entry = null;
    this.shows = null;
    const entry = await way(session);
    if (session !== this.#session) return;
    this.entry = entry;
    if (entry.name === 'coach') await this.#read();
  }

  async #read(): Promise<void> {
    const listed = await this.#session?.client.call(listCoachShows, {});
    if (!listed) return;
    if (listed.ok) {
      this.shows = listed.value.shows;
      this.fault = null;
    } else if (listed.error.code === 'auth.revoked') this.entry = { name: 'failed', error: listed.error };
    else this.fault = listed.error;
  }

  async #ask(showId: string): Promise<void> {
    const asked = await this.#session?.client.call(askToCoach, { params: { showId }, body: {} });
    if (asked?.ok === false) this.fault = asked.error;
    await this.#read();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-coach': FieldcastCoach;
  }
}
