// Owns what all elements of figures do alike: find their connection, ask now and again, say in words why there is nothing.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { analyticsMessages, type AnalyticsMessages } from '../i18n/analytics.ts';
import { Localize } from '../i18n/index.ts';
import { type Failure, type Outcome, OwnStaffRoom, type StaffRoom } from '../show/index.ts';

export abstract class AnalyticsPart extends LitElement {
  /** Show id, where the page has no connection of its own to give. */
  @property() show = '';
  /** A connection of staff. */
  @property({ attribute: false }) room: Pick<StaffRoom, 'client' | 'showId'> | null = null;
  @state() protected fault: Failure | null = null;
  protected readonly localize = new Localize<AnalyticsMessages>(this, analyticsMessages);
  readonly #own = new OwnStaffRoom(() => this.requestUpdate());
  /** Between two questions, ms; 0: asked once. */
  protected readonly everyMs: number = 0;
  #asking: ReturnType<typeof setInterval> | undefined;
  #askedFor: unknown = null;
  #isAsking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.everyMs > 0) this.#asking = setInterval(() => document.visibilityState === 'visible' && void this.ask(), this.everyMs);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#asking);
    this.#own.close();
    this.#askedFor = null;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.isConnected) return;
    if (!this.room) this.#own.open('');
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

  protected get client(): StaffRoom['client'] | null {
    return (this.room ?? this.#own.room)?.client ?? null;
  }

  protected get text(): AnalyticsMessages {
    return this.localize.text;
  }

  /** Asks the server and keeps what it says. */
  protected abstract read(client: StaffRoom['client']): Promise<Outcome<unknown>>;

  protected async ask(): Promise<void> {
    const { client } = this;
    if (!client || this.#isAsking || this.key() === '') return;
    this.#isAsking = true;
    const asked = this.key();
    const outcome = await this.read(client);
    this.#isAsking = false;
    this.fault = outcome.ok ? null : outcome.error;
    if (this.key() !== asked) void this.ask();
  }

  /** In the place of figures that are not there. */
  protected waiting(): TemplateResult {
    const fault = this.fault ?? this.#own.fault;
    if (!fault) return html`<p class="empty" role="status">${this.text.loading}</p>`;
    return html`<div class="empty" role="alert"><p>${this.words(fault)}</p><button class="button" type="button" @click=${() => void this.ask()}>${this.text.retry}</button></div>`;
  }

  protected words({ status }: Failure): string {
    const { text } = this;
    return status === 0 ? text.offline : status === 401 ? text.signIn : status === 403 ? text.notYours : text.failed;
  }
}
