// Owns what a host reads of their trainer's sheet once it has been shared: praise first, then one thing, then the rest in words.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { readScoreSheet } from '../../../server/protocol/endpoints.ts';
import type { ScoreSheet } from '../../../server/protocol/scoring.ts';
import { Localize } from '../../i18n/index.ts';
import { scoreMessages } from '../../i18n/scores.ts';
import type { Client } from '../../show/index.ts';
import { clockOf, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';

/** A trainer writes while the host packs up: looked for again so often. */
const ASK_AGAIN_MS = 30_000;

/** Nothing as long as nothing is shared. */
export class FieldcastStudioTrainerWords extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      .box {
        display: grid;
        gap: 10px;
        padding: 16px;
        border-radius: 16px;
        background: var(--fc-surface);
        color: var(--fc-text);
        font-size: 18px;
        text-align: start;
      }
      h3 {
        font-size: 20px;
      }
      h4 {
        color: var(--fc-accent);
        font-size: 17px;
      }
      p {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      li {
        display: grid;
        gap: 2px;
        padding-block: 8px;
        border-block-start: 1px solid var(--fc-line);
      }
      .row {
        display: flex;
        gap: 10px;
      }
      .row b {
        flex: 1;
      }
      small {
        color: var(--fc-muted);
        font-size: 16px;
      }
    `,
  ];

  @property({ attribute: false }) client: Client | null = null;
  @property() showId = '';
  @state() private sheet: ScoreSheet | null = null;
  readonly #words = new Localize(this, scoreMessages);
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.#read(), ASK_AGAIN_MS);
    void this.updateComplete.then(() => this.#read());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { sheet } = this;
    if (!sheet) return nothing;
    const words = this.#words.text;
    const part = (label: string, text: string): TemplateResult | typeof nothing => (text === '' ? nothing : html`<div><h4>${label}</h4><p>${text}</p></div>`);
    return html`<section class="box" aria-label=${words.fromTrainer}>
      <h3>${words.fromTrainer}</h3>
      ${part(words.good, sheet.good)} ${part(words.next, sheet.next)}
      <ul>
        ${sheet.score.criteria.flatMap(({ criterionId, title, mean }) =>
          mean === null
            ? []
            : [
                html`<li>
                  <span class="row"><b>${title}</b>${words.levels[Math.max(0, Math.round(mean) - 1)]}</span>
                  ${sheet.marks.filter((mark) => mark.criterionId === criterionId && mark.note !== '').map(({ note, replayMs }) => html`<small>${replayMs === null ? nothing : html`${clockOf(replayMs)} `}${note}</small>`)}
                </li>`,
              ],
        )}
      </ul>
    </section>`;
  }

  async #read(): Promise<void> {
    const { client, showId } = this;
    if (!client || showId === '') return;
    const read = await client.call(readScoreSheet, { params: { showId }, query: { lang: this.#words.locale } });
    if (read.ok) this.sheet = read.value;
  }
}
