// Owns what was worked out from data, in plain words, and the same of other shows beside it.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PracticeFigures, PracticeReport } from '../../../server/protocol/scoring.ts';
import { Localize } from '../../i18n/index.ts';
import { scoreMessages } from '../../i18n/scores.ts';
import { buttonStyles, clockOf, icon, tokens } from '../../ui/index.ts';
import { reviewStyles } from './review.styles.ts';

/** Less than so many percent of the looks is an accident. */
const OFTEN = 0.15;
const PAUSES_SHOWN = 3;

/**
 * @tag fieldcast-practice-helpers
 * @prop {PracticeReport | null} report - As the server works it out.
 * @fires {CustomEvent<number>} score-jump - Somebody wants to see this moment of the recording, ms.
 */
export class FieldcastPracticeHelpers extends LitElement {
  static override styles = [tokens, buttonStyles, reviewStyles];

  @property({ attribute: false }) report: PracticeReport | null = null;
  readonly #words = new Localize(this, scoreMessages);

  protected override render(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report) return nothing;
    const words = this.#words.text;
    return html`<div class="stack">
      <h2>${words.helpers}</h2>
      ${this.#speech(report.figures)} ${this.#pins(report.figures)} ${this.#rest(report.figures)}
      <h2>${words.beside}</h2>
      ${report.beside.length === 0 ? html`<p class="soft">${words.besideEmpty}</p>` : this.#table(report)}
    </div>`;
  }

  #speech({ speech }: PracticeFigures): TemplateResult {
    const words = this.#words.text;
    if (!speech) return html`<section class="card"><p class="soft">${words.notHeard}</p></section>`;
    const { measuredSeconds, silentSeconds, deadAir } = speech;
    return html`<section class="card">
      <h3>${words.talked(this.#share(1 - silentSeconds / Math.max(1, measuredSeconds)))}</h3>
      <p class="soft">${deadAir.length === 0 ? words.noSilence : words.silence(clockOf(silentSeconds * 1000))}</p>
      ${deadAir.length > 0
        ? html`<p>${words.deadAir}</p>
            <div class="row">${deadAir.slice(0, PAUSES_SHOWN).map(({ replayMs, seconds }) => this.#jump(replayMs, `${replayMs === null ? '' : `${clockOf(replayMs)} · `}${words.perMinuteShort(this.#words.number(seconds))}`))}</div>`
        : nothing}
    </section>`;
  }

  #pins({ pins }: PracticeFigures): TemplateResult | typeof nothing {
    const words = this.#words.text;
    if (pins.length === 0) return nothing;
    return html`<section class="card">
      <h3>${words.pinned}</h3>
      <ul class="marks">
        ${pins.map(({ name, seconds, replayMs, priceSaidAfter, isHeard }) => {
          const price = priceSaidAfter !== null ? words.priceSaid(priceSaidAfter) : isHeard ? words.priceNotSaid : words.priceUnknown;
          return html`<li>${this.#jump(replayMs, replayMs === null ? '–' : clockOf(replayMs))}<span class="what">${name}<br /><span class="soft">${words.pinFor(clockOf(seconds * 1000))} · ${price} · ${words.priceShown}</span></span></li>`;
        })}
      </ul>
    </section>`;
  }

  #rest({ questions, picture }: PracticeFigures): TemplateResult {
    const words = this.#words.text;
    const rate = questions.answeredPerMinute;
    const often = picture ? (['dark', 'bright', 'backlit'] as const).filter((name) => picture.light[name] >= OFTEN).map((name) => words.pictureNot[name]) : [];
    const framed = picture ? (['blurred', 'off-centre', 'empty'] as const).filter((name) => picture.framing[name] >= OFTEN).map((name) => words.pictureNot[name]) : [];
    return html`<section class="card">
        <h3>${words.questions(questions.answered, questions.asked)}</h3>
        ${rate === null || questions.asked === 0 ? nothing : html`<p class="soft">${words.perMinute(this.#words.number(rate))}</p>`}
      </section>
      <section class="card">
        <h3>${picture ? words.pictureGood(this.#share(picture.light.good)) : words.picture}</h3>
        <p class="soft">${picture ? [...often, ...framed].join(' · ') : words.pictureUnknown}</p>
      </section>`;
  }

  #table({ figures, beside }: PracticeReport): TemplateResult {
    const words = this.#words.text;
    const { columns } = words;
    const row = (name: TemplateResult | string, mean: number | null | undefined, of: PracticeFigures, isThis: boolean): TemplateResult => {
      const heard = of.pins.filter(({ isHeard }) => isHeard);
      const cell = (value: string | null): string => value ?? '–';
      return html`<tr class=${isThis ? 'now' : ''}>
        <td>${name}</td>
        <td>${mean === undefined ? '' : cell(mean === null ? null : this.#words.number(mean))}</td>
        <td>${cell(of.speech ? words.perMinuteShort(this.#words.number(Math.round(of.speech.silentSeconds / Math.max(1 / 60, of.speech.measuredSeconds / 60)))) : null)}</td>
        <td>${cell(heard.length > 0 ? `${heard.filter(({ priceSaidAfter }) => priceSaidAfter !== null).length}/${heard.length}` : null)}</td>
        <td>${of.questions.answered}/${of.questions.asked}</td>
        <td>${cell(of.picture ? this.#share(of.picture.light.good) : null)}</td>
      </tr>`;
    };
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            ${[columns.show, columns.score, columns.silence, columns.price, columns.questions, columns.light].map((label) => html`<th scope="col">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${beside.map(({ title, kind, startedAt, mean, figures: other }) => row(html`${title}<br /><span class="soft">${this.#words.date(startedAt)} · ${words[kind]}</span>`, mean, other, false))} ${row(words.thisOne, undefined, figures, true)}
        </tbody>
      </table>
    </div>`;
  }

  #jump(replayMs: number | null, label: string): TemplateResult {
    const { jump } = this.#words.text;
    return html`<button class="button at" type="button" ?disabled=${replayMs === null} @click=${() => this.dispatchEvent(new CustomEvent('score-jump', { detail: replayMs, bubbles: true, composed: true }))}>
      ${replayMs === null ? nothing : icon('play')}${label}${replayMs === null ? nothing : html`<span class="visually-hidden">${this.#words.text.colon}${jump(clockOf(replayMs))}</span>`}
    </button>`;
  }

  #share(share: number): string {
    return new Intl.NumberFormat(this.#words.locale, { style: 'percent' }).format(Math.max(0, Math.min(1, share)));
  }
}
