// Owns one show of the list as a card: poster, state, and what may be expected of it.
import { html, nothing, type TemplateResult } from 'lit';
import type { ProgrammeEntry } from '../../server/protocol/programme.ts';
import type { Localize } from '../i18n/index.ts';
import type { ShowsMessages } from '../i18n/shows.ts';
import { clockText } from '../show/index.ts';
import { icon, picture, timeLeft } from '../ui/index.ts';

export interface ShowCardOptions {
  serverUrl: string;
  /** The server's clock now, ms. */
  now: number;
  localize: Localize<ShowsMessages>;
  /** Address of the show's page. */
  href: string;
  onOpen: (event: Event) => void;
}

export function showCard(entry: ProgrammeEntry, { serverUrl, now, localize, href, onOpen }: ShowCardOptions): TemplateResult {
  const { show, viewers, replay } = entry;
  const { text } = localize;
  return html`<a class="show" part="show" href=${href} @click=${onOpen}>
    <span class="frame">
      ${picture(serverUrl, show.posterPictureId, '', '(min-width: 640px) 220px, 46vw')}
      <span class="marks">
        ${show.status === 'live' ? html`<span class="mark on-air">${text.live}</span>` : nothing}
        ${show.status === 'paused' ? html`<span class="mark">${text.away}</span>` : nothing}
        ${show.status === 'planned' ? html`<span class="mark">${text.soon}</span>` : nothing}
        ${viewers === null ? nothing : html`<span class="mark">${icon('eye')}${text.viewers(localize.number(viewers))}</span>`}
        ${replay ? html`<span class="mark">${icon('play')}${clockText(replay.durationMs)}</span>` : nothing}
      </span>
    </span>
    <span class="words">
      <span class="title">${show.title}</span>
      <span class="muted">${show.hostName}</span>
      ${times(entry, now, localize)}
      ${show.needsCode ? html`<span class="badge">${text.needsCode}</span>` : nothing}
    </span>
  </a>`;
}

function times({ show, replay }: ProgrammeEntry, now: number, localize: Localize<ShowsMessages>): TemplateResult | typeof nothing {
  const { text } = localize;
  if (show.status === 'planned') {
    if (show.plannedAt === null) return html`<span class="when">${text.anyTime}</span>`;
    return html`<span class="when">${text.starts(localize.dateTime(show.plannedAt))}</span> <span class="left">${left(show.plannedAt - now, text)}</span>`;
  }
  if (show.status !== 'ended' || show.endedAt === null) return nothing;
  const day = localize.dateTime(show.startedAt ?? show.endedAt);
  return html`<span class="when">${text.ended(day)}</span> ${replay ? html`<span class="left">${text.replay}</span>` : nothing}`;
}

function left(leftMs: number, text: ShowsMessages): string {
  const { days, hours, minutes, seconds } = timeLeft(leftMs);
  if (leftMs <= 0) return text.anyMoment;
  if (days > 0) return text.startsIn(`${text.days(days)} ${text.hours(hours)}`);
  if (hours > 0) return text.startsIn(`${text.hours(hours)} ${text.minutes(minutes)}`);
  // The minute that has begun counts: it says "1 min" until the show starts.
  return text.startsIn(text.minutes(minutes + (seconds > 0 ? 1 : 0)));
}
