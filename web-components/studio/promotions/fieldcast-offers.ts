// Owns the page of promotions where it stands alone, as on an operator's desk: a connection of its own, and what was just done.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages } from '../../i18n/promotion-desk.ts';
import { OwnStaffRoom } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { type Notice, onNotice } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import type { OfferRoom } from './starter-form.ts';

const NOTICE_MS = 10_000;

/**
 * The promotions of one show for its staff: what is on, starting one, ending one. Stands on the server's own origin, on a device that is
 * signed in as host, operator or helper with the right `shelf`.
 *
 * @tag fieldcast-offers
 * @attr {string} show - Show id.
 * @attr {string} lang - `zh-CN` or `en`; the page's or the browser's language by default.
 * @example <script type="module" src="/fieldcast-offers.js"></script><fieldcast-offers show="shw_…"></fieldcast-offers>
 */
export class FieldcastOffers extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        /* Always light, as the studio is. */
        color-scheme: light;
        position: relative;
        container-type: inline-size;
        border-radius: 14px;
        background: var(--fc-sunken);
        color: var(--fc-text);
      }
      .empty {
        padding: 16px;
      }
      .notice {
        position: sticky;
        inset-block-end: 8px;
        display: flex;
        align-items: center;
        gap: 10px;
        margin: 8px;
        padding: 6px 6px 6px 18px;
        border-radius: 18px;
        background: #12201a;
        color: #fff;
        font-size: 17px;
        font-weight: 600;
      }
      .notice.fault {
        background: #7a1009;
      }
      .notice p {
        flex: 1;
        min-inline-size: 0;
      }
      .notice .act {
        min-block-size: 52px;
        border-color: transparent;
        background: #fff;
        color: #12201a;
      }
    `,
  ];

  @property() show = '';
  @state() private notice: Notice | null = null;
  readonly #words = new Localize(this, promotionDeskMessages);
  readonly #own = new OwnStaffRoom(() => this.#opened());
  #room: OfferRoom | null = null;
  #stop: (() => void) | null = null;
  #hushing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    onNotice(this, (notice) => this.#tell(notice));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#own.close();
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(): void {
    if (this.isConnected && this.show) this.#own.open(this.show);
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const snapshot = this.#room?.store.snapshot ?? null;
    const fault = this.#own.fault ?? this.#room?.store.error ?? null;
    if (!this.#room || !snapshot) return html`<p class="empty" role=${fault ? 'alert' : 'status'}>${fault ? words.errors[fault.code] : words.loading}</p>`;
    return html`<fieldcast-studio-promotions .room=${this.#room} .snapshot=${snapshot}></fieldcast-studio-promotions>
      <div role="status">
        ${this.notice
          ? html`<div class="notice ${this.notice.isFault ? 'fault' : ''}"><p>${this.notice.text}</p>${this.notice.undo ? html`<button class="act" type="button" @click=${() => void this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}</div>`
          : nothing}
      </div>`;
  }

  #opened(): void {
    const { room, store } = this.#own;
    this.#stop?.();
    this.#room = room && store ? { showId: room.showId, client: room.client, store } : null;
    this.#stop = store?.subscribe(() => this.requestUpdate()) ?? null;
    this.requestUpdate();
  }

  #tell(notice: Notice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const { notice } = this;
    this.notice = null;
    await notice?.undo?.();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-offers': FieldcastOffers;
  }
}
