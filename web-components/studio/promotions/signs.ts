// Owns the signs of the kinds of promotions, drawn like the other icons on a 24-unit grid.
import { html, svg, type TemplateResult } from 'lit';
import type { PromotionKind } from '../../../server/protocol/promotion-shape.ts';

const shapes = {
  'flash-sale': svg`<path d="M13 2.500L5 13.500h5.500L9.500 21.500 19 10h-6z"/>`,
  coupon: svg`<path d="M3.500 6.500h17v4a1.800 1.800 0 0 0 0 3.500v3.500h-17V14a1.800 1.800 0 0 0 0-3.500zM14.500 6.500v11" stroke-dasharray="none"/>`,
  draw: svg`<path d="M4 11h16v9.500H4zM3 7.500h18V11H3zM12 7.500v13M12 7.500C10 3 6.500 3 6.500 5.500c0 1.500 2 2 5.500 2 3.500 0 5.500-.5 5.500-2C17.500 3 14 3 12 7.500z"/>`,
  'group-buy': svg`<circle cx="8.500" cy="8.500" r="3.200"/><circle cx="16.500" cy="9.500" r="2.500"/><path d="M2.500 19c.6-3.500 2.800-5.300 6-5.300s5.400 1.800 6 5.300M16 14.200c2.800 0 4.900 1.500 5.500 4.800"/>`,
  auction: svg`<path d="M9 8.500l6 6M11.500 6l6 6M13.500 4l6 6M7 10.500l6 6M10 11.500L3.500 18l2.500 2.500 6.500-6.500M12.500 20.500h8"/>`,
} satisfies Record<PromotionKind, unknown>;

export function kindSign(kind: PromotionKind): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[kind]}</svg>`;
}
