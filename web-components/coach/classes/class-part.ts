// Owns what all pages of classes do alike: one call at a time, say what came of it with the way back, write times.
import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ClassView } from '../../../server/protocol/classes.ts';
import { classMessages, type ClassMessages } from '../../i18n/classes.ts';
import { Localize } from '../../i18n/index.ts';
import type { Outcome } from '../../show/index.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../../ui/index.ts';
import type { ClassNotice, ClassRoom } from './class-room.ts';
import { classStyles } from './classes.styles.ts';

export abstract class ClassPart extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, classStyles];

  @property({ attribute: false }) room: ClassRoom | null = null;
  @state() protected isBusy = false;
  protected readonly localize = new Localize(this, classMessages);

  protected get words(): ClassMessages {
    return this.localize.text;
  }

  /** Does what a button asked for, one at a time, and says what came of it. @returns the answer, or null when it was refused */
  protected async act<T>(work: (room: ClassRoom) => Promise<Outcome<T>>, done?: string, undo?: () => Promise<boolean>): Promise<T | null> {
    const { room } = this;
    if (!room || this.isBusy) return null;
    this.isBusy = true;
    const outcome = await work(room);
    this.isBusy = false;
    if (!outcome.ok) {
      const { code, params } = outcome.error;
      this.tell({ text: this.words.reasons[String(params?.['reason'] ?? '')] ?? this.words.errors[code], isFault: true });
      return null;
    }
    if (done !== undefined) this.tell({ text: done, ...(undo ? { undo } : {}) });
    return outcome.value;
  }

  /** Like {@link act} for answers that are the whole class, which the page around takes over. */
  protected async change(work: (room: ClassRoom) => Promise<Outcome<ClassView>>, done?: string, undo?: () => Promise<boolean>): Promise<boolean> {
    const view = await this.act(work, done, undo);
    if (view) this.dispatchEvent(new CustomEvent<ClassView>('class-change', { detail: view, bubbles: true, composed: true }));
    return view !== null;
  }

  protected tell(notice: ClassNotice): void {
    this.dispatchEvent(new CustomEvent<ClassNotice>('class-notice', { detail: notice, bubbles: true, composed: true }));
  }

  protected clock(at: number): string {
    return new Intl.DateTimeFormat(this.localize.locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  }

  protected empty(sign: 'user' | 'check' | 'picture' | 'clock', text: string): TemplateResult {
    return html`<div class="empty">${icon(sign)}<p>${text}</p></div>`;
  }
}

/** `2026-06-14` of this device's own zone, as a date field takes it. */
export function dayField(at: number): string {
  const day = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A moment on that day; null while the field is empty or no day. */
export function momentOf(day: string, time: string): number | null {
  const at = new Date(`${day}T${time}`).getTime();
  return Number.isFinite(at) ? at : null;
}
