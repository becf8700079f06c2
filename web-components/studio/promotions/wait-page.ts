// Owns the staff's page of waitlists: how many wait for what, what is held for them, closing a list.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { closeWaitlist, readWaitlist } from '../../../server/protocol/endpoints.ts';
import type { WaitlistDesk } from '../../../server/protocol/waitlist.ts';
import { clockOf, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { AidPage } from './aid-page.ts';
import { aidStyles } from './aids.styles.ts';
import { formStyles } from './form.styles.ts';

/** A minute of a hold is told by the second. */
const TICK_MS = 1_000;
const SETTLE_MS = 400;

export class FieldcastWaitPage extends AidPage {
  static override styles = [tokens, studioStyles, formStyles, aidStyles];

  @state() private desk: WaitlistDesk | null = null;
  /** Variant whose list is asked about. */
  @state() private closing: string | null = null;
  #tick: ReturnType<typeof setInterval> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.requestUpdate(), TICK_MS);
    void this.updateComplete.then(() => {
      this.#stop?.();
      this.#stop = this.room?.client.on('waitlist.changed', ({ showId }) => {
        if (showId !== this.room?.showId) return;
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void this.refresh(), SETTLE_MS);
      });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
    clearTimeout(this.#settling);
    this.#stop?.();
  }

  async refresh(): Promise<void> {
    const desk = await this.send(({ client, showId }) => client.call(readWaitlist, { params: { showId } }));
    if (desk) this.desk = desk;
  }

  protected override render(): TemplateResult {
    const { aids: words } = this.words;
    const rows = (this.desk?.variants ?? []).filter(({ waiting, held, taken, lapsed }) => waiting + held + taken + lapsed > 0);
    const now = this.room?.store.serverNow() ?? Date.now();
    return html`<p class="soft">${words.waitHint}</p>
      ${this.fault ? html`<p class="fault" role="alert">${this.words.errors[this.fault.code]}</p>` : nothing}
      ${this.desk === null ? html`<p class="soft" role="status">${this.words.loading}</p>` : rows.length === 0 ? html`<p class="soft">${words.waitNone}</p>` : nothing}
      <ul>
        ${rows.map(
          ({ variantId, waiting, wanted, held, holdUntil, taken, lapsed }) => html`<li data-variant=${variantId}>
            <span>
              <strong dir="auto">${this.nameOf(variantId)}</strong>
              ${waiting > 0 ? html`<span>${words.waiting(this.number(waiting), this.number(wanted))}</span>` : nothing}
              ${held > 0 && holdUntil !== null ? html`<span>${words.held(this.number(held), clockOf(Math.max(0, holdUntil - now)))}</span>` : nothing}
              ${taken + lapsed > 0 ? html`<span>${words.waitDone(this.number(taken), this.number(lapsed))}</span>` : nothing}
            </span>
            ${waiting + held === 0
              ? nothing
              : this.closing === variantId
                ? html`<button class="act red" type="button" ?disabled=${this.isBusy} @click=${() => void this.#close(variantId)}>${words.waitCloseYes}</button>`
                : html`<button class="act" type="button" @click=${() => (this.closing = variantId)}>${words.waitClose}</button>`}
          </li>`,
        )}
      </ul>
      ${this.closing ? html`<p class="soft" role="status">${words.waitCloseHint}</p>` : nothing}`;
  }

  async #close(variantId: string): Promise<void> {
    await this.send(({ client, showId }) => client.call(closeWaitlist, { params: { showId, variantId } }));
    this.closing = null;
    await this.refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-wait-page': FieldcastWaitPage;
  }
}
