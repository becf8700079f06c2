// Owns the signs around replays, drawn like `icon`'s, and apart from those that every first picture loads.
import { html, svg, type TemplateResult } from 'lit';

const shapes = {
  pause: svg`<path d="M8.500 5.500v13M15.500 5.500v13" stroke-width="3.400"/>`,
  back: svg`<path d="M4.500 12a7.500 7.500 0 1 0 2.400-5.500M8.500 3.200L6.300 6.900l4 1.600"/><text x="12.200" y="15.300">10</text>`,
  ahead: svg`<path d="M19.500 12a7.500 7.500 0 1 1-2.400-5.500M15.500 3.200l2.200 3.700-4 1.600"/><text x="11.800" y="15.300">10</text>`,
  share: svg`<path d="M12 15V3.800M8 7.500l4-4 4 4M6.500 11H5v9h14v-9h-1.500"/>`,
  list: svg`<path d="M9 6.500h11.500M9 12h11.500M9 17.500h11.500M4.500 6.500h.1M4.500 12h.1M4.500 17.500h.1" stroke-width="2.200"/>`,
  save: svg`<path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14"/>`,
} as const;

export const sign = (name: keyof typeof shapes): TemplateResult => html`<svg class="icon sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
