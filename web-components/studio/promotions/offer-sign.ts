// Owns the sign of promotions, a label on a string; apart from the signs that every first picture loads.
import { html, svg, type TemplateResult } from 'lit';

export const offerSign: TemplateResult = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d="M3.500 12.500V4.500h8l9 9-7.500 7.500zM8 8.900v.1"/><circle cx="8" cy="9" r="1.200"/>`}</svg>`;
