// Owns telling a buyer what the shop said to a tap: over whatever is open, read aloud, until it is closed or the next tap.
import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Messages } from '../i18n/en.ts';
import { type HostShopMessages, hostShopMessages } from '../i18n/host-shop.ts';
import { Localize } from '../i18n/index.ts';
import { viewerMessages } from '../i18n/viewer.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import type { HostShop } from './host-shop.ts';

/** Private to `<fieldcast-live>`. */
export class FieldcastHostNotice extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      :host {
        position: absolute;
        inset-inline: 12px;
        inset-block-end: max(84px, calc(env(safe-area-inset-bottom) + 76px));
        z-index: 3;
        display: flex;
        justify-content: flex-end;
        pointer-events: none;
      }
      [role='alert'] {
        inline-size: 100%;
        max-inline-size: 408px;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 8px 4px 8px 14px;
        border-radius: var(--fc-radius-small);
        background: #20241f;
        color: #fff;
        font-size: 15px;
        box-shadow: 0 6px 24px rgb(0 0 0 / 0.35);
        pointer-events: auto;
      }
      .notice p {
        flex: 1;
        overflow-wrap: anywhere;
      }
      .notice > .icon {
        flex: none;
        inline-size: 24px;
        block-size: 24px;
        color: #ffc9a8;
      }
      .icon-button {
        flex: none;
        background: transparent;
        color: #fff;
      }
      .icon-button:focus-visible {
        outline-color: #fff;
      }
    `,
  ];

  @property({ attribute: false }) shop!: HostShop;

  #words = new Localize<HostShopMessages>(this, hostShopMessages);
  #viewer = new Localize<Messages>(this, viewerMessages);
  #stop: (() => void) | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  override render() {
    this.#stop ??= this.shop.subscribe(() => this.requestUpdate());
    const { text } = this.#words;
    const { notice } = this.shop;
    return html`<div role="alert">
      ${notice
        ? html`<div class="notice" part="host-notice">
            ${icon('alert')}
            <p>${text.notices[notice.reason](notice.name)}${notice.message ? html`<br />${text.shopSays(notice.message)}` : nothing}</p>
            <button class="icon-button" type="button" aria-label=${this.#viewer.text.common.close} @click=${() => this.shop.hush()}>${icon('close')}</button>
          </div>`
        : nothing}
    </div>`;
  }
}
