// Owns what stands in the middle of the picture when there is none to see: connecting, planned, away, ended, out of reach.
import { html, nothing, type TemplateResult } from 'lit';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Messages } from '../i18n/en.ts';
import type { Localize } from '../i18n/index.ts';
import type { Failure, PlayerState, Visit } from '../show/index.ts';
import { icon } from '../ui/index.ts';

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

/** What stands there for good, or until the show begins. */
type StandingKind = 'planned' | 'ended' | 'not-found' | 'blocked' | 'unsupported';

export function playerCard({ visit, state, snapshot, error, place, isBlocked, localize, onRetry }: CardOptions): TemplateResult | typeof nothing {
  const text = localize.text.player;
  const connecting = html`<span class="spinner"></span>
    <p>${text.connecting}</p>`;
  /** From the lobby, which the server sends: until it is there, and where it cannot come, we are connecting. */
  const standing = (kind: StandingKind) => html`<fieldcast-standing-card kind=${kind} .visit=${visit}>${connecting}</fieldcast-standing-card>`;
  switch (state) {
    case 'connecting':
      return connecting;
    case 'queued':
      return html`<fieldcast-queue-card .place=${place}>${connecting}</fieldcast-queue-card>`;
    case 'paused':
      return html`<fieldcast-away-card .visit=${visit}></fieldcast-away-card>`;
    case 'planned':
    case 'ended':
      return standing(state);
    case 'unavailable':
      if (error?.code === 'not-found') return standing('not-found');
      if (error?.code === 'show.gated') return html`<fieldcast-code-card .visit=${visit}>${connecting}</fieldcast-code-card>`;
      if (isBlocked) return standing('blocked');
      if (snapshot) return standing('unsupported');
      return html`<span class="emblem">${icon('offline')}</span>
        <h2>${text.unavailableTitle}</h2>
        <p><fieldcast-fault-words code=${error?.code ?? 'network.offline'}>${text.unavailableHint}</fieldcast-fault-words></p>
        <button class="button over" type="button" part="retry" @click=${onRetry}>${icon('retry')}${localize.text.common.retry}</button>`;
    case 'live':
    case 'reconnecting':
    case 'replay':
      return nothing;
  }
}
