// Owns the button that hands a show on: the phone's own sheet where there is one, else the link is copied.
import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { shareShow } from '../../../server/protocol/endpoints/programme.ts';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import { sendShowEvent, type Visit } from '../../show/index.ts';
import { buttonStyles, tokens } from '../../ui/index.ts';
import { lobbyStyles } from './lobby.styles.ts';
import { sign } from './signs.ts';

const SAID_MS = 2_500;

/** Inside the player only. With `labelled` it carries its word beside the sign. */
export class FieldcastShareButton extends LitElement {
  static override styles = [tokens, buttonStyles, lobbyStyles];

  @property({ attribute: false }) visit: Visit | null = null;
  @property({ type: Boolean, reflect: true }) labelled = false;

  @state() private said: 'copied' | 'byHand' | 'failed' | null = null;
  @query('.link') private link!: HTMLInputElement | null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #url = '';
  #hush: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#hush);
  }

  override render() {
    const text = this.#localize.text.share;
    const { said } = this;
    return html`<span class="share">
      ${this.labelled
        ? html`<button class="button over" part="share" type="button" @click=${this.#share}>${sign('share')}${text.share}</button>`
        : html`<button class="icon-button over" part="share" type="button" aria-label=${text.share} @click=${this.#share}>${sign('share')}</button>`}
      <span role="status">
        ${said
          ? html`<span class="bubble"
              >${text[said]}${said === 'byHand' ? html`<input class="link" readonly aria-label=${text.byHand} .value=${this.#url} @blur=${() => (this.said = null)} />` : nothing}</span
            >`
          : nothing}
      </span>
    </span>`;
  }

  async #share(): Promise<void> {
    const { visit } = this;
    if (!visit) return;
    const outcome = await visit.client.call(shareShow, { params: { showId: visit.showId } });
    if (!outcome.ok) return this.#say('failed');
    const { url } = outcome.value;
    this.#url = url;
    if ('share' in navigator) {
      try {
        await navigator.share({ title: visit.store.snapshot?.show.title ?? '', url });
        return this.#tellShared(visit);
      } catch (fault) {
        // Closed without choosing is a choice; everything else (no sheet after all) goes on to copying.
        if ((fault as Error).name === 'AbortError') return;
      }
    }
    try {
      await navigator.clipboard.writeText(url);
      this.#say('copied');
      this.#tellShared(visit);
    } catch {
      // No clipboard on plain http or in a frame: selected, the link can be copied by hand.
      clearTimeout(this.#hush);
      this.said = 'byHand';
      await this.updateComplete;
      this.link?.focus();
      this.link?.select();
    }
  }

  #tellShared(visit: Visit): void {
    sendShowEvent(this, visit, 'fieldcast-interaction', { deed: 'share', count: 1 });
  }

  #say(what: 'copied' | 'failed'): void {
    this.said = what;
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => (this.said = null), SAID_MS);
  }
}
