// Owns what all elements of figures do alike: find their connection, ask now and again, say in words why there is nothing.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ExploreMessages } from '../i18n/explore.ts';
import { type Catalogues, Localize } from '../i18n/index.ts';
import { createCall, createSession, type Call, type Failure, type Outcome, scriptOrigin } from '../show/index.ts';

/** Figures are asked for; nothing of them is told by a connection. */
export interface Caller {
  readonly call: Call;
}

export abstract class AnalyticsPart<M extends ExploreMessages> extends LitElement {
  /** Show id, where the page has no connection of its own to give. */
  @property() show = '';
  /** A connection of staff. */
  @property({ attribute: false }) room: { readonly client: Caller; readonly showId: string } | null = null;
  @state() protected fault: Failure | null = null;
  protected readonly localize: Localize<M>;
  /** Of this device, where the page gives none. */
  #own: Caller | null = null;
  #isSigningIn = false;
  #hasTried = false;
  /** Between two questions, ms; 0: asked once. */
  protected readonly everyMs: number = 0;
  #asking: ReturnType<typeof setInterval> | undefined;
  #askedFor: unknown = null;
  #isAsking = false;

  constructor(words: Catalogues<M>) {
    super();
    this.localize = new Localize(this, words);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.everyMs > 0) this.#asking = setInterval(() => document.visibilityState === 'visible' && void this.ask(), this.everyMs);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#asking);
    this.#askedFor = null;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.isConnected) return;
    // Once by itself; after that when it is asked to try again.
    if (!this.room && !this.#hasTried) void this.#signIn();
    const { client } = this;
    const wanted = client && this.key();
    if (!wanted || wanted === this.#askedFor) return;
    this.#askedFor = wanted;
    void this.ask();
  }

  /** What is asked for; another one is asked for at once. Empty: nothing. */
  protected key(): string {
    return this.showId;
  }

  protected get showId(): string {
    return this.show || this.room?.showId || '';
  }

  protected get client(): Caller | null {
    return this.room?.client ?? this.#own;
  }

  protected get text(): M {
    return this.localize.text;
  }

  /** Asks the server and keeps what it says. */
  protected abstract read(client: Caller): Promise<Outcome<unknown>>;

  protected async ask(): Promise<void> {
    const { client } = this;
    if (!client) return this.#signIn();
    if (this.#isAsking || this.key() === '') return;
    this.#isAsking = true;
    const asked = this.key();
    const outcome = await this.read(client);
    this.#isAsking = false;
    this.fault = outcome.ok ? null : outcome.error;
    if (this.key() !== asked) void this.ask();
  }

  /** By the session of this device, which is a cookie of the server's own origin. */
  async #signIn(): Promise<void> {
    if (this.#isSigningIn || this.room || this.#own) return;
    this.#isSigningIn = this.#hasTried = true;
    const serverUrl = scriptOrigin || location.origin;
    const session = createSession({ serverUrl });
    const known = await session.renew();
    this.#isSigningIn = false;
    this.fault = known.ok ? null : known.error;
    if (known.ok) this.#own = { call: createCall({ serverUrl, token: session.token }) };
    this.requestUpdate();
  }

  /** In the place of figures that are not there. */
  protected waiting(): TemplateResult {
    const { fault } = this;
    if (!fault) return html`<p class="empty" role="status">${this.client && this.key() === '' ? this.text.none : this.text.loading}</p>`;
    return html`<div class="empty" role="alert"><p>${this.words(fault)}</p><button class="button" type="button" @click=${() => void this.ask()}>${this.text.retry}</button></div>`;
  }

  protected words({ status }: Failure): string {
    const { text } = this;
    return status === 0 ? text.offline : status === 401 ? text.signIn : status === 403 ? text.notYours : text.failed;
  }
}
