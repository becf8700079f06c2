// Owns looking back with a trainer: which rehearsals are over, and of one of them the recording beside the sheet and the data.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { readPractice, readReplay } from '../../../server/protocol/endpoints.ts';
import type { Replay } from '../../../server/protocol/replay.ts';
import type { PracticeReport } from '../../../server/protocol/scoring.ts';
import type { CoachShow } from '../../../server/protocol/training.ts';
import { Localize } from '../../i18n/index.ts';
import { scoreMessages } from '../../i18n/scores.ts';
import type { OpenRecording } from '../../playback/replay-engine.ts';
import type { Client } from '../../show/index.ts';
import { buttonStyles, icon, tokens } from '../../ui/index.ts';
import type { CoachNotice } from '../coach-part.ts';
import { reviewStyles } from './review.styles.ts';

const NOTICE_MS = 8_000;

/**
 * @tag fieldcast-coach-review
 * @prop {Client | null} client - Of the coach.
 * @prop {readonly CoachShow[]} shows - Those whom this coach coaches, as the server lists them.
 */
export class FieldcastCoachReview extends LitElement {
  static override styles = [tokens, buttonStyles, reviewStyles];

  @property({ attribute: false }) client: Client | null = null;
  @property({ attribute: false }) shows: readonly CoachShow[] = [];
  @state() private showId: string | null = null;
  @state() private replay: Replay | null | 'none' = null;
  @state() private report: PracticeReport | null = null;
  @state() private isBroken = false;
  @state() private notice: CoachNotice | null = null;
  @query('video') private video!: HTMLVideoElement | null;
  readonly #words = new Localize(this, scoreMessages);
  #open: OpenRecording | null = null;
  #hushing: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#open?.close();
    this.#open = null;
    clearTimeout(this.#hushing);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('replay')) void this.#play();
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const over = this.shows.filter(({ show, standing }) => show.kind === 'rehearsal' && show.status === 'ended' && standing === 'allowed');
    const chosen = over.find(({ show }) => show.id === this.showId)?.show;
    if (!chosen) {
      return html`<div class="stack pad">
        ${over.length === 0 ? html`<h2>${words.reviewEmpty}</h2><p class="soft">${words.reviewEmptyHint}</p>` : html`<p>${words.reviewPick}</p>`}
        <div class="list">
          ${over.map(
            ({ show }) => html`<button class="button" type="button" @click=${() => void this.#choose(show.id)}>
              <span class="grow"><strong>${show.hostName}</strong> · ${show.title}<br /><span class="soft">${words[show.kind]}${show.startedAt === null ? nothing : html` · ${this.#words.dateTime(show.startedAt)}`}</span></span>${icon('forward')}
            </button>`,
          )}
        </div>
      </div>`;
    }
    return html`<div class="stack pad" @coach-notice=${(event: CustomEvent<CoachNotice>) => this.#tell(event)} @score-jump=${(event: CustomEvent<number>) => this.#jump(event.detail)}>
      <div class="row screen">
        <button class="icon-button" type="button" aria-label=${words.back} @click=${() => void this.#choose(null)}>${icon('back')}</button>
        <h2 class="grow">${chosen.hostName} · ${chosen.title}</h2>
      </div>
      <div class="sides">
        <div class="side left screen">
          ${this.replay === 'none' ? html`<p class="card soft">${words.noRecording}</p>` : html`<video controls playsinline preload="metadata" aria-label=${words.recording}></video>`}
          ${this.isBroken ? html`<p class="fault" role="alert">${words.recordingFault}</p>` : nothing}
        </div>
        <div class="side">
          <fieldcast-score-sheet .client=${this.client} .showId=${chosen.id} .moment=${this.#moment}></fieldcast-score-sheet>
          <fieldcast-practice-helpers .report=${this.report}></fieldcast-practice-helpers>
        </div>
      </div>
      <div role="status" class="screen notice-place">${this.notice ? html`<p class="card ${this.notice.isFault ? 'fault' : ''}"><span class="row"><span class="grow">${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${() => this.#undo()}>${icon('undo')}${this.notice.undo.label}</button>` : nothing}</span></p>` : nothing}</div>
    </div>`;
  }

  readonly #moment = (): number | null => (this.video && this.#open ? this.video.currentTime * 1000 : null);

  async #choose(showId: string | null): Promise<void> {
    this.#open?.close();
    this.#open = null;
    this.showId = showId;
    this.replay = null;
    this.report = null;
    this.isBroken = false;
    const { client } = this;
    if (showId === null || !client) return;
    const params = { showId };
    const [replay, report] = await Promise.all([client.call(readReplay, { params }), client.call(readPractice, { params })]);
    if (showId !== this.showId) return;
    this.replay = replay.ok && replay.value.hlsUrl !== null ? replay.value : 'none';
    this.report = report.ok ? report.value : null;
  }

  async #play(): Promise<void> {
    const { replay, client } = this;
    if (replay === null || replay === 'none' || replay.hlsUrl === null || !client) return;
    const { openRecording } = await import('../../playback/replay-engine.ts');
    const { video } = this;
    if (!video || replay !== this.replay) return;
    this.#open = openRecording(video, { url: new URL(replay.hlsUrl, client.serverUrl).href, startMs: 0, onFault: () => (this.isBroken = true) });
  }

  #jump(timeMs: number): void {
    const { video } = this;
    if (!video) return;
    video.currentTime = timeMs / 1000;
    void video.play().catch(() => undefined);
    video.scrollIntoView({ block: 'nearest' });
  }

  #tell(event: CustomEvent<CoachNotice>): void {
    event.stopPropagation();
    clearTimeout(this.#hushing);
    this.notice = event.detail;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  #undo(): void {
    const { notice } = this;
    this.notice = null;
    void notice?.undo?.run();
  }
}
