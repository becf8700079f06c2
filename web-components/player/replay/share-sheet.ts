// Owns handing on a moment of a replay: a link that opens it there, and the clip of what is explained.
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../../i18n/index.ts';
import type { ReplayMessages } from '../../i18n/replay.ts';
import { addressAt, clockText, type Visit } from '../../show/index.ts';
import { icon } from '../../ui/index.ts';
import { sign } from '../../ui/signs.ts';

export interface ShareSheetOptions {
  visit: Visit;
  localize: Localize<ReplayMessages>;
  isCopied: boolean;
  onCopied: (isCopied: boolean) => void;
  /** It was handed on, or copied for that. */
  onShared: () => void;
  onClose: () => void;
}

export function shareSheet({ visit, localize, isCopied, onCopied, onShared, onClose }: ShareSheetOptions): TemplateResult {
  const { text } = localize;
  const { timeMs, chapter } = visit.playhead;
  const show = visit.store.snapshot?.show;
  const url = addressAt(show?.pageUrl ?? location.href, timeMs);
  const copy = async (event: Event): Promise<void> => {
    const field = (event.currentTarget as Element).parentElement?.querySelector('input');
    try {
      await navigator.clipboard.writeText(url);
      onCopied(true);
      onShared();
    } catch {
      // No clipboard on this page: selected, the address can be copied by hand.
      field?.select();
    }
  };
  const send = (): void => void navigator.share({ title: show?.title ?? '', url }).then(onShared, () => undefined);
  return html`<section class="sheet rising" part="share" role="dialog" aria-label=${text.share}>
    <div class="sheet-head">
      <h2>${text.share}</h2>
      <button class="icon-button close" type="button" aria-label=${text.close} @click=${onClose}>${icon('close')}</button>
    </div>
    <div class="sheet-body sharing">
      <p>${text.shareAt(clockText(timeMs))}</p>
      <input class="address" readonly aria-label=${text.link} .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
      ${'share' in navigator ? html`<button class="button primary wide" type="button" @click=${send}>${sign('share')}${text.send}</button>` : nothing}
      <button class="button wide ${'share' in navigator ? '' : 'primary'} copy" type="button" @click=${copy}>${icon(isCopied ? 'check' : 'link')}${isCopied ? text.copied : text.copy}</button>
      <span class="visually-hidden" role="status">${isCopied ? text.copied : ''}</span>
      ${chapter ? html`<a class="button wide clip" href=${visit.serverUrl + chapter.clipUrl} download>${sign('save')}<span>${text.clip(chapter.name)}</span></a>` : nothing}
    </div>
  </section>`;
}
