// Owns the words for why there is no show: those of its error code, once they are loaded. Until then what stands inside is seen.
import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { errorMessages } from '../../i18n/errors.ts';
import { type AnyErrorCode, Localize } from '../../i18n/index.ts';

/** Inside the player only. */
export class FieldcastFaultWords extends LitElement {
  @property() code: AnyErrorCode = 'network.offline';
  #localize = new Localize(this, errorMessages);

  override render() {
    return html`${this.#localize.text[this.code]}`;
  }
}
