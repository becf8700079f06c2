// Owns the studio's page of orders: the order desk and the money beside it, two names at the top.
import { html, nothing, type TemplateResult } from 'lit';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { StudioMessages } from '../i18n/studio.ts';
import type { OpenShow } from './open-show.ts';

export type OrdersView = 'orders' | 'money';

export function ordersPage(options: { words: StudioMessages; open: OpenShow; snapshot: ShowSnapshot; view: OrdersView; onView: (view: OrdersView) => void }): TemplateResult {
  const { words, open, snapshot, view, onView } = options;
  const { sellerId, currency } = snapshot.show;
  const claims = open.inbox.claimCount;
  return html`<div class="segments" role="group" aria-label=${words.tabs.orders}>
      ${(['orders', 'money'] as const).map(
        (name) => html`<button class="act ${name === view ? 'on' : ''}" type="button" aria-pressed=${name === view ? 'true' : 'false'} @click=${() => onView(name)}>
          ${words.orders.views[name]}${name === 'money' && claims > 0 ? html`<span class="new" role="img" aria-label=${words.orders.claims(claims)}>${claims}</span>` : nothing}
        </button>`,
      )}
    </div>
    ${view === 'orders'
      ? html`<fieldcast-orders .room=${open.room} seller=${sellerId}></fieldcast-orders>`
      : html`<fieldcast-money .room=${{ client: open.client, session: open.session, sellerId, currency }}></fieldcast-money>`}`;
}
