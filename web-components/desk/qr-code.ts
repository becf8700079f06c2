// Owns a QR code as a drawing of the page: a strict policy lets no data: picture in, and nothing but its shape is taken over.
import { html, svg, type TemplateResult } from 'lit';

/** @param source the SVG that the server made */
export function qrCode(source: string, label: string): TemplateResult {
  const drawing = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  const shape = drawing.querySelector('path')?.getAttribute('d') ?? '';
  return html`<svg class="qr" role="img" aria-label=${label} viewBox=${drawing.getAttribute('viewBox') ?? '0 0 1 1'} shape-rendering="crispEdges">${svg`<path d=${shape} fill="#000"/>`}</svg>`;
}
