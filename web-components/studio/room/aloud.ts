// Owns reading aloud from the moment the studio opens, where it was on the last time; it draws nothing.
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { hostBarMessages } from '../../i18n/host-bar.ts';
import { Localize } from '../../i18n/index.ts';
import { readerOf } from '../../voice/index.ts';
import type { StaffRoom } from './segments.ts';

export class FieldcastAloud extends LitElement {
  @property({ attribute: false }) room: StaffRoom | null = null;
  #words = new Localize(this, hostBarMessages);

  protected override updated(): void {
    if (this.room) readerOf(this.room, this.#words.locale);
  }
}
