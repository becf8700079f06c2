// Owns the signs of the lobby, drawn like the others in `ui`, which the first picture loads.
import { html, svg, type TemplateResult } from 'lit';

const shapes = {
  lock: svg`<rect x="5" y="10.500" width="14" height="9.500" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500M12 14.200v2.200"/>`,
  calendar: svg`<rect x="4" y="5.500" width="16" height="14.500" rx="2"/><path d="M4 10h16M8.500 3.500v4M15.500 3.500v4"/>`,
  share: svg`<path d="M12 15V3.800M8 7.500l4-4 4 4M6.500 11H5v9h14v-9h-1.500"/>`,
} as const;

export const sign = (name: keyof typeof shapes): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
