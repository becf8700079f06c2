// Owns what helps to sell beside promotions: codes for the chat, waitlists, harvest lots; a tile and a page of each.
import { html, svg, type TemplateResult } from 'lit';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import type { OfferRoom } from './starter-form.ts';

export const aids = ['codes', 'waitlist', 'lots'] as const;
export type Aid = (typeof aids)[number];

const shapes: Record<Aid, unknown> = {
  codes: svg`<path d="M4 4.500h16v11.500H10.500L6 20v-4H4zM9 7.500l-.8 6M13 7.500l-.8 6M7.500 9.500h6.500M7.200 11.800h6.500"/>`,
  waitlist: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5.300l3.500 2"/>`,
  lots: svg`<path d="M4 8.500l8-4.500 8 4.500v8L12 21l-8-4.500zM4 8.500l8 4.500 8-4.500M12 13v8"/>`,
};

/** Drawn like the signs of promotions. */
export function aidSign(aid: Aid): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[aid]}</svg>`;
}

export function aidPage(aid: Aid, room: OfferRoom, snapshot: ShowSnapshot): TemplateResult {
  if (aid === 'codes') return html`<fieldcast-code-page .room=${room} .snapshot=${snapshot}></fieldcast-code-page>`;
  if (aid === 'waitlist') return html`<fieldcast-wait-page .room=${room} .snapshot=${snapshot}></fieldcast-wait-page>`;
  return html`<fieldcast-lot-page .room=${room} .snapshot=${snapshot}></fieldcast-lot-page>`;
}
