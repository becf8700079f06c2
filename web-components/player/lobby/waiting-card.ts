// Owns what stands below the title of a show that is to come: the time that is left by the server's clock, the calendar file, the link to hand on.
import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { loadFollowing } from '../../following/loader.ts';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import type { Visit } from '../../show/index.ts';
import { buttonStyles, timeLeft, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';
import { sign } from './signs.ts';

const TICK_MS = 1_000;
/** From then on a host who has not come is late. */
const LATE_MS = 60_000;

/** Inside the player only. */
export class FieldcastWaitingCard extends LitElement {
  static override styles = [tokens, buttonStyles, lobbyStyles];

  @property({ attribute: false }) visit: Visit | null = null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #ticks: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    loadFollowing();
    this.#ticks = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticks);
  }

  override render() {
    const { visit } = this;
    const show = visit?.store.snapshot?.show;
    const { waiting } = this.#localize.text;
    return html`<div class="lobby">
      ${visit && show?.plannedAt ? this.#left(show.plannedAt - visit.store.serverNow()) : nothing}
      <div class="row">
        ${visit && show?.plannedAt
          ? html`<a class="button over" part="calendar" href="${visit.serverUrl}/api/v1/shows/${show.id}/calendar.ics">${sign('calendar')}${waiting.calendar}</a>`
          : nothing}
        <fieldcast-share-button labelled .visit=${visit}></fieldcast-share-button>
        ${visit && show ? html`<fieldcast-remind-button .link=${visit} show=${show.id}></fieldcast-remind-button>` : nothing}
        ${visit && show ? html`<fieldcast-follow-button over short .link=${visit} seller=${show.sellerId}></fieldcast-follow-button>` : nothing}
      </div>
    </div>`;
  }

  #left(leftMs: number) {
    const { waiting, timeLeft: words } = this.#localize.text;
    if (leftMs <= 0) return html`<p><strong>${leftMs < -LATE_MS ? waiting.late : waiting.soon}</strong></p>`;
    const { days, hours, minutes, seconds } = timeLeft(leftMs);
    const two = (value: number) => String(value).padStart(2, '0');
    const parts: [string, string][] = [
      ...(days > 0 ? [[String(days), words.days(days)] as [string, string]] : []),
      [two(hours), words.hours],
      [two(minutes), words.minutes],
      // Nobody waits for the second of another day, and a narrow picture has room for three.
      ...(days > 0 ? [] : [[two(seconds), words.seconds] as [string, string]]),
    ];
    return html`<div class="left" role="timer" aria-live="off" aria-label=${words.label(parts.map((part) => part.join(' ')).join(' '))}>
      ${parts.map(([value, unit]) => html`<span class="part" aria-hidden="true"><b>${value}</b><span>${unit}</span></span>`)}
    </div>`;
  }
}
