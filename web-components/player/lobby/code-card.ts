// Owns the card at a show's gate: one field for the code, what was wrong with it, and the way in.
import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { enterCode } from '../../../server/protocol/endpoints/gate.ts';
import { plainCode } from '../../../server/protocol/gate.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { errorMessages } from '../../i18n/errors.ts';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import { type Failure, isRetryable, type Visit } from '../../show/index.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';
import { sign } from './signs.ts';

const LEAST_SIGNS = 6;

/** Inside the player only. */
export class FieldcastCodeCard extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, lobbyStyles];

  @property({ attribute: false }) visit: Visit | null = null;

  @state() private fault: Failure | 'empty' | 'short' | null = null;
  @state() private isEntering = false;
  @query('input') private field!: HTMLInputElement | null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #errors = new Localize(this, errorMessages);
  /** One key for one code: an answer that got lost does not use up a second device. */
  #tried = { code: '', key: '' };

  override render() {
    const text = this.#localize.text.gate;
    const gate = this.visit?.store.error?.params ?? {};
    if (gate['hasCode'] !== 1) {
      return html`<div class="lobby"><span class="emblem">${sign('lock')}</span><h2>${text.siteTitle}</h2><p>${text.siteHint}</p></div>`;
    }
    const fault = this.#words();
    return html`<div class="lobby">
      <span class="emblem">${sign('lock')}</span>
      <h2>${text.title}</h2>
      <p>${text.forShow(String(gate['title'] ?? ''))}</p>
      <form part="gate" novalidate @submit=${this.#enter}>
        <div class="field">
          <label for="code">${text.code}</label>
          <input
            id="code"
            class="code"
            name="code"
            maxlength="80"
            autocomplete="off"
            autocapitalize="characters"
            autocorrect="off"
            spellcheck="false"
            enterkeyhint="go"
            aria-invalid=${fault ? 'true' : 'false'}
            aria-describedby="fault"
            @input=${() => (this.fault = null)}
          />
          <span id="fault" class="fault" role="alert">${fault ?? nothing}</span>
        </div>
        <button class="button primary wide" type="submit" ?disabled=${this.isEntering}>${this.isEntering ? text.entering : html`${text.enter}${icon('forward')}`}</button>
      </form>
      <p class="fine">${text.hint}</p>
    </div>`;
  }

  #words(): string | null {
    const { fault } = this;
    const { gate } = this.#localize.text;
    if (!fault) return null;
    if (fault === 'empty' || fault === 'short') return gate[fault];
    if (fault.code === 'input.invalid') return gate.short;
    if (fault.code === 'rate.limited' && fault.retryAfterMs) return gate.wait(Math.ceil(fault.retryAfterMs / 1000));
    return this.#errors.text[fault.code];
  }

  async #enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { visit, field } = this;
    if (!visit || !field || this.isEntering) return;
    const code = plainCode(field.value);
    if (code.length < LEAST_SIGNS) {
      this.fault = code === '' ? 'empty' : 'short';
      field.focus();
      return;
    }
    if (this.#tried.code !== code) this.#tried = { code, key: newId('key') };
    this.isEntering = true;
    const { client, viewer, store } = visit;
    const outcome = await client.call(enterCode, { params: { showId: visit.showId }, body: { code }, idempotencyKey: this.#tried.key });
    this.isEntering = false;
    if (outcome.ok) {
      // Another identity than that of the open connection.
      if (outcome.value.viewerToken) {
        viewer.keep(outcome.value.viewerToken);
        client.socket.reconnect();
      } else await store.resync();
      return;
    }
    if (!isRetryable(outcome.error)) this.#tried = { code: '', key: '' };
    this.fault = outcome.error;
    await this.updateComplete;
    field.select();
  }
}
