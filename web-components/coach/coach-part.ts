// Owns what the sections of the console have in common: one trainee, followed while it is shown, and what was just done.
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { coachMessages, type CoachMessages } from '../i18n/coach.ts';
import { Localize } from '../i18n/index.ts';
import type { Outcome } from '../show/index.ts';
import { buttonStyles, fieldStyles, tokens } from '../ui/index.ts';
import { partStyles } from './part.styles.ts';
import type { Trainee } from './trainee.ts';

export interface CoachNotice {
  text: string;
  isFault?: boolean;
  undo?: { label: string; run: () => Promise<void> };
}

export const COACH_NOTICE = 'coach-notice';

export abstract class CoachPart extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, partStyles];

  @property({ attribute: false }) trainee: Trainee | null = null;
  protected readonly localize = new Localize(this, coachMessages);
  #followed: Trainee | null = null;
  #stop: () => void = () => undefined;

  protected get words(): CoachMessages {
    return this.localize.text;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#followed = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trainee')) this.#follow();
  }

  /** Another trainee is shown now. */
  protected entered(_trainee: Trainee): void {
    // For who has something to read first.
  }

  protected tell(notice: CoachNotice): void {
    this.dispatchEvent(new CustomEvent<CoachNotice>(COACH_NOTICE, { detail: notice, bubbles: true, composed: true }));
  }

  /** Says what went wrong, if something did. @returns whether it worked */
  protected worked<T>(outcome: Outcome<T>): outcome is { ok: true; value: T } {
    if (!outcome.ok) this.tell({ text: this.words.errors[outcome.error.code], isFault: true });
    return outcome.ok;
  }

  #follow(): void {
    const { trainee } = this;
    if (!this.isConnected || trainee === this.#followed) return;
    this.#stop();
    this.#followed = trainee;
    if (!trainee) return;
    this.#stop = trainee.subscribe(() => this.requestUpdate());
    this.entered(trainee);
  }
}
