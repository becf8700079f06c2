// Owns the card of a host who is away: how long the show still waits, what happens next. The shelf goes on selling beside it.
import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import type { Visit } from '../../show/index.ts';
import { buttonStyles, icon, timeLeft, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';

const TICK_MS = 1_000;
/** In the last minute people want to know what comes then. */
const LAST_MS = 60_000;

/** Inside the player only. */
export class FieldcastAwayCard extends LitElement {
  static override styles = [tokens, buttonStyles, lobbyStyles];

  @property({ attribute: false }) visit: Visit | null = null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #ticks: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticks = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticks);
  }

  override render() {
    const { visit } = this;
    const show = visit?.store.snapshot?.show;
    if (!visit || !show) return nothing;
    const { away } = this.#localize.text;
    const leftMs = show.graceUntil === null ? null : show.graceUntil - visit.store.serverNow();
    return html`<div class="lobby late">
      <span class="emblem">${icon('leaf')}</span>
      <h2>${away.title}</h2>
      <p>${away.hint(show.hostName)}</p>
      <p>${away.next}</p>
      ${leftMs !== null && leftMs > 0 ? html`<p class="waits" role="timer" aria-live="off">${away.waits(clock(leftMs))}</p>` : nothing}
      ${leftMs !== null && leftMs < LAST_MS ? html`<p class="fine">${away.last}</p>` : nothing}
    </div>`;
  }
}

function clock(leftMs: number): string {
  const { hours, minutes, seconds } = timeLeft(leftMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
