// Owns the signs of a coach's cues, of the raised hand and of the ear: large, and told apart without reading.
import { html, svg, type TemplateResult } from 'lit';
import type { CuePreset } from '../../server/protocol/coach-limits.ts';

const signs = {
  good: svg`<path d="M8 11.500V20H4.500v-8.500zM8 12l3.500-8c1.600 0 2.500 1 2.500 2.500V10h5.200a1.600 1.600 0 0 1 1.600 1.900l-1.200 6.600A2 2 0 0 1 17.600 20H8"/>`,
  smile: svg`<circle cx="12" cy="12" r="8.500"/><path d="M8 14c1 1.800 2.400 2.700 4 2.700s3-.9 4-2.700M9 9.500v.2M15 9.500v.2"/>`,
  camera: svg`<path d="M3 7.500h11.500v9H3zM14.500 10.500L21 7.500v9l-6.500-3"/>`,
  louder: svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a7.600 7.600 0 0 1 0 11"/>`,
  slower: svg`<path d="M3 16.500h14.500a3.500 3.500 0 0 0 3.500-3.500c0-1.400-1-2.500-2.500-2.500S16 11.500 16 13M4 16.500c0-4.500 2.700-8 6.500-8 3.400 0 5.500 2.500 5.500 5.500M7 16.500V19M14 16.500V19"/>`,
  closer: svg`<path d="M9 9L4 4M4 8.500V4h4.500M15 9l5-5M15.500 4H20v4.500M9 15l-5 5M4 15.500V20h4.500M15 15l5 5M15.500 20H20v-4.500"/>`,
  price: svg`<path d="M4 12.500V4h8.500l8 8-8.500 8.500zM8 8v.2"/>`,
  chat: svg`<path d="M4 5.500h16v10.500h-9L6.500 20v-4H4zM8 9.500h8M8 12.500h5"/>`,
  pin: svg`<path d="M9 4h6l-.8 6 3.300 3.200H6.500L9.800 10zM12 13.200V20"/>`,
  'wrap-up': svg`<path d="M6 3.500v17M6 5h12.500l-2.500 4 2.500 4H6"/>`,
  words: svg`<path d="M4 5.500h16v10.500h-9L6.500 20v-4H4zM12 8v3.500M12 13.500v.2"/>`,
  hand: svg`<path d="M7.500 12.500V6.200a1.300 1.300 0 0 1 2.600 0V11M10.100 10.500V4.600a1.300 1.300 0 0 1 2.600 0v5.900M12.700 10.500V5.600a1.300 1.300 0 0 1 2.600 0v6M15.300 8.200a1.300 1.300 0 0 1 2.600 0V14c0 4-2.200 6.500-5.700 6.500-2.600 0-4.100-1.100-5.400-3.500L4.300 12.900a1.300 1.300 0 0 1 2.200-1.400l1.500 2"/>`,
  ear: svg`<path d="M7 9.500a5.300 5.300 0 0 1 10.600 0c0 4-3.600 4.600-3.600 8a2.800 2.800 0 0 1-5.300 1.200M9.800 10a2.500 2.500 0 0 1 5 0c0 1.600-1.600 1.900-1.600 3.500"/>`,
} as const satisfies Record<CuePreset | 'words' | 'hand' | 'ear', TemplateResult>;

export function cueSign(name: keyof typeof signs): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${signs[name]}</svg>`;
}
