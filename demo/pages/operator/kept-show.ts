// Owns what is left of a show on the operator's desk: its replay with chapters, downloads, the record of pins, and deleting either or all.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Replay, type ReplayState, type Show } from '../../../server/protocol/index.ts';
import { ApiError } from '../../api.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';
import { confirm } from './dialogs.ts';
import { sayLeft, sayLength } from './measures.ts';

export interface KeptShowPart {
  /** @param state what the show's snapshot says: without a replay there is nothing to ask for */
  load(state: ReplayState): Promise<void>;
  draw(show: Show): TemplateResult;
}

export function keptShowPart(desk: Desk, showId: string): KeptShowPart {
  let replay: Replay | null = null;
  let hasCaptions = false;

  async function load(state: ReplayState): Promise<void> {
    if (state === 'none') {
      replay = null;
      return;
    }
    try {
      replay = await desk.call(endpoints.readReplay, { params: { showId } });
      hasCaptions = (await desk.call(endpoints.readCaptions, { params: { showId }, query: { limit: '1' } })).lines.length > 0;
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.code === 'replay.not-found')) throw error;
      replay = null;
    }
  }

  async function download(): Promise<void> {
    await desk.act(async () => {
      const { url } = await desk.call(endpoints.openDownload, { params: { showId }, body: {} });
      save(url, '');
    });
  }

  const downloadPins = (show: Show): Promise<void> => downloadFile('pins/log.csv', `${show.title}.csv`);
  const downloadCaptions = (show: Show): Promise<void> => downloadFile('captions.vtt', `${show.title}.vtt`);

  async function downloadFile(path: string, name: string): Promise<void> {
    await desk.act(async () => {
      const response = await fetch(`/api/v1/shows/${encodeURIComponent(showId)}/${path}`, { headers: { authorization: `Bearer ${await desk.token()}` } });
      if (!response.ok) throw new ApiError(await response.json());
      const url = URL.createObjectURL(await response.blob());
      save(url, name);
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  async function removeReplay(show: Show): Promise<void> {
    const yes = await confirm(desk, {
      title: say('删除回放？', 'Delete the replay?'),
      text: say(`“${show.title}”的回放删除后不能恢复。订单和讲解记录还在。`, `The replay of “${show.title}” cannot be brought back. Orders and the record of what was shown stay.`),
      action: say('删除回放', 'Delete the replay'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.deleteReplay, { params: { showId } });
        replay = null;
      },
      { text: say('回放已删除', 'Replay deleted') },
    );
  }

  async function removeShow(show: Show): Promise<void> {
    const yes = await confirm(desk, {
      title: say(`永久删除“${show.title}”？`, `Delete “${show.title}” for good?`),
      text: say(
        '回放、聊天、讲解记录、链接，以及订单里买家的姓名、电话、地址都会删掉，不能恢复。订单只留下数字供记账。',
        'The replay, chat, record of what was shown, links, and the names, phones and addresses in its orders are erased and cannot be brought back. Orders stay as numbers for the books.',
      ),
      action: say('永久删除', 'Delete for good'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.deleteShow, { params: { showId } });
        location.hash = '#/shows';
      },
      { text: say('直播已删除', 'Show deleted') },
    );
  }

  function chapters({ chapters: all }: Replay): TemplateResult | typeof nothing {
    if (all.length === 0) return nothing;
    return html`<details>
      <summary>${say(`讲解片段 ${all.length} 段`, `${all.length} ${all.length === 1 ? 'chapter' : 'chapters'}`)}</summary>
      <ul class="lines">
        ${all.map(
          (chapter) => html`<li class="row tight">
            <span class="soft">${sayLength(chapter.startMs)}</span>
            <span class="grow">${chapter.name}</span>
            <span class="soft">${sayLength(chapter.endMs - chapter.startMs)}</span>
            <a class="button quiet small" href=${chapter.clipUrl} download aria-label="${say('下载片段', 'Download clip')}: ${chapter.name}">${say('下载', 'Clip')}</a>
          </li>`,
        )}
      </ul>
    </details>`;
  }

  return {
    load,
    draw(show) {
      const isOn = show.status === 'live' || show.status === 'paused';
      const isReady = replay?.state === 'ready';
      return html`<section class="panel" aria-labelledby="kept-title">
        <h2 id="kept-title">${say('回放和记录', 'Replay and record')}</h2>
        ${replay === null
          ? html`<p class="soft">${show.status === 'ended' ? say('这场直播没有回放。', 'There is no replay of this show.') : say('开播后会自动录下来。', 'The show is recorded by itself once it is live.')}</p>`
          : html`<p class="row tight">
                ${isReady ? nothing : html`<span class="chip live">${say('正在录', 'Recording')}</span>`}
                <b>${say(`时长 ${sayLength(replay.durationMs)}`, `${sayLength(replay.durationMs)} long`)}</b>
                ${replay.keptUntil === null ? nothing : html`<span class="soft">${sayLeft(replay.keptUntil)}</span>`}
              </p>
              ${chapters(replay)}`}
        <p class="row">
          ${isReady ? html`<button class="button quiet small" @click=${() => void download()}>${say('下载整场视频', 'Download the whole show')}</button>` : nothing}
          ${replay && hasCaptions ? html`<button class="button quiet small" @click=${() => void downloadCaptions(show)}>${say('下载字幕', 'Download the captions')}</button>` : nothing}
          ${show.startedAt === null ? nothing : html`<button class="button quiet small" @click=${() => void downloadPins(show)}>${say('下载讲解记录', 'Download what was shown when')}</button>`}
        </p>
        ${isOn
          ? nothing
          : html`<p class="row">
              ${isReady ? html`<button class="button danger small" @click=${() => void removeReplay(show)}>${say('删除回放', 'Delete the replay')}</button>` : nothing}
              <button class="button danger small" @click=${() => void removeShow(show)}>${say('永久删除这场直播', 'Delete the show for good')}</button>
            </p>`}
      </section>`;
    },
  };
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
