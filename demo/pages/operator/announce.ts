// Owns how a show is announced from the operator's desk: the link, its poster to print, the calendar file.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Share, type Show } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export interface AnnouncePart {
  load(): Promise<void>;
  draw(show: Show): TemplateResult | typeof nothing;
}

export function announcePart(desk: Desk, showId: string): AnnouncePart {
  let share: Share | null = null;

  async function copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      desk.say({ text: say('链接已复制', 'Link copied'), isFault: false });
    } catch {
      // No clipboard on plain http: the field is selected for copying by hand.
      document.querySelector<HTMLInputElement>('#watch-url')?.select();
    }
  }

  return {
    async load() {
      share = await desk.call(endpoints.shareShow, { params: { showId } });
    },
    draw: (show) =>
      share
        ? html`<section class="panel" aria-labelledby="announce-title">
            <h2 id="announce-title">${say('告诉大家', 'Tell people')}</h2>
            <div class="inline">
              <label>${say('观看链接', 'Where to watch')}<input id="watch-url" readonly .value=${share.url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /></label>
              <button class="button quiet" @click=${() => void copy(share!.url)}>${say('复制', 'Copy')}</button>
            </div>
            <p class="row">
              <a class="button" href="./poster.html?show=${show.id}" target="_blank" rel="noopener">${say('二维码海报', 'Poster with QR code')}</a>
              ${show.plannedAt ? html`<a class="button quiet" href="/api/v1/shows/${show.id}/calendar.ics">${say('日历文件', 'Calendar file')}</a>` : nothing}
            </p>
          </section>`
        : nothing,
  };
}
