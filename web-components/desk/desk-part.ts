// Owns what the pages of the desk have in common: the show they are about, their words, loading with a way to try again, what was just done.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../i18n/index.ts';
import { deskMessages, type DeskMessages } from '../i18n/desk.ts';
import type { Failure, Outcome } from '../show/index.ts';
import { buttonStyles, fieldStyles, rowStyles, tokens } from '../ui/index.ts';
import { deskStyles } from './desk.styles.ts';
import type { DeskRoom } from './room.ts';

export interface DeskNotice {
  text: string;
  isFault?: boolean;
  undo?: () => Promise<boolean>;
}

export abstract class DeskPart extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, rowStyles, deskStyles];

  @property({ attribute: false }) room: DeskRoom | null = null;
  @state() protected fault: Failure | null = null;
  @state() protected isLoaded = false;
  protected readonly localize = new Localize(this, deskMessages);
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('room') && this.isConnected) this.#begin();
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
  protected abstract read(room: DeskRoom): Promise<Outcome<unknown>>;
  /** Facts after which it asks again; answers the functions that stop listening. */
  protected follow(_room: DeskRoom, _again: () => void): (() => void)[] {
    return [];
  }

  protected get words(): DeskMessages {
    return this.localize.text;
  }

  protected nameOf(name: string): string {
    return name || this.words.guest;
  }

  /** Time of day, with the date where it is not today. */
  protected time(atMs: number): string {
    const isToday = new Date(atMs).toDateString() === new Date().toDateString();
    return isToday ? new Intl.DateTimeFormat(this.localize.locale, { hour: '2-digit', minute: '2-digit' }).format(atMs) : this.localize.dateTime(atMs);
  }

  async load(): Promise<void> {
    if (!this.room) return;
    const outcome = await this.read(this.room);
    this.fault = outcome.ok ? null : outcome.error;
    if (outcome.ok) this.isLoaded = true;
  }

  protected tell(notice: DeskNotice): void {
    this.dispatchEvent(new CustomEvent<DeskNotice>('desk-notice', { detail: notice, bubbles: true, composed: true }));
  }

  /** Says what came of a call. @returns whether it worked */
  protected settled(outcome: Outcome<unknown>, done: string, undo?: () => Promise<boolean>): boolean {
    if (outcome.ok) this.tell({ text: done, ...(undo ? { undo } : {}) });
    else this.tell({ text: this.words.errors[outcome.error.code], isFault: true });
    return outcome.ok;
  }

  #begin(): void {
    this.#end();
    const { room } = this;
    if (!room) return;
    this.#stops = this.follow(room, () => void this.load());
    void this.load();
  }

  #end(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}
