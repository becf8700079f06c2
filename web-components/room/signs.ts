// Owns the drawings of a heart and a thumb, filled, on a 24-unit grid.
import { html, svg, type TemplateResult } from 'lit';
import type { ReactionKind } from '../../server/protocol/stage-limits.ts';

const shapes = {
  heart: svg`<path d="M12 20.300C6.300 16.200 3 13 3 9.100 3 6.300 5.200 4.200 7.800 4.200c1.700 0 3.300.9 4.200 2.400.9-1.500 2.500-2.400 4.200-2.400C18.800 4.200 21 6.300 21 9.100c0 3.900-3.300 7.100-9 11.200z"/>`,
  thumb: svg`<path d="M2.500 10.500h3.800v9.500H2.500zM8 20V10.700l3.600-7.200c1.600 0 2.600 1.100 2.600 2.600 0 1-.3 2.100-.7 3h5.200c1.500 0 2.500 1.300 2.200 2.700l-1.300 6.200c-.3 1.200-1.300 2-2.500 2z"/>`,
} satisfies Record<ReactionKind, unknown>;

export function sign(kind: ReactionKind): TemplateResult {
  return html`<svg class="sign ${kind}" viewBox="0 0 24 24" aria-hidden="true">${shapes[kind]}</svg>`;
}
