// Owns the list of shows with their state and viewers, and planning a new one.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Host, type Seller, type Show } from '../../../server/protocol/index.ts';
import { pictureUrl, statusName } from '../goods.ts';
import { say, sayTime } from '../language.ts';
import type { Desk, View } from './desk.ts';

interface Loaded {
  shows: readonly Show[];
  rehearsals: readonly Show[];
  sellers: readonly Seller[];
  hosts: readonly Host[];
  /** Viewers online of shows that are on. */
  viewers: ReadonlyMap<string, number>;
}

const NEW_HOST = 'new';

export function showsView(desk: Desk): View {
  let data: Loaded = { shows: [], rehearsals: [], sellers: [], hosts: [], viewers: new Map() };
  let chosenHost: string | null = null;

  async function load(): Promise<void> {
    const [{ shows }, { shows: rehearsals }, { sellers }, { hosts }] = await Promise.all([
      desk.call(endpoints.listShows, {}),
      desk.call(endpoints.listShows, { query: { kind: 'rehearsal' } }),
      desk.call(endpoints.listSellers, {}),
      desk.call(endpoints.listHosts, {}),
    ]);
    const on = shows.filter((show) => show.status === 'live' || show.status === 'paused');
    const viewers = await Promise.all(on.map(async (show) => [show.id, (await desk.call(endpoints.readShow, { params: { showId: show.id } })).viewers] as const));
    data = { shows, rehearsals, sellers, hosts, viewers: new Map(viewers) };
  }

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const host = String(form.get('host') ?? NEW_HOST);
    const plannedAt = Date.parse(String(form.get('planned') ?? ''));
    await desk.act(
      async () => {
        const show = await desk.call(endpoints.createShow, {
          body: {
            title: String(form.get('title')),
            sellerId: String(form.get('seller')),
            ...(host === NEW_HOST ? { hostName: String(form.get('hostName')) } : { hostId: host }),
            ...(Number.isNaN(plannedAt) ? {} : { plannedAt }),
          },
        });
        location.hash = `#/shows/${show.id}`;
      },
      { text: say('直播已安排，现在可以生成开播链接', 'Planned. Now make the go-live link') },
    );
  }

  function item(show: Show): TemplateResult {
    const viewers = data.viewers.get(show.id);
    const when = show.status === 'planned' ? show.plannedAt : (show.endedAt ?? show.startedAt);
    return html`<li class="panel show">
      ${show.posterPictureId ? html`<img src=${pictureUrl(show.posterPictureId, 160)} width="60" height="80" alt="" loading="lazy" />` : html`<span class="blank" aria-hidden="true"></span>`}
      <div class="grow">
        <h2><a href="#/shows/${show.id}">${show.title}</a></h2>
        <p class="soft">${show.hostName} · ${show.sellerName}</p>
        <p class="row tight">
          ${show.kind === 'rehearsal' ? html`<span class="chip rehearsal">${say('练习', 'REHEARSAL')}</span>` : nothing}<span class="chip ${show.status}">${statusName(show.status)}</span>
          ${viewers === undefined ? nothing : html`<span>${say(`${viewers} 人在看`, `${viewers} watching`)}</span>`}
          <span class="soft">${when ? sayTime(when) : show.status === 'planned' ? say('随时可以开播', 'Ready whenever the host is') : nothing}</span>
        </p>
      </div>
    </li>`;
  }

  function form(): TemplateResult {
    if (data.sellers.length === 0) {
      return html`<p class="note">${say('先到“卖家”页添加合作社，然后才能安排直播。', 'Add the cooperative under “Sellers” first; then shows can be planned.')} <a href="#/sellers">${say('去添加', 'Add it')}</a></p>`;
    }
    const host = chosenHost ?? data.hosts[0]?.id ?? NEW_HOST;
    return html`<form class="panel form" @submit=${create}>
      <h2>${say('安排一场直播', 'Plan a show')}</h2>
      <label>${say('标题', 'Title')}<input name="title" required maxlength="80" placeholder=${say('例如：霜降头茬苹果', 'e.g. First apples after the frost')} /></label>
      <label
        >${say('主播', 'Host')}
        <select name="host" @change=${(event: Event) => { chosenHost = (event.target as HTMLSelectElement).value; desk.redraw(); }}>
          ${data.hosts.map((other) => html`<option value=${other.id} ?selected=${other.id === host}>${other.name}</option>`)}
          <option value=${NEW_HOST} ?selected=${host === NEW_HOST}>${say('新主播…', 'Somebody new…')}</option>
        </select>
      </label>
      ${host === NEW_HOST ? html`<label>${say('新主播的名字', 'Name of the new host')}<input name="hostName" required maxlength="60" autocomplete="off" /></label>` : nothing}
      <label>${say('卖家', 'Seller')}<select name="seller">${data.sellers.map((seller) => html`<option value=${seller.id}>${seller.name}</option>`)}</select></label>
      <label>${say('开播时间（可不填）', 'Planned time (may be left open)')}<input name="planned" type="datetime-local" /></label>
      <button class="button">${say('安排直播', 'Plan the show')}</button>
    </form>`;
  }

  return {
    title: () => say('直播', 'Shows'),
    load,
    refresh: load,
    draw: () => html`
      <h1>${say('直播', 'Shows')}</h1>
      <div class="columns">
        <section aria-label=${say('直播列表', 'List of shows')}>
          ${data.shows.length === 0
            ? html`<p class="note">${say('还没有直播。填好表格，安排第一场。', 'No shows yet. Fill in the form to plan the first one.')}</p>`
            : html`<ul class="list">
                ${data.shows.map(item)}
              </ul>`}
          ${data.rehearsals.length === 0
            ? nothing
            : html`<details class="panel" ?open=${data.rehearsals.some(({ status }) => status === 'live' || status === 'paused')}>
                <summary>${say(`练习（${data.rehearsals.length}）`, `Rehearsals (${data.rehearsals.length})`)}</summary>
                <p class="soft">${say('外面的人看不到，不算数，过一段时间自动清除。', 'Nobody outside sees it, nothing counts, and it is erased by itself.')}</p>
                <ul class="list">
                  ${data.rehearsals.map(item)}
                </ul>
              </details>`}
        </section>
        ${form()}
      </div>
    `,
  };
}
