// Owns what a seller has of a show that is over: watching it, sending it to buyers, saving it and its clips on the phone.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { openDownload, readReplay, shareShow } from '../../server/protocol/endpoints.ts';
import type { Chapter, Replay, ReplayState } from '../../server/protocol/replay.ts';
import type { Show } from '../../server/protocol/show.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { type Client, clockText } from '../show/index.ts';
import { icon, picture, pictureStyles, tokens } from '../ui/index.ts';
import { sign } from '../ui/signs.ts';
import { tell } from './notice.ts';
import { studioStyles } from './studio.styles.ts';

export class FieldcastStudioReplay extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    pictureStyles,
    css`
      .box {
        display: grid;
        gap: 12px;
        padding: 16px;
        border-radius: 16px;
        background: var(--fc-surface);
        font-size: 17px;
        text-align: start;
      }
      .top {
        display: flex;
        align-items: baseline;
        gap: 10px;
        font-size: 17px;
      }
      h3 {
        font-size: 20px;
        font-weight: 750;
      }
      .top span,
      .kept {
        color: var(--fc-muted);
      }
      .top b {
        flex: 1;
      }
      .address {
        min-block-size: 56px;
        padding: 0 12px;
        border: 2px solid var(--fc-field-line);
        border-radius: 14px;
        background: var(--fc-sunken);
        color: var(--fc-text);
      }
      video {
        inline-size: 100%;
        max-block-size: 70vh;
        border-radius: 12px;
        background: #000;
      }
      .two {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
      }
      .two .act {
        padding-inline: 8px;
        font-size: 17px;
      }
      summary {
        display: flex;
        align-items: center;
        min-block-size: 56px;
        font-weight: 700;
        cursor: pointer;
      }
      summary::after {
        content: '';
        margin-inline-start: auto;
        inline-size: 10px;
        block-size: 10px;
        margin-inline-end: 6px;
        border: solid currentColor;
        border-width: 0 3px 3px 0;
        transform: rotate(45deg);
      }
      details[open] summary::after {
        transform: rotate(225deg);
      }
      li {
        display: flex;
        align-items: center;
        gap: 12px;
        min-block-size: 72px;
      }
      li .what {
        flex: 1;
        min-inline-size: 0;
        display: grid;
      }
      li small {
        color: var(--fc-muted);
        font-size: 16px;
      }
      .frame {
        position: relative;
        flex: none;
        inline-size: 56px;
        block-size: 64px;
        overflow: hidden;
        border-radius: 10px;
      }
      .frame > * {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
    `,
  ];

  @property({ attribute: false }) client!: Client;
  @property({ attribute: false }) show!: Show;
  /** As the show's snapshot tells it. */
  @property({ attribute: false }) status: ReplayState = 'none';
  @state() private replay: Replay | null = null;
  @state() private watchUrl = '';
  /** Of a rehearsal that is being watched again. */
  @state() private playing = '';
  @state() private isSaving = false;
  /** No way to send or copy on this phone: the address stands there to be copied. */
  @state() private isByHand = false;

  #words = new Localize(this, studioMessages);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('status')) return;
    this.replay = null;
    if (this.status === 'ready') void this.#load();
  }

  override render(): TemplateResult {
    const { ended } = this.#words.text;
    const { replay } = this;
    const isRehearsal = this.show.kind === 'rehearsal';
    if (this.status === 'none') return html`<p class="box">${ended.replayNone}</p>`;
    if (!replay) return html`<p class="box" role="status">${ended.replayComing}</p>`;
    return html`<section class="box" aria-label=${ended.replay}>
      <div class="top">
        <h3>${ended.replay}</h3>
        <b>${clockText(replay.durationMs)}</b>
        ${replay.keptUntil === null ? nothing : html`<span>${ended.keptUntil(this.#words.date(replay.keptUntil))}</span>`}
      </div>
      ${isRehearsal ? (this.playing ? html`<video controls autoplay playsinline src=${this.playing}></video>` : nothing) : html`<button class="act wide" type="button" @click=${this.#send}>${sign('share')}${ended.send}</button>`}
      ${this.isByHand ? html`<input class="address" readonly aria-label=${ended.send} .value=${this.watchUrl} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />` : nothing}
      <div class="two">
        ${isRehearsal
          ? html`<button class="act" type="button" @click=${() => void this.#watch()}>${icon('play')}${ended.watch}</button>`
          : html`<a class="act" href=${this.watchUrl} target="_blank" rel="noopener">${icon('play')}${ended.watch}</a>`}
        <button class="act" type="button" ?disabled=${this.isSaving} @click=${() => void this.#save()}>${sign('save')}${this.isSaving ? ended.saving : ended.save}</button>
      </div>
      ${replay.chapters.length > 0
        ? html`<details>
            <summary>${ended.clips(replay.chapters.length)}</summary>
            <ul>
              ${replay.chapters.map((chapter) => this.#clip(chapter))}
            </ul>
          </details>`
        : nothing}
    </section>`;
  }

  #clip({ name, pictureId, thumbnailUrl, startMs, endMs, clipUrl }: Chapter): TemplateResult {
    const { serverUrl } = this.client;
    return html`<li>
      <span class="frame">${picture(serverUrl, pictureId, '', '64px')}<img alt="" loading="lazy" src=${serverUrl + thumbnailUrl} @error=${(event: Event) => ((event.target as HTMLElement).hidden = true)} /></span>
      <span class="what"><b>${name}</b><small>${clockText(startMs)} – ${clockText(endMs)}</small></span>
      <a class="act" href=${serverUrl + clipUrl} download aria-label=${this.#words.text.ended.saveClip(name)}>${sign('save')}</a>
    </li>`;
  }

  async #load(): Promise<void> {
    const params = { showId: this.show.id };
    const [replay, share] = await Promise.all([this.client.call(readReplay, { params }), this.client.call(shareShow, { params })]);
    if (share.ok) this.watchUrl = share.value.url;
    if (replay.ok) this.replay = replay.value;
    else if (this.isConnected) tell(this, { text: this.#words.text.errors[replay.error.code], isFault: true });
  }

  /** The phone's own list of apps; where there is none, the clipboard. Both have to be asked within the tap. */
  #send(): void {
    const url = this.watchUrl;
    if (navigator.share) {
      void navigator.share({ title: this.show.title, url }).catch(() => undefined);
      return;
    }
    const byHand = (): void => {
      this.isByHand = true;
    };
    if (!navigator.clipboard) byHand();
    else navigator.clipboard.writeText(url).then(() => tell(this, { text: this.#words.text.ended.copied }), byHand);
  }

  async #save(): Promise<void> {
    this.isSaving = true;
    const url = await this.#file();
    this.isSaving = false;
    if (url) location.assign(url);
  }

  /** A rehearsal has no page where anybody watches it, so it is watched here. */
  async #watch(): Promise<void> {
    this.playing = (await this.#file()) ?? '';
  }

  async #file(): Promise<string | undefined> {
    const opened = await this.client.call(openDownload, { params: { showId: this.show.id }, body: {} });
    if (opened.ok) return this.client.serverUrl + opened.value.url;
    tell(this, { text: this.#words.text.errors[opened.error.code], isFault: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-studio-replay': FieldcastStudioReplay;
  }
}
