// Owns the viewer's own word on figures: whether they are counted, and that a show is not for them, which can be taken back while this is open.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import { deviceStorage, Kept, sendShowEvent, type Visit } from '../../show/index.ts';
import { type Counting, countingOf, isCountingRefused, keepCounting } from '../../telemetry/counting.ts';
import { endRecognition } from '../../telemetry/recognition.ts';
import { buttonStyles, icon, tokens } from '../../ui/index.ts';
import { choiceStyles } from './choice.styles.ts';

const COUNTING_ORDER = ['show', 'known', 'off'] as const satisfies readonly Counting[];
/** Shows of which this device has said so; older ones may be said again. */
const SHOWS_KEPT = 40;

/** Inside the data sheet only. */
export class FieldcastViewerWord extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    choiceStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
    `,
  ];

  @property({ attribute: false }) visit!: Visit;
  /** Public events are sent from it: this element may be gone by then. */
  @property({ attribute: false }) player!: EventTarget;
  /** Without a heading of its own, where it is all that the sheet holds. */
  @property({ type: Boolean }) bare = false;

  /** Said and not told yet. */
  @state() private isHeld = false;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #storage = deviceStorage();
  #onHide = () => this.#tell();

  override connectedCallback(): void {
    super.connectedCallback();
    // Before the measuring sends what it has.
    document.addEventListener('visibilitychange', this.#onHide, true);
    addEventListener('pagehide', this.#onHide, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onHide, true);
    removeEventListener('pagehide', this.#onHide, true);
    this.#tell();
  }

  protected override render(): TemplateResult {
    const { counting } = this.#localize.text;
    const isRefused = isCountingRefused(this);
    const chosen = countingOf(this, this.#storage);
    return html`${this.bare ? nothing : html`<h3>${counting.title}</h3>`}
      <p class="fine">${isRefused ? counting.never : counting.about}</p>
      ${isRefused
        ? nothing
        : html`<fieldset>
            <legend class="visually-hidden">${counting.title}</legend>
            ${COUNTING_ORDER.map(
              (each) => html`<label class="choice">
                <input type="radio" name="counting" .value=${each} .checked=${chosen === each} @change=${() => this.#choose(each, chosen)} />
                <span class="what"><strong>${counting[each]}</strong><span class="muted">${counting[`${each}Hint`]}</span></span>
              </label>`,
            )}
          </fieldset>`}
      ${chosen === 'off' ? nothing : this.#interest()}`;
  }

  #interest(): TemplateResult {
    const { interest } = this.#localize.text;
    return html`<h3>${interest.title}</h3>
      <div class="row" role="status">
        ${this.isHeld
          ? html`<span class="grow">${icon('check')}<span>${interest.told}</span></span><button class="button" type="button" @click=${() => void this.#hold(false)}>${interest.undo}</button>`
          : this.#said.includes(this.visit.showId)
            ? html`<span class="muted">${interest.said}</span>`
            : html`<button class="button" type="button" @click=${() => void this.#hold(true)}>${interest.say}</button>`}
      </div>`;
  }

  /** The button that was pressed goes; the one in its place takes the focus, or no key would reach the sheet any more. */
  async #hold(isHeld: boolean): Promise<void> {
    this.isHeld = isHeld;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.row button')?.focus({ preventScroll: true });
  }

  #choose(counting: Counting, before: Counting): void {
    keepCounting(this.#storage, counting);
    if (before === 'known' && counting !== 'known') void endRecognition(this.visit, this.#storage);
    if (counting === 'off') this.isHeld = false;
    this.requestUpdate();
  }

  get #kept(): Kept<string[]> {
    return new Kept(this.#storage, `not-interested:${this.visit.serverUrl}`, (value) => Array.isArray(value));
  }

  get #said(): string[] {
    return this.#kept.read() ?? [];
  }

  #tell(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.#kept.write([...this.#said, this.visit.showId].slice(-SHOWS_KEPT));
    sendShowEvent(this.player, this.visit, 'fieldcast-interaction', { deed: 'not-interested', count: 1 });
  }
}
