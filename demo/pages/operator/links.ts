// Owns one-time links of a show: making one, showing its QR code large enough for a farmer's camera, revoking.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Link, type LinkSummary, type Show } from '../../../server/protocol/index.ts';
import { say, sayTime } from '../language.ts';
import type { Desk } from './desk.ts';
import { confirm } from './dialogs.ts';

export interface LinksPart {
  load(): Promise<void>;
  draw(show: Show): TemplateResult;
}

export function linksPart(desk: Desk, showId: string): LinksPart {
  let links: readonly LinkSummary[] = [];
  let fresh: Link | null = null;

  async function load(): Promise<void> {
    links = (await desk.call(endpoints.listLinks, { params: { showId } })).links;
  }

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const made = await desk.act(async () => {
      fresh = await desk.call(endpoints.createLink, {
        params: { showId },
        body: { role: roleOf(form.get('role')), name: String(form.get('name') ?? '') },
      });
      await load();
    });
    if (made) requestAnimationFrame(() => document.querySelector<HTMLDialogElement>('#qr')?.showModal());
  }

  async function copy(link: Link): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.url);
      desk.say({ text: say('链接已复制', 'Link copied'), isFault: false });
    } catch {
      // No clipboard on plain http: the field is selected for copying by hand.
      document.querySelector<HTMLInputElement>('#qr input')?.select();
    }
  }

  async function revoke(link: LinkSummary): Promise<void> {
    const yes = await confirm(desk, {
      title: say('撤销这个链接？', 'Revoke this link?'),
      text: say(`用它登录的手机（${link.name || roleName(link.role)}）会立即退出，撤销后不能恢复。`, `Any phone that signed in with it (${link.name || roleName(link.role)}) is signed out at once. This cannot be undone.`),
      action: say('撤销链接', 'Revoke it'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.revokeLink, { params: { linkId: link.id } });
        await load();
      },
      { text: say('链接已撤销', 'Link revoked') },
    );
  }

  function sheet(): TemplateResult {
    return html`<dialog id="qr" class="sheet printable" aria-labelledby="qr-title" @close=${() => { fresh = null; desk.redraw(); }}>
      ${fresh
        ? html`<h2 id="qr-title">${fresh.role === 'host' ? say(`${fresh.name || '主播'}，扫码开播`, `${fresh.name || 'Host'}, scan to go live`) : fresh.role === 'coach' ? say(`${fresh.name || '教练'}，扫码带练`, `${fresh.name || 'Coach'}, scan to coach`) : say(`${fresh.name || '帮手'}，扫码帮忙`, `${fresh.name || 'Helper'}, scan to help`)}</h2>
            <img class="qr" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(fresh.qrSvg)}" width="320" height="320" alt=${say('二维码，内容是下面的链接', 'QR code of the link below')} />
            <p>${say(`只能用一次，${sayTime(fresh.expiresAt)} 前有效。用手机相机或浏览器扫，不要在微信里打开。`, `Works once, until ${sayTime(fresh.expiresAt)}. Scan it with the phone’s camera and open it in the browser, not inside a chat app.`)}</p>
            <input class="no-print" readonly .value=${fresh.url} aria-label=${say('链接', 'Link')} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
            <div class="row no-print">
              <button class="button" autofocus @click=${() => void copy(fresh!)}>${say('复制链接', 'Copy link')}</button>
              <button class="button quiet" @click=${() => print()}>${say('打印', 'Print')}</button>
              <button class="button quiet" @click=${() => document.querySelector<HTMLDialogElement>('#qr')?.close()}>${say('完成', 'Done')}</button>
            </div>`
        : html`<h2 id="qr-title"></h2>`}
    </dialog>`;
  }

  function state(link: LinkSummary): string {
    if (link.revokedAt) return say('已撤销', 'Revoked');
    if (link.usedAt) return say(`已使用 ${sayTime(link.usedAt)}`, `Used ${sayTime(link.usedAt)}`);
    if (link.expiresAt < Date.now()) return say('已过期', 'Too old');
    return say('等待扫码', 'Waiting to be used');
  }

  return {
    load,
    draw: (show) => html`<section class="panel" aria-labelledby="links-title">
      <h2 id="links-title">${say('开播链接', 'Go-live links')}</h2>
      <form class="inline" @submit=${make}>
        <label>${say('给谁', 'For whom')}<input name="name" maxlength="80" .defaultValue=${show.hostName} autocomplete="off" /></label>
        <label>${say('身份', 'As')}<select name="role"><option value="host">${roleName('host')}</option><option value="helper">${roleName('helper')}</option><option value="coach">${roleName('coach')}</option></select></label>
        <button class="button">${say('生成二维码', 'Make a QR code')}</button>
      </form>
      ${links.length === 0
        ? html`<p class="soft">${say('还没有链接。生成一个，让主播用手机扫。', 'None yet. Make one and let the host scan it with the phone.')}</p>`
        : html`<ul class="lines">
            ${links.map(
              (link) => html`<li class="row">
                <span class="grow"><b>${link.name || roleName(link.role)}</b> <span class="soft">${roleName(link.role)} · ${state(link)}</span></span>
                ${link.revokedAt ? nothing : html`<button class="button danger small" aria-label=${say(`撤销 ${link.name} 的链接`, `Revoke the link of ${link.name || roleName(link.role)}`)} @click=${() => void revoke(link)}>${say('撤销', 'Revoke')}</button>`}
              </li>`,
            )}
          </ul>`}
      ${sheet()}
    </section>`,
  };
}

function roleOf(chosen: FormDataEntryValue | null): 'host' | 'helper' | 'coach' {
  return chosen === 'helper' || chosen === 'coach' ? chosen : 'host';
}

function roleName(role: string): string {
  if (role === 'host') return say('主播', 'Host');
  if (role === 'helper') return say('帮手', 'Helper');
  if (role === 'coach') return say('教练', 'Coach');
  return say('运营', 'Operator');
}
