// Owns the sheet of reading aloud: on or off, what, in which voice, and the warning that belongs to it.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { hostBarMessages } from '../../i18n/host-bar.ts';
import { Localize } from '../../i18n/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { aloudLangs, type AloudLang, hasVoice, type ReadAloud, voicesFor } from '../../voice/index.ts';
import { studioStyles } from '../studio.styles.ts';

/** Fires `sheet-close` when the person wants it gone. */
export class FieldcastAloudSheet extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      .choices {
        display: grid;
        gap: 14px;
        font-size: 18px;
      }
      .two {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
      }
      .two .act {
        min-block-size: 56px;
        padding: 4px 8px;
        font-size: 17px;
      }
      .warn {
        display: grid;
        gap: 10px;
        padding: 12px;
        border-radius: 14px;
        background: var(--fc-warm);
        color: var(--fc-on-warm);
      }
      .hint {
        color: var(--fc-muted);
        font-size: 16px;
      }
      label {
        display: grid;
        gap: 6px;
        font-weight: 700;
      }
      select,
      input[type='range'] {
        min-block-size: 52px;
        inline-size: 100%;
        font: inherit;
        font-size: 18px;
        font-weight: 400;
      }
      select {
        padding: 4px 12px;
        border: 2px solid var(--fc-field-line);
        border-radius: 14px;
        background: var(--fc-surface);
        color: var(--fc-text);
      }
      input[type='range'] {
        margin: 0;
        accent-color: var(--fc-accent);
      }
    `,
  ];

  @property({ attribute: false }) reader!: ReadAloud;

  #words = new Localize(this, hostBarMessages);
  #stop: (() => void) | null = null;
  // A browser loads its voices late, and says so.
  readonly #onVoices = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    if (hasVoice()) speechSynthesis.addEventListener('voiceschanged', this.#onVoices);
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (hasVoice()) speechSynthesis.removeEventListener('voiceschanged', this.#onVoices);
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('reader')) this.#follow();
  }

  protected override render(): TemplateResult {
    const { text } = this.#words;
    return html`<fieldcast-studio-sheet .heading=${text.aloudTitle} .closeLabel=${text.close} @sheet-close=${() => this.dispatchEvent(new CustomEvent('sheet-close'))}>
      <div class="choices">${hasVoice() ? this.#choices() : html`<p>${text.noVoice}</p>`}</div>
    </fieldcast-studio-sheet>`;
  }

  #choices(): TemplateResult {
    const { text } = this.#words;
    const { reader } = this;
    const { settings, state } = reader;
    const voices = voicesFor(settings.lang);
    const pick = (label: string, isOn: boolean, choose: () => void): TemplateResult =>
      html`<button class="act ${isOn ? 'on' : ''}" type="button" aria-pressed=${isOn ? 'true' : 'false'} @click=${choose}>${label}</button>`;
    return html`
      <button class="act wide ${settings.isOn ? '' : 'main'}" type="button" aria-pressed=${settings.isOn ? 'true' : 'false'} @click=${this.#toggle}>
        ${icon(settings.isOn ? 'muted' : 'sound')}${settings.isOn ? text.turnOff : text.turnOn}
      </button>
      ${state === 'no-earpiece'
        ? html`<div class="warn" role="alert">
            <strong>${reader.earpiece === 'none' ? text.earpieceNone : text.earpieceAsk}</strong><span>${text.earpieceWhy}</span>
            <button class="act wide" type="button" @click=${() => reader.confirmEarpiece()}>${icon('check')}${text.earpieceYes}</button>
          </div>`
        : html`<p class="hint" role="status">${text.states[state]}${state === 'off' ? nothing : html` · ${text.earpieceHint}`}</p>`}
      <div class="two" role="group" aria-label=${text.what}>
        ${pick(text.questions, settings.what === 'questions', () => reader.set({ what: 'questions' }))} ${pick(text.all, settings.what === 'all', () => reader.set({ what: 'all' }))}
      </div>
      <button class="act wide ${settings.hasOrders ? 'on' : ''}" type="button" aria-pressed=${settings.hasOrders ? 'true' : 'false'} @click=${() => reader.set({ hasOrders: !settings.hasOrders })}>
        ${icon(settings.hasOrders ? 'check' : 'bell')}${text.orders}
      </button>
      <div class="two" role="group" aria-label=${text.lang}>
        ${aloudLangs.map((lang: AloudLang) => pick(text.langs[lang], settings.lang === lang, () => reader.set({ lang, voice: '' })))}
      </div>
      ${voices.length > 1
        ? html`<label>${text.voice}
            <select @change=${(event: Event) => reader.set({ voice: (event.target as HTMLSelectElement).value })}>
              <option value="" ?selected=${settings.voice === ''}>${text.usualVoice}</option>
              ${voices.map(({ voiceURI, name, localService }) => html`<option value=${voiceURI} ?selected=${voiceURI === settings.voice}>${name}${localService ? '' : ` (${text.online})`}</option>`)}
            </select></label>`
        : nothing}
      ${voices.length === 0 ? html`<p class="hint">${text.noVoices}</p>` : nothing}
      <label>${text.volume}<input type="range" min="20" max="100" step="10" .value=${String(Math.round(settings.volume * 100))} @change=${this.#setVolume} /></label>
      <button class="act wide" type="button" @click=${() => reader.test()}>${icon('play')}${text.test}</button>
    `;
  }

  #follow(): void {
    this.#stop?.();
    this.#stop = this.reader.subscribe(() => this.requestUpdate());
  }

  #toggle(): void {
    const isOn = !this.reader.settings.isOn;
    this.reader.set({ isOn });
    // Within the tap: some browsers speak only after one.
    if (isOn && this.reader.state !== 'no-earpiece') this.reader.test();
  }

  #setVolume(event: Event): void {
    this.reader.set({ volume: Number((event.target as HTMLInputElement).value) / 100 });
  }
}
