// Owns the cards that stand where no picture will come: planned, over, nowhere, held back by the network, not for this browser.
import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { loadFollowing } from '../../following/loader.ts';
import { errorMessages } from '../../i18n/errors.ts';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import type { Visit } from '../../show/index.ts';
import { buttonStyles, icon, type IconName, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';

type StandingKind = 'planned' | 'ended' | 'not-found' | 'blocked' | 'unsupported';

const emblems: Record<StandingKind, IconName> = { planned: 'clock', ended: 'check', 'not-found': 'alert', blocked: 'offline', unsupported: 'alert' };

/** Inside the player only. */
export class FieldcastStandingCard extends LitElement {
  static override styles = [tokens, buttonStyles, lobbyStyles];

  @property() kind: StandingKind = 'ended';
  @property({ attribute: false }) visit: Visit | null = null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #errors = new Localize(this, errorMessages);

  protected override willUpdate(): void {
    if (this.kind === 'ended') loadFollowing();
  }

  override render() {
    const { kind, visit } = this;
    const { standing } = this.#localize.text;
    const [title, hint] = standing[kind];
    const show = visit?.store.snapshot?.show;
    const plannedAt = show?.plannedAt;
    return html`<div class="lobby">
      <span class="emblem">${icon(emblems[kind])}</span>
      <h2>${title}</h2>
      ${kind === 'planned' && plannedAt ? html`<p>${standing.plannedAt(this.#localize.dateTime(plannedAt))}</p>` : nothing}
      <p>${kind === 'unsupported' ? this.#errors.text['media.unsupported'] : hint}</p>
      ${kind === 'ended' && show && visit ? html`<fieldcast-follow-button over .link=${visit} seller=${show.sellerId} show=${show.id}></fieldcast-follow-button>` : nothing}
      ${kind === 'planned' ? html`<fieldcast-waiting-card .visit=${visit}></fieldcast-waiting-card>` : nothing}
    </div>`;
  }
}
