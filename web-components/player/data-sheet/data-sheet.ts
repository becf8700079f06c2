// Owns the sheet for the use of data: what the show takes now, what it would take otherwise, the viewer's choice among three, and whether they are counted.
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import { deviceStorage, type PlayerPath } from '../../show/index.ts';
import { type Counting, countingOf, isCountingRefused, keepCounting } from '../../telemetry/counting.ts';
import { buttonStyles, icon, sheetStyles, tokens } from '../../ui/index.ts';
import { type DataUse, dataUses, isSavingAsked, keepDataUse } from '../data-use.ts';
import { DataRate, RECKONED_MB, roundMb } from './data-rate.ts';
import { dataSheetStyles } from './data-sheet.styles.ts';

const LOOK_MS = 1_000;
const COUNTING_ORDER = ['show', 'known', 'off'] as const satisfies readonly Counting[];

/** The part of the player that is asked and told. */
interface MeteredPlayer {
  path: PlayerPath | null;
  dataUse: DataUse;
  received(): Promise<{ bytes: number; playingMs: number }>;
}

/**
 * Inside the player only.
 * @fires close - It wants to be closed.
 */
export class FieldcastDataSheet extends LitElement {
  static override styles = [tokens, buttonStyles, sheetStyles, dataSheetStyles];

  @property({ attribute: false }) player: MeteredPlayer | null = null;

  @state() private soFarMb = 0;
  @state() private nowMb: number | null = null;
  /** What each choice was seen to take while this sheet was open. */
  @state() private seenMb: Partial<Record<DataUse, number>> = {};

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #rate: DataRate | null = null;
  #looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#looking = setInterval(() => void this.#look(), LOOK_MS);
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus({ preventScroll: true });
  }

  override render() {
    const { player } = this;
    if (!player) return nothing;
    const { data } = this.#localize.text;
    const isHls = player.path === 'hls';
    return html`<button class="curtain" type="button" tabindex="-1" aria-hidden="true" @click=${this.#close}></button>
      <section class="sheet rising" role="dialog" aria-modal="true" aria-labelledby="title" @keydown=${this.#onKey}>
        <div class="sheet-head">
          <h2 id="title">${data.title}</h2>
          <button class="icon-button" type="button" aria-label=${data.close} @click=${this.#close}>${icon('close')}</button>
        </div>
        <div class="sheet-body">
          <p class="now">${this.nowMb === null ? (this.soFarMb > 0 || !isHls ? data.measuring : data.unknown) : data.now(this.#number(this.nowMb))}${
            this.soFarMb > 0 ? html`<span class="muted">${data.soFar(this.#number(this.soFarMb))}</span>` : nothing
          }</p>
          <fieldset>
            <legend class="visually-hidden">${data.title}</legend>
            <span class="per" aria-hidden="true">${data.per}</span>
            ${dataUses.map((dataUse) => this.#choice(dataUse, player))}
          </fieldset>
          ${isHls && player.dataUse === 'save' ? html`<p class="fine">${data.oneSize}</p>` : nothing}
          <p class="fine">${isSavingAsked() ? `${data.asked} ` : ''}${data.kept}</p>
          ${this.#counting()}
        </div>
      </section>`;
  }

  /** What is counted of who watches, and their own word on it. */
  #counting() {
    const { counting } = this.#localize.text;
    const chosen = countingOf(this, deviceStorage());
    return html`<h3>${counting.title}</h3>
      <p class="fine">${isCountingRefused(this) ? counting.never : counting.about}</p>
      ${isCountingRefused(this)
        ? nothing
        : html`<fieldset>
            <legend class="visually-hidden">${counting.title}</legend>
            ${COUNTING_ORDER.map(
              (each) => html`<label class="choice">
                <input type="radio" name="counting" .value=${each} .checked=${chosen === each} @change=${() => this.#count(each)} />
                <span class="what"><strong>${counting[each]}</strong><span class="muted">${counting[`${each}Hint`]}</span></span>
              </label>`,
            )}
          </fieldset>`}`;
  }

  #choice(dataUse: DataUse, player: MeteredPlayer) {
    const { data } = this.#localize.text;
    const seen = this.seenMb[dataUse];
    const mb = this.#number(seen ?? RECKONED_MB[dataUse]);
    return html`<label class="choice">
      <input type="radio" name="data-use" .value=${dataUse} .checked=${player.dataUse === dataUse} @change=${() => this.#choose(dataUse)} />
      <span class="what"><strong>${data[dataUse]}</strong><span class="muted">${data[`${dataUse}Hint`]}</span></span>
      <span class="mb">${seen === undefined && dataUse === 'auto' ? data.upTo(mb) : data.about(mb)}<span class="visually-hidden"> ${data.per}</span></span>
    </label>`;
  }

  #count(counting: Counting): void {
    keepCounting(deviceStorage(), counting);
    this.requestUpdate();
  }

  #choose(dataUse: DataUse): void {
    const { player } = this;
    if (!player) return;
    keepDataUse(dataUse);
    player.dataUse = dataUse;
    this.#rate?.restart();
    this.nowMb = null;
    this.requestUpdate();
  }

  async #look(): Promise<void> {
    const { player } = this;
    if (!player) return;
    const { dataUse } = player;
    const { bytes, playingMs } = await player.received();
    const now = performance.now();
    if (this.#rate) this.#rate.add(bytes, now);
    else this.#rate = new DataRate(bytes, playingMs, now);
    this.soFarMb = bytes / 1_000_000;
    if (dataUse !== player.dataUse || bytes === 0) return;
    this.nowMb = this.#rate.mb;
    if (this.nowMb !== null) this.seenMb = { ...this.seenMb, [dataUse]: this.nowMb };
  }

  #number(mb: number): string {
    return this.#localize.number(roundMb(mb));
  }

  #close(): void {
    this.dispatchEvent(new Event('close'));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }
}
