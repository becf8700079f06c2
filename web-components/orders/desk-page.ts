// Owns what the pages beside the list have in common: the desk they are part of, loading with a way to try again.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../i18n/index.ts';
import { ordersMessages, type OrdersMessages } from '../i18n/orders.ts';
import type { Failure, Outcome } from '../show/index.ts';
import { buttonStyles, fieldStyles, rowStyles, tokens } from '../ui/index.ts';
import { ordersStyles } from './orders.styles.ts';
import type { DeskPage } from './room.ts';

export abstract class OrdersPage extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, rowStyles, ordersStyles];

  @property({ attribute: false }) desk: DeskPage | null = null;
  @state() protected fault: Failure | null = null;
  @state() protected isLoaded = false;
  @state() protected isBusy = false;
  protected readonly localize = new Localize<OrdersMessages>(this, ordersMessages);

  protected get words(): OrdersMessages {
    return this.localize.text;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('desk') && this.desk) void this.load();
  }

  protected override render(): TemplateResult {
    if (this.fault && !this.isLoaded) {
      return html`<div class="empty" role="alert"><p>${this.words.errors[this.fault.code]}</p><button class="button" type="button" @click=${() => void this.load()}>${this.words.retry}</button></div>`;
    }
    return this.isLoaded ? this.page() : html`<p class="empty" role="status">${this.words.loading}</p>`;
  }

  /** What is drawn once it is loaded. */
  protected abstract page(): TemplateResult;
  /** Asks the server. */
  protected abstract read(desk: DeskPage): Promise<Outcome<unknown>>;

  protected async load(): Promise<void> {
    if (!this.desk) return;
    const outcome = await this.read(this.desk);
    this.fault = outcome.ok ? null : outcome.error;
    if (outcome.ok) this.isLoaded = true;
  }

  /** Says what came of a call. @returns whether it worked */
  protected settled(outcome: Outcome<unknown>, done: string): boolean {
    this.desk?.tell(outcome.ok ? { text: done } : { text: this.words.errors[outcome.error.code], isFault: true });
    return outcome.ok;
  }
}
