// Owns the replays on the operator's desk: room on the disk, every recording with its time left, and how long each seller's are kept.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type Seller, type Storage, type StoredRecording } from '../../../server/protocol/index.ts';
import { say, sayTime } from '../language.ts';
import type { Desk, View } from './desk.ts';
import { confirm } from './dialogs.ts';
import { sayBytes, sayLeft, sayLength } from './measures.ts';

export function replaysView(desk: Desk): View {
  let storage: Storage | null = null;
  let sellers: readonly Seller[] = [];

  async function load(): Promise<void> {
    const [room, listed] = await Promise.all([desk.call(endpoints.readStorage, {}), desk.call(endpoints.listSellers, {})]);
    storage = room;
    sellers = listed.sellers;
  }

  async function remove(recording: StoredRecording): Promise<void> {
    const yes = await confirm(desk, {
      title: say('删除这个回放？', 'Delete this replay?'),
      text: say(
        `“${titleOf(recording)}”的回放（${sayBytes(recording.bytes)}）删除后不能恢复，买家也看不到下单时的画面了。订单和商品不受影响。`,
        `The replay of “${titleOf(recording)}” (${sayBytes(recording.bytes)}) cannot be brought back, and buyers can no longer see the moment of their orders. Orders and products stay.`,
      ),
      action: say('删除回放', 'Delete the replay'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.deleteReplay, { params: { showId: recording.showId } });
        await load();
      },
      { text: say('回放已删除', 'Replay deleted') },
    );
  }

  async function keep(event: SubmitEvent, seller: Seller): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    await desk.act(
      async () => {
        await desk.call(endpoints.changeSeller, {
          params: { sellerId: seller.id },
          body: { retentionDays: numberOf(form.get('days')), retentionGb: numberOf(form.get('gb')) },
        });
        await load();
      },
      { text: say('已保存', 'Saved') },
    );
  }

  function room({ usedBytes, budgetBytes, freeBytes, reserveBytes, state, retentionDays }: Storage): TemplateResult {
    const share = Math.min(1, usedBytes / budgetBytes);
    return html`
      ${state === 'disk-full'
        ? html`<div class="note fault" role="alert">
            <p>
              <b>${say('硬盘满了，现在不能录像。', 'The disk is full: shows are not recorded now.')}</b>
              ${say('直播和下单不受影响。请删除一些回放，或清理服务器的硬盘；有了空间会自动接着录。', 'Live shows and orders go on. Delete replays, or free space on the server; recording goes on by itself.')}
            </p>
          </div>`
        : nothing}
      <section class="panel" aria-labelledby="room-title">
        <h2 id="room-title">${say('硬盘空间', 'Disk space')}</h2>
        <meter aria-labelledby="room-title" min="0" max="1" low="0.75" high="0.9" optimum="0" .value=${share}></meter>
        <p class="row tight">
          <b>${say(`已用 ${sayBytes(usedBytes)}，共 ${sayBytes(budgetBytes)}`, `${sayBytes(usedBytes)} of ${sayBytes(budgetBytes)} used`)}</b>
          <span class="soft">${say(`硬盘还剩 ${sayBytes(freeBytes)}，其中 ${sayBytes(reserveBytes)} 留给订单`, `${sayBytes(freeBytes)} free on the disk, ${sayBytes(reserveBytes)} of it kept for orders`)}</span>
        </p>
        <p class="soft">
          ${retentionDays === 0
            ? say('服务器设置为不保留回放，单独设置了天数的卖家除外。', 'The server keeps no replays, except for sellers with days of their own.')
            : say(`回放保留 ${retentionDays} 天；空间不够时，从最早的开始删，正在直播的不会删。`, `Replays are kept for ${retentionDays} days. When room is short the oldest goes first, never a show that is on.`)}
        </p>
      </section>
    `;
  }

  function item(recording: StoredRecording): TemplateResult {
    const isOver = recording.state === 'ready';
    return html`<li class="panel show recording">
      <div class="grow">
        <h2>${recording.title === '' ? say('（已删除的直播）', '(deleted show)') : html`<a href="#/shows/${recording.showId}">${recording.title}</a>`}</h2>
        <p class="row tight">
          <span class="soft">${recording.sellerName}</span>
          <span class="soft">${sayTime(recording.startedAt)}</span>
        </p>
        <p class="row tight">
          <b>${sayBytes(recording.bytes)}</b>
          <span>${say(`时长 ${sayLength(recording.durationMs)}`, `${sayLength(recording.durationMs)} long`)}</span>
          ${isOver && recording.keptUntil !== null
            ? html`<span class="soft" title=${sayTime(recording.keptUntil)}>${sayLeft(recording.keptUntil)}</span>`
            : html`<span class="chip live">${say('正在录', 'Recording')}</span>`}
        </p>
      </div>
      ${isOver
        ? html`<button class="button danger small above" aria-label="${say('删除回放', 'Delete replay')}: ${titleOf(recording)}" @click=${() => void remove(recording)}>${say('删除', 'Delete')}</button>`
        : nothing}
    </li>`;
  }

  function limits(days: number): TemplateResult {
    return html`<section class="panel" aria-labelledby="limits-title">
      <h2 id="limits-title">${say('每个卖家保留多少', 'How much is kept for each seller')}</h2>
      <p class="soft">${say('不填就按服务器的设置。天数填 0，这个卖家的直播就不录。', 'Left empty, the server’s settings hold. With 0 days the seller’s shows are not recorded.')}</p>
      ${repeat(
        sellers,
        ({ id }) => id,
        (seller) => html`<form class="inline" @submit=${(event: SubmitEvent) => void keep(event, seller)}>
          <b class="whole">${seller.name}</b>
          <label>${say('天数', 'Days')}<input name="days" type="number" inputmode="numeric" min="0" max="3650" placeholder=${days} .value=${seller.retentionDays === null ? '' : String(seller.retentionDays)} /></label>
          <label>${say('最多（GB）', 'GB at most')}<input name="gb" type="number" inputmode="numeric" min="1" max="100000" placeholder=${say('不限', 'no limit')} .value=${seller.retentionGb === null ? '' : String(seller.retentionGb)} /></label>
          <button class="button small" aria-label="${say('保存', 'Save')}: ${seller.name}">${say('保存', 'Save')}</button>
        </form>`,
      )}
    </section>`;
  }

  return {
    title: () => say('回放', 'Replays'),
    load,
    // What somebody is typing into the limits must not be overwritten by a refresh.
    async refresh() {
      storage = await desk.call(endpoints.readStorage, {});
    },
    draw() {
      if (!storage) return nothing;
      return html`
        <h1>${say('回放', 'Replays')}</h1>
        ${room(storage)}
        <div class="columns">
          <section aria-label=${say('回放列表', 'List of replays')}>
            ${storage.recordings.length === 0
              ? html`<p class="note">${say('还没有回放。每场直播都会自动录下来。', 'No replays yet. Every show is recorded by itself.')}</p>`
              : html`<ul class="list">
                  ${repeat(storage.recordings, ({ showId }) => showId, item)}
                </ul>`}
          </section>
          ${limits(storage.retentionDays)}
        </div>
      `;
    },
  };
}

function titleOf(recording: StoredRecording): string {
  return recording.title === '' ? say('已删除的直播', 'deleted show') : recording.title;
}

/** An empty field leaves it to the server. */
function numberOf(value: FormDataEntryValue | null): number | null {
  return value === null || value === '' ? null : Number(value);
}
