// Owns what stands in the middle of the picture when there is none to see: connecting, planned, away, ended, out of reach.
import { html, nothing, type TemplateResult } from 'lit';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Messages } from '../i18n/en.ts';
import type { Localize } from '../i18n/index.ts';
import type { Failure, PlayerState, Visit } from '../show/index.ts';
import { icon, type IconName } from '../ui/index.ts';

export interface CardOptions {
  visit: Visit | null;
  state: PlayerState;
  snapshot: ShowSnapshot | null;
  error: Failure | null;
  /** In the queue, 1 being the next. */
  place: number;
  /** Nothing gets through this network, while others do watch. */
  isBlocked: boolean;
  localize: Localize<Messages>;
  onRetry: () => void;
}

/** The words of an error code are loaded with the first one. */
const faultWords = (code: string, meanwhile: string) => html`<fieldcast-fault-words code=${code}>${meanwhile}</fieldcast-fault-words>`;

const card = (emblem: IconName, title: string, lines: (string | TemplateResult | typeof nothing)[], action: TemplateResult | typeof nothing = nothing) => html`
  <span class="emblem">${icon(emblem)}</span>
  <h2>${title}</h2>
  ${lines.map((line) => (line === nothing ? nothing : html`<p>${line}</p>`))} ${action}
`;

export function playerCard({ visit, state, snapshot, error, place, isBlocked, localize, onRetry }: CardOptions): TemplateResult | typeof nothing {
  const text = localize.text.player;
  const show = snapshot?.show;
  switch (state) {
    case 'connecting':
      return html`<span class="spinner"></span>
        <p>${text.connecting}</p>`;
    case 'queued':
      return html`<fieldcast-queue-card .place=${place}><p>${text.connecting}</p></fieldcast-queue-card>`;
    case 'planned':
      return html`<fieldcast-waiting-card .visit=${visit}>${card('clock', text.plannedTitle, [show?.plannedAt ? text.plannedAt(localize.dateTime(show.plannedAt)) : nothing, text.plannedHint])}</fieldcast-waiting-card>`;
    case 'paused':
      return html`<fieldcast-away-card .visit=${visit}></fieldcast-away-card>`;
    case 'ended':
      return card('check', text.endedTitle, [text.endedHint]);
    case 'unavailable': {
      if (error?.code === 'not-found') return card('alert', text.notFoundTitle, [text.notFoundHint]);
      if (error?.code === 'show.gated') return html`<fieldcast-code-card .visit=${visit}><p>${text.connecting}</p></fieldcast-code-card>`;
      if (isBlocked) return card('offline', text.blockedTitle, [text.blockedHint]);
      if (snapshot) return card('alert', text.unsupportedTitle, [faultWords('media.unsupported', '')]);
      const retry = html`<button class="button over" type="button" part="retry" @click=${onRetry}>${icon('retry')}${localize.text.common.retry}</button>`;
      return card('offline', text.unavailableTitle, [faultWords(error?.code ?? 'network.offline', text.unavailableHint)], retry);
    }
    case 'live':
    case 'reconnecting':
    case 'replay':
      return nothing;
  }
}
