// Owns what all pages of money do alike: load, say that it failed, say what was done with the way back, write amounts and times.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../i18n/index.ts';
import { moneyMessages, type MoneyMessages } from '../i18n/money.ts';
import type { Failure, Outcome } from '../show/index.ts';
import { buttonStyles, fieldStyles, rowStyles, tokens } from '../ui/index.ts';
import { moneyStyles } from './money.styles.ts';
import type { MoneyRoom } from './money-room.ts';

export interface MoneyNotice {
  text: string;
  isFault?: boolean;
  undo?: () => Promise<boolean>;
}

export abstract class MoneyPart extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, rowStyles, moneyStyles];

  @property({ attribute: false }) room: MoneyRoom | null = null;
  @state() protected fault: Failure | null = null;
  @state() protected isLoaded = false;
  @state() protected isBusy = false;
  protected readonly localize = new Localize(this, moneyMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('room') as MoneyRoom | null | undefined;
    // The page around hands a new object over each time it draws; the same seller is no other room.
    if (changed.has('room') && this.room && (before?.sellerId !== this.room.sellerId || before.client !== this.room.client)) void this.load();
  }

  protected override render(): TemplateResult {
    if (this.fault && !this.isLoaded) {
      return html`<div class="empty" role="alert"><p>${this.words.errors[this.fault.code]}</p><button class="button" type="button" @click=${() => void this.load()}>${this.words.retry}</button></div>`;
    }
    return this.isLoaded ? this.page() : html`<p class="empty" role="status">${this.words.loading}</p>`;
  }

  /** What is drawn once it is loaded. */
  protected abstract page(): TemplateResult;
  /** Asks the server and keeps what it says. */
  protected abstract read(room: MoneyRoom): Promise<Outcome<unknown>>;

  protected get words(): MoneyMessages {
    return this.localize.text;
  }

  async load(): Promise<void> {
    const { room } = this;
    if (!room) return;
    const outcome = await this.read(room);
    if (room.sellerId !== this.room?.sellerId) return;
    this.fault = outcome.ok ? null : outcome.error;
    if (outcome.ok) this.isLoaded = true;
  }

  /** An amount of the seller's currency. */
  protected money(amountMinor: number): string {
    return this.room ? this.localize.money(amountMinor, this.room.currency) : '';
  }

  protected clock(atMs: number): string {
    return new Intl.DateTimeFormat(this.localize.locale, { hour: '2-digit', minute: '2-digit' }).format(atMs);
  }

  protected tell(notice: MoneyNotice): void {
    this.dispatchEvent(new CustomEvent<MoneyNotice>('money-notice', { detail: notice, bubbles: true, composed: true }));
  }

  /** Does what a button asked for, one at a time, and says what came of it. @returns the answer, or null when it was refused */
  protected async act<T>(work: (room: MoneyRoom) => Promise<Outcome<T>>, done: (value: T) => string, undo?: (value: T) => () => Promise<boolean>): Promise<T | null> {
    const { room } = this;
    if (!room || this.isBusy) return null;
    this.isBusy = true;
    const outcome = await work(room);
    this.isBusy = false;
    if (!outcome.ok) {
      this.tell({ text: this.words.errors[outcome.error.code], isFault: true });
      return null;
    }
    this.tell({ text: done(outcome.value), ...(undo ? { undo: undo(outcome.value) } : {}) });
    return outcome.value;
  }
}
