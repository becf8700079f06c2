// Owns the way from an order back to the show: where in the replay its products were shown.
import { css, html, nothing, type TemplateResult } from 'lit';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { Localize } from '../i18n/index.ts';
import { clockText } from '../show/index.ts';
import { icon } from '../ui/index.ts';

/** Nothing while the show goes on: there is no replay yet to open. */
export function orderMoments({ moments, keptUntil }: OrderMoments, serverUrl: string, localize: Localize<CheckoutMessages>): TemplateResult | typeof nothing {
  if (moments.length === 0 || keptUntil === null) return nothing;
  const text = localize.text.order;
  return html`<section class="card block" part="moments">
    <h3>${text.moments}</h3>
    <ul class="moments">
      ${moments.map(
        ({ name, fromMs, url, thumbnailUrl, clipUrl }) => html`<li>
          <a class="moment" href=${url} target="_blank" rel="noopener" aria-label=${text.watchMoment(name, clockText(fromMs))}>
            <span class="frame">${icon('play')}<img alt="" loading="lazy" src=${serverUrl + thumbnailUrl} @error=${(event: Event) => ((event.target as HTMLElement).hidden = true)} /></span>
            <span class="what"><b>${name}</b><span>${text.momentAt(clockText(fromMs))}</span></span>
          </a>
          <a class="button quiet" href=${serverUrl + clipUrl} download aria-label=${text.saveMoment(name)}>${text.saveClip}</a>
        </li>`,
      )}
    </ul>
    <p class="muted small">${text.momentsKept(localize.date(keptUntil))}</p>
  </section>`;
}

export const orderMomentStyles = css`
  .moments {
    display: grid;
    gap: 8px;
  }
  .moments li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .moment {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    gap: 14px;
    min-block-size: 96px;
    color: inherit;
    text-decoration: none;
  }
  .moment .frame {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 72px;
    block-size: 96px;
    overflow: hidden;
    border-radius: var(--fc-radius-small);
    background: #16201b;
    color: #fff;
    font-size: 22px;
  }
  .moment .frame img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .moment .frame .icon {
    position: relative;
    z-index: 1;
    filter: drop-shadow(0 1px 4px rgb(0 0 0 / 0.7));
  }
  .moment .what {
    min-inline-size: 0;
    display: grid;
    gap: 2px;
  }
  .moment .what span {
    color: var(--fc-accent);
    font-weight: 600;
  }
  .small {
    font-size: 14px;
  }
`;
