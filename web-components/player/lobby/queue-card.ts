// Owns the card of those for whom there is no room: their place, which the server moves, and that they come in by themselves.
import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import { buttonStyles, icon, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';

/** Inside the player only. */
export class FieldcastQueueCard extends LitElement {
  static override styles = [tokens, buttonStyles, lobbyStyles];

  /** 1 is the next. */
  @property({ type: Number }) place = 1;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);

  override render() {
    const { queue } = this.#localize.text;
    return html`<div class="lobby">
      <span class="emblem">${icon('clock')}</span>
      <h2>${this.place <= 1 ? queue.next : queue.ahead(this.place - 1)}</h2>
      <p>${queue.hint}</p>
      <p><strong>${queue.shelf}</strong></p>
    </div>`;
  }
}
