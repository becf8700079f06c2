// Owns the poster of a show: one sheet of A4 for a shop window or a village board, with a QR code that opens it.
import { html, nothing, render, type TemplateResult } from 'lit';
import { endpoints, type Share } from '../../server/protocol/index.ts';
import { callApi } from '../api.ts';
import { languageSwitch } from './frame.ts';
import { pictureUrl } from './goods.ts';
import { language, onLanguageChange, say } from './language.ts';
import { explain } from './problem.ts';

const page = document.querySelector<HTMLElement>('#page')!;
const showId = new URLSearchParams(location.search).get('show') ?? '';
let share: Share | null = null;
let fault: unknown = null;

async function load(): Promise<void> {
  try {
    share = await callApi('', endpoints.shareShow, { params: { showId } });
    fault = null;
  } catch (error) {
    fault = error;
  }
  draw();
}

function when(at: number): TemplateResult {
  const day = new Intl.DateTimeFormat(language(), { month: 'long', day: 'numeric', weekday: 'long' }).format(at);
  const time = new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
  return html`<p class="when"><span>${day}</span><b>${time}</b></p>`;
}

function sheet({ show, url, qrSvg }: Share): TemplateResult {
  return html`<article class="sheet ${show.posterPictureId ? '' : 'plain'}">
    ${show.posterPictureId ? html`<img class="picture" src=${pictureUrl(show.posterPictureId, 1080)} width="1080" height="1440" alt="" />` : nothing}
    <div class="words">
      <p class="kicker">${say('手机看直播，边看边买', 'Watch live on your phone, buy while you watch')}</p>
      <h1>${show.title}</h1>
      <p class="who">${say(`主播 ${show.hostName}`, `with ${show.hostName}`)}</p>
      ${show.plannedAt && show.status === 'planned' ? when(show.plannedAt) : nothing}
    </div>
    <div class="scan">
      <img class="qr" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}" width="400" height="400" alt=${say('二维码，内容是观看链接', 'QR code of the address')} />
      <div>
        <p class="big">${say('扫码看直播', 'Scan to watch')}</p>
        <p>${say('用手机相机或浏览器扫一扫，不用装软件。', 'Point your phone’s camera at it. No app needed.')}</p>
        ${show.needsCode ? html`<p class="invited">${say('这场要邀请码，请带上您的邀请。', 'By invitation: have your code at hand.')}</p>` : nothing}
        <p class="url">${url}</p>
      </div>
    </div>
    <p class="seller">${show.sellerName}</p>
  </article>`;
}

function draw(): void {
  document.title = share ? `${share.show.title} · ${say('海报', 'Poster')}` : say('直播海报', 'Poster');
  render(
    html`
      <header class="bar no-print">
        <button class="button" ?disabled=${!share} @click=${() => print()}>${say('打印海报', 'Print the poster')}</button>
        ${languageSwitch()}
      </header>
      <main>
        ${share
          ? sheet(share)
          : fault
            ? html`<div class="note fault" role="alert"><p>${explain(fault)}</p><button class="button small" @click=${() => void load()}>${say('重试', 'Try again')}</button></div>`
            : html`<p role="status">${say('正在加载…', 'Loading…')}</p>`}
      </main>
    `,
    page,
  );
}

onLanguageChange(draw);
draw();
void load();
