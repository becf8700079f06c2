// Owns the list of what was shown when, over the replay.
import { html, nothing, type TemplateResult } from 'lit';
import type { Chapter } from '../../../server/protocol/replay.ts';
import type { Localize } from '../../i18n/index.ts';
import type { ReplayMessages } from '../../i18n/replay.ts';
import { clockText, type Visit } from '../../show/index.ts';
import { icon, picture } from '../../ui/index.ts';

export interface ChapterListOptions {
  visit: Visit;
  localize: Localize<ReplayMessages>;
  onPick: (chapter: Chapter) => void;
  onClose: () => void;
}

export function chapterList({ visit, localize, onPick, onClose }: ChapterListOptions): TemplateResult {
  const { text } = localize;
  const { replay, chapter: current } = visit.playhead;
  return html`<section class="sheet rising" part="chapters" role="dialog" aria-label=${text.chaptersTitle}>
    <div class="sheet-head">
      <h2>${text.chaptersTitle}</h2>
      <button class="icon-button close" type="button" aria-label=${text.close} @click=${onClose}>${icon('close')}</button>
    </div>
    <ol class="chapters">
      ${replay?.chapters.map(
        (chapter) => html`<li>
          <button class="chapter" type="button" aria-current=${chapter === current ? 'true' : nothing} @click=${() => onPick(chapter)}>
            ${thumbnail(visit.serverUrl, chapter)}
            <span class="words"><span class="name">${chapter.name}</span><span class="at">${chapter === current ? html`<b>${text.playing}</b> · ` : nothing}${clockText(chapter.startMs)}</span></span>
            ${icon('play')}
          </button>
        </li>`,
      )}
    </ol>
  </section>`;
}

/** A frame of it; where the server has no decoder for frames, the product's picture. */
function thumbnail(serverUrl: string, { thumbnailUrl, pictureId }: Chapter): TemplateResult {
  return html`<span class="thumbnail"
    >${picture(serverUrl, pictureId, '', '84px')}<img alt="" loading="lazy" decoding="async" src=${serverUrl + thumbnailUrl} @error=${(event: Event) => ((event.target as HTMLElement).hidden = true)}
  /></span>`;
}
