// Owns how a product's picture is drawn: the right width for its place, a drawn placeholder where there is none.
import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

/** Address of a stored picture in one of the widths that the server keeps; a shop's own picture has one already. */
export function pictureUrl(serverUrl: string, pictureId: string, width: 160 | 480 | 1080): string {
  return /^https?:/.test(pictureId) ? pictureId : `${serverUrl}/api/v1/pictures/${encodeURIComponent(pictureId)}/${width}`;
}

/**
 * A picture or its placeholder, filling its box. `sizes` is the CSS width it is drawn at.
 * `alt` is empty where the product's name stands beside it.
 */
export function picture(serverUrl: string, pictureId: string | null | undefined, alt: string, sizes: string): TemplateResult {
  if (!pictureId) return html`<span class="picture" part="picture">${icon('leaf')}</span>`;
  const url = (width: 160 | 480 | 1080) => pictureUrl(serverUrl, pictureId, width);
  return html`<span class="picture" part="picture"
    ><img
      src=${url(160)}
      srcset=${`${url(160)} 160w, ${url(480)} 480w, ${url(1080)} 1080w`}
      sizes=${sizes}
      alt=${alt}
      loading="lazy"
      decoding="async"
      draggable="false"
  /></span>`;
}
