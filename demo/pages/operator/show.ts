// Owns one show on the operator's desk: its plan, links, gate, shelf and orders, each in a part of its own.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Show, type ShowSnapshot } from '../../../server/protocol/index.ts';
import { pictureUrl, statusName } from '../goods.ts';
import { say, sayTime } from '../language.ts';
import type { Desk, View } from './desk.ts';
import { confirm } from './dialogs.ts';
import { announcePart } from './announce.ts';
import { figuresPart } from './figures.ts';
import { gatePart } from './gate.ts';
import { keptShowPart } from './kept-show.ts';
import { linksPart } from './links.ts';
import { offersPart } from './offers.ts';
import { ordersPart } from './orders.ts';
import { roomPart } from './room.ts';
import { shelfPart } from './shelf.ts';
import { trustPart } from './trust.ts';
import { upload } from './upload.ts';

export function showView(desk: Desk, showId: string): View {
  let snapshot: ShowSnapshot | null = null;
  const take = (next: ShowSnapshot): void => {
    snapshot = next;
    desk.redraw();
  };
  const announce = announcePart(desk, showId);
  const gate = gatePart(desk, showId);
  const links = linksPart(desk, showId);
  const shelf = shelfPart(desk, showId, () => snapshot, take);
  const room = roomPart(desk, showId);
  const offers = offersPart(desk, showId);
  const trust = trustPart(desk);
  const kept = keptShowPart(desk, showId);

  async function loadSnapshot(): Promise<void> {
    snapshot = await desk.call(endpoints.readShow, { params: { showId } });
  }

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const plannedAt = Date.parse(String(form.get('planned') ?? ''));
    const poster = form.get('poster');
    await desk.act(
      async () => {
        const picture = poster instanceof File && poster.size > 0 ? await upload(desk, poster, () => undefined) : null;
        await desk.call(endpoints.changeShow, {
          params: { showId },
          body: {
            title: String(form.get('title')),
            plannedAt: Number.isNaN(plannedAt) ? null : plannedAt,
            ...(picture ? { posterPictureId: picture.id } : {}),
            pageUrl: String(form.get('page') ?? '').trim() || null,
          },
        });
        await Promise.all([loadSnapshot(), announce.load()]);
      },
      { text: say('已保存', 'Saved') },
    );
  }

  async function end(show: Show): Promise<void> {
    const yes = await confirm(desk, {
      title: say('结束这场直播？', 'End this show?'),
      text: say(`“${show.title}”结束后不能再继续，买家会看到直播已结束。`, `“${show.title}” cannot go on afterwards, and shoppers will see that it has ended.`),
      action: say('结束直播', 'End the show'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.endShow, { params: { showId }, body: {} });
        await loadSnapshot();
      },
      { text: say('直播已结束', 'The show has ended') },
    );
  }

  async function practise(show: Show): Promise<void> {
    await desk.act(
      async () => {
        const { show: made } = await desk.call(endpoints.startRehearsal, {
          body: { sellerId: show.sellerId, hostId: show.hostId, title: show.title, productIds: snapshot?.shelf.map(({ id }) => id) ?? [] },
        });
        location.hash = `#/shows/${made.id}`;
      },
      { text: say('练习已建好，现在可以给主播和教练生成链接', 'The rehearsal is ready. Now make links for the host and a coach') },
    );
  }

  async function eraseRehearsal(show: Show): Promise<void> {
    const yes = await confirm(desk, {
      title: say('清除这次练习？', 'Erase this rehearsal?'),
      text: say(`“${show.title}”的录像、聊天、订单和复制的货都会清掉，不能恢复。`, `The recording, chat, orders and copied goods of “${show.title}” go for good.`),
      action: say('清除', 'Erase it'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.eraseRehearsal, { params: { showId: show.id } });
        location.hash = '#/shows';
      },
      { text: say('练习已清除', 'Rehearsal erased') },
    );
  }

  function practiceNote(): TemplateResult {
    return html`<p class="note rehearsal" role="note"><b>${say('练习', 'REHEARSAL')}</b> ${say('外面的人看不到，也不会真的卖出东西。过一段时间自动清除。', 'Nobody outside sees it and nothing is sold. It is erased by itself later.')}</p>`;
  }

  function head(show: Show, viewers: number): TemplateResult {
    const isOn = show.status === 'live' || show.status === 'paused';
    return html`
      <p><a href="#/shows">${say('← 全部直播', '← All shows')}</a></p>
      ${show.kind === 'rehearsal' ? practiceNote() : nothing}
      <div class="head">
        ${show.posterPictureId ? html`<img src=${pictureUrl(show.posterPictureId, 160)} width="84" height="112" alt="" />` : nothing}
        <div class="grow">
          <h1>${show.title}</h1>
          <p class="row tight">
            <span class="chip ${show.status}">${statusName(show.status)}</span>
            ${isOn ? html`<span>${say(`${viewers} 人在看`, `${viewers} watching`)}</span>` : nothing}
            <span class="soft">${show.hostName}${show.plannedAt && show.status === 'planned' ? ` · ${sayTime(show.plannedAt)}` : ''}</span>
          </p>
          <p class="row">
            ${show.kind === 'rehearsal'
              ? html`<button class="button danger small" @click=${() => void eraseRehearsal(show)}>${say('清除练习', 'Erase rehearsal')}</button>`
              : html`<a class="button quiet small" href="./shop.html?show=${show.id}" target="_blank" rel="noopener">${say('在店铺里看', 'See it in the shop')}</a>`}
            ${show.kind === 'live' && show.status === 'planned' ? html`<button class="button quiet small" @click=${() => void practise(show)}>${say('先练习', 'Rehearse first')}</button>` : nothing}
            ${isOn ? html`<button class="button danger small" @click=${() => void end(show)}>${say('结束直播', 'End the show')}</button>` : nothing}
          </p>
        </div>
      </div>
    `;
  }

  function plan(show: Show): TemplateResult {
    return html`<details class="panel">
      <summary>${say('修改标题、时间、海报、网页', 'Change title, time, poster or page')}</summary>
      <form class="form" @submit=${change}>
        <label>${say('标题', 'Title')}<input name="title" required maxlength="80" .value=${show.title} /></label>
        <label>${say('开播时间', 'Planned time')}<input name="planned" type="datetime-local" .value=${show.plannedAt ? localInput(show.plannedAt) : ''} /></label>
        <label>${say('海报（竖图最好）', 'Poster (upright is best)')}<input name="poster" type="file" accept="image/jpeg,image/png,image/webp" /></label>
        <label>${say('自家观看网页（可不填，要 https）', 'Your own page for it (may be left open; https)')}<input name="page" type="url" maxlength="500" placeholder="https://shop.example.org/live" .value=${show.pageUrl ?? ''} /></label>
        <button class="button">${say('保存', 'Save')}</button>
      </form>
    </details>`;
  }

  return {
    title: () => snapshot?.show.title ?? say('直播', 'Show'),
    async load() {
      await Promise.all([loadSnapshot(), announce.load(), gate.load(), links.load(), trust.load()]);
      await Promise.all([shelf.load(snapshot!.show.sellerId), kept.load(snapshot!.replay)]);
    },
    async refresh() {
      await Promise.all([loadSnapshot(), gate.load(), links.load()]);
      await kept.load(snapshot!.replay);
    },
    draw() {
      if (!snapshot) return nothing;
      const { show, viewers } = snapshot;
      // What there is to do with a show: before its end prepare it, afterwards pack and keep.
      const [left, right] =
        show.status === 'ended'
          ? show.kind === 'rehearsal'
            ? [[ordersPart(show)], [kept.draw(show), offers.draw(), room.draw()]]
            : [[figuresPart(show), ordersPart(show)], [kept.draw(show), offers.draw(), room.draw(), gate.draw(show), plan(show)]]
          : show.kind === 'rehearsal'
          ? [[links.draw(show), offers.draw(), room.draw(), trust.draw(), ordersPart(show)], [shelf.draw(), kept.draw(show)]]
          : [[figuresPart(show), links.draw(show), offers.draw(), room.draw(), trust.draw(), announce.draw(show), gate.draw(show), ordersPart(show)], [shelf.draw(), plan(show), kept.draw(show)]];
      return html`${head(show, viewers)}
        <div class="columns">
          <div class="stack">${left}</div>
          <div class="stack">${right}</div>
        </div>`;
    },
  };
}

/** What a `datetime-local` field takes: local time without a zone. */
function localInput(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
