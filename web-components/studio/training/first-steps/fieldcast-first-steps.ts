// Owns the way into the guided practice: a tile in the lobby of the studio; the practice itself is loaded when it is tapped.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Currency } from '../../../../server/protocol/money-format.ts';
import { firstStepsMessages } from '../../../i18n/first-steps.ts';
import { Localize } from '../../../i18n/index.ts';
import { deviceStorage } from '../../../show/storage.ts';
import { define, icon, tokens } from '../../../ui/index.ts';
import { studioStyles } from '../../studio.styles.ts';
import { practiseStyles } from '../practise.styles.ts';

const DONE = 'fieldcast:first-steps';

/**
 * Five tasks to try before the first rehearsal, without a show, without the server: nothing in it reaches anybody.
 * @tag fieldcast-first-steps
 * @attr {string} currency - The seller's own.
 */
export class FieldcastFirstSteps extends LitElement {
  static override styles = [tokens, studioStyles, practiseStyles];

  @property() currency: Currency = 'CNY';
  /** Of the camera that is open already; without one the practice opens its own. */
  @property({ attribute: false }) stream: MediaStream | null = null;
  /** Where there is little room: not shown to who has done it. */
  @property({ attribute: false }) isOnce = false;
  @state() private isOpen = false;
  @state() private isBusy = false;
  @state() private isFailed = false;
  @state() private isDone = deviceStorage().getItem(DONE) !== null;
  readonly #words = new Localize(this, firstStepsMessages);

  protected override render(): TemplateResult | typeof nothing {
    if (this.isOnce && this.isDone && !this.isOpen) return nothing;
    const words = this.#words.text;
    return html`<button class="act wide tile" type="button" ?disabled=${this.isBusy} @click=${() => void this.#open()}>
        ${icon(this.isDone ? 'check' : 'eye')}<span>${words.tile}<small>${this.isDone ? words.tileAgain : words.tileHint}</small></span>${icon('forward')}
      </button>
      ${this.isFailed ? html`<p role="alert">${words.failed}</p>` : nothing}
      ${this.isOpen ? html`<fieldcast-first-steps-room .currency=${this.currency} .given=${this.stream} @first-steps-close=${(event: CustomEvent<boolean>) => this.#close(event.detail)}></fieldcast-first-steps-room>` : nothing}`;
  }

  async #open(): Promise<void> {
    this.isBusy = true;
    try {
      define('fieldcast-first-steps-room', (await import('./fieldcast-first-steps-room.ts')).FieldcastFirstStepsRoom);
      this.isOpen = true;
      this.isFailed = false;
    } catch {
      this.isFailed = true;
    }
    this.isBusy = false;
  }

  #close(isDone: boolean): void {
    this.isOpen = false;
    if (!isDone) return;
    this.isDone = true;
    deviceStorage().setItem(DONE, '1');
  }
}
