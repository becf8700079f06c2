// Owns the sign of figures, three bars; apart from the signs that every first picture loads.
import { html, svg, type TemplateResult } from 'lit';

export const figuresSign: TemplateResult = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d="M4 20h16M6.500 20v-6M12 20V6M17.500 20V10"/>`}</svg>`;
