// Owns the staff's desk of a show's room: what there is to rule, one page each, and what was just done.
import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { exportChat, listFlagged } from '../../server/protocol/endpoints.ts';
import { deskMessages } from '../i18n/desk.ts';
import { Localize } from '../i18n/index.ts';
import { buttonStyles, icon, type IconName, rowStyles, tokens } from '../ui/index.ts';
import type { DeskNotice } from './desk-part.ts';
import { deskStyles } from './desk.styles.ts';
import { OwnStaffRoom } from '../show/index.ts';
import type { DeskRoom } from './room.ts';

const NOTICE_MS = 10_000;
const signs = { stage: 'signal', waiting: 'bell', rules: 'edit', people: 'muted', helpers: 'user', log: 'clock' } as const satisfies Record<string, IconName>;
type Section = keyof typeof signs;

/**
 * What the staff of a show have to rule its room: messages that wait, rules of the chat, who may not write, helpers, the log, and the
 * chat as a table. Stands on the server's own origin, on a device that is signed in as host, operator or helper with the right `chat`.
 *
 * @tag fieldcast-desk
 * @attr {string} show - Show id, where the page has no connection of its own to give.
 * @prop {DeskRoom | null} room - The open show's connection.
 */
export class FieldcastDesk extends LitElement {
  static override styles = [tokens, buttonStyles, rowStyles, deskStyles];

  @property() show = '';
  @property({ attribute: false }) room: DeskRoom | null = null;
  @state() private section: Section | null = null;
  @state() private waiting = 0;
  @state() private notice: DeskNotice | null = null;
  readonly #words = new Localize(this, deskMessages);
  readonly #own = new OwnStaffRoom(() => this.requestUpdate());
  #room: DeskRoom | null = null;
  #stops: (() => void)[] = [];
  #hushing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
    this.#own.close();
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(): void {
    if (!this.isConnected) return;
    if (!this.room && this.show) this.#own.open(this.show);
    this.#follow(this.room ?? this.#own.room);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('section') && changed.get('section') !== undefined) this.scrollIntoView({ block: 'start' });
  }

  protected override render(): TemplateResult {
    const room = this.#room;
    const words = this.#words.text;
    if (!room) {
      const { fault } = this.#own;
      return html`<p class="empty" role=${fault ? 'alert' : 'status'}>${fault ? words.errors[fault.code] : words.loading}</p>`;
    }
    return html`<div class="desk" @desk-notice=${(event: CustomEvent<DeskNotice>) => this.#tell(event.detail)}>
      ${this.section === null ? this.#menu(room) : this.#section(room, this.section)}
      <div role="status" class="notice-place">
        ${this.notice
          ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}"><span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${() => void this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}</p>`
          : nothing}
      </div>
    </div>`;
  }

  #menu(room: DeskRoom): TemplateResult {
    const words = this.#words.text;
    const sections = (Object.keys(signs) as Section[]).filter((name) => name !== 'helpers' || room.session.role !== 'helper');
    const hint = (name: Section): string => (name === 'waiting' ? words.hints.waiting(this.waiting) : words.hints[name]);
    return html`<ul class="menu">
      ${sections.map(
        (name) => html`<li>
          <button type="button" @click=${() => (this.section = name)}>
            ${icon(signs[name])}<span class="grow"><strong>${words.sections[name]}</strong><span class="soft">${hint(name)}</span></span>
            ${name === 'waiting' && this.waiting > 0 ? html`<span class="count" aria-hidden="true">${this.waiting}</span>` : nothing}${icon('forward')}
          </button>
        </li>`,
      )}
      <li>
        <button type="button" @click=${() => void this.#download(room)}>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d="M12 4v11M7 10.500l5 5 5-5M4.500 19.500h15"/>`}</svg>
          <span class="grow"><strong>${words.download}</strong><span class="soft">${words.downloadHint}</span></span>
        </button>
      </li>
    </ul>`;
  }

  #section(room: DeskRoom, name: Section): TemplateResult {
    const words = this.#words.text;
    const pages: Record<Section, () => TemplateResult> = {
      stage: () => html`<fieldcast-desk-stage .room=${room}></fieldcast-desk-stage>`,
      waiting: () => html`<fieldcast-desk-waiting .room=${room}></fieldcast-desk-waiting>`,
      rules: () => html`<fieldcast-desk-rules .room=${room}></fieldcast-desk-rules>`,
      people: () => html`<fieldcast-desk-people .room=${room}></fieldcast-desk-people>`,
      helpers: () => html`<fieldcast-desk-helpers .room=${room}></fieldcast-desk-helpers>`,
      log: () => html`<fieldcast-desk-log .room=${room}></fieldcast-desk-log>`,
    };
    return html`<header class="head"><button class="icon-button" type="button" aria-label=${words.back} @click=${() => (this.section = null)}>${icon('back')}</button><h2>${words.sections[name]}</h2></header>
      ${pages[name]()}`;
  }

  #follow(room: DeskRoom | null): void {
    if (room === this.#room) return;
    for (const stop of this.#stops) stop();
    this.#room = room;
    this.#stops = [];
    if (!room) return;
    const { client, showId } = room;
    const count = async (): Promise<void> => {
      const listed = await client.call(listFlagged, { params: { showId } });
      if (listed.ok && room === this.#room) this.waiting = listed.value.flagged.length;
    };
    this.#stops = [
      client.on('chat.flagged', (event) => void (event.showId === showId && count())),
      client.on('chat.changed', (event) => void (event.showId === showId && this.waiting > 0 && count())),
    ];
    void count();
  }

  async #download({ client, showId }: DeskRoom): Promise<void> {
    const file = await client.call(exportChat, { params: { showId }, timeoutMs: 60_000 });
    if (!file.ok) return this.#tell({ text: this.#words.text.errors[file.error.code], isFault: true });
    const url = URL.createObjectURL(file.value as Blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = `chat-${showId}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  #tell(notice: DeskNotice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const { notice } = this;
    this.notice = null;
    if (notice?.undo && !(await notice.undo())) this.#tell({ text: this.#words.text.errors.internal, isFault: true });
  }
}
