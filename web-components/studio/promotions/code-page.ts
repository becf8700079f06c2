// Owns the staff's page of codes: on or off, which code is what, and what was ordered by each.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CodeDesk } from '../../../server/protocol/codes.ts';
import { changeCodes, readCodeDesk } from '../../../server/protocol/endpoints.ts';
import { icon, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { AidPage } from './aid-page.ts';
import { aidStyles } from './aids.styles.ts';
import { formStyles } from './form.styles.ts';

export class FieldcastCodePage extends AidPage {
  static override styles = [
    tokens,
    studioStyles,
    formStyles,
    aidStyles,
    css`
      ul {
        margin-block-start: 14px;
      }
    `,
  ];

  @state() private desk: CodeDesk | null = null;

  async refresh(): Promise<void> {
    const desk = await this.send(({ client, showId }) => client.call(readCodeDesk, { params: { showId } }));
    if (desk) this.desk = desk;
  }

  protected override render(): TemplateResult {
    const { aids: words } = this.words;
    const { desk } = this;
    const example = desk?.codes[0]?.code ?? 'A1';
    return html`<p class="soft">${words.codesHint(example)}</p>
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      ${desk
        ? html`<button class="act wide ${desk.isOn ? '' : 'main'}" type="button" role="switch" aria-checked=${desk.isOn ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#turn(!desk.isOn)}>
              ${icon(desk.isOn ? 'stop' : 'play')}${desk.isOn ? words.codesOff : words.codesOn}
            </button>
            ${desk.isOn && desk.codes.length === 0 ? html`<p class="soft">${words.codesNone}</p>` : nothing}
            <ul>
              ${desk.codes.map(
                ({ variantId, code, times, pieces }) => html`<li data-code=${code}>
                  <span><strong dir="auto">${this.nameOf(variantId)}</strong>${times > 0 ? html`<span>${words.codesCount(this.number(times), this.number(pieces))}</span>` : nothing}</span>
                  <span class="code">${code}</span>
                </li>`,
              )}
            </ul>`
        : html`<p class="soft" role="status">${this.words.loading}</p>`}`;
  }

  async #turn(isOn: boolean): Promise<void> {
    const desk = await this.send(({ client, showId }) => client.call(changeCodes, { params: { showId }, body: { isOn } }));
    if (desk) this.desk = desk;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-code-page': FieldcastCodePage;
  }
}
