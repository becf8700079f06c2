// Owns the sheet in which a seller watches what a buyer saw of the goods before ordering.
import { html, type TemplateResult } from 'lit';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import type { StudioMessages } from '../i18n/studio.ts';

export interface OrderMomentOptions {
  words: StudioMessages;
  /** Null while it is being fetched. */
  moments: OrderMoments | null;
  serverUrl: string;
  onClose: () => void;
}

export function orderMomentSheet({ words, moments, serverUrl, onClose }: OrderMomentOptions): TemplateResult {
  const { moment, common } = words;
  return html`<fieldcast-studio-sheet .heading=${moment.title} .closeLabel=${common.close} @sheet-close=${onClose}>
    <div class="more">
      ${moments === null ? html`<p role="status">${common.opening}</p>` : content(moments, words, serverUrl)}
      <button class="act wide" type="button" @click=${onClose}>${common.close}</button>
    </div>
  </fieldcast-studio-sheet>`;
}

function content({ moments, reason }: OrderMoments, { moment: words }: StudioMessages, serverUrl: string): TemplateResult {
  if (reason !== null) return html`<p>${words.reasons[reason]}</p>`;
  return html`${moments.map(
    (moment) => html`<figure>
      <video controls playsinline preload="none" poster=${serverUrl + moment.thumbnailUrl} src=${serverUrl + moment.clipUrl} aria-label=${moment.name}></video>
      <figcaption><b>${moment.name}</b> <small>${words.why[moment.why]}</small></figcaption>
    </figure>`,
  )}`;
}
