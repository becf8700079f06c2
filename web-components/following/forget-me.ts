// Owns being forgotten: asked twice, because it cannot be undone, then nothing of this viewer is left on the server and on this page.
import { html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { forgetMe } from '../../server/protocol/endpoints/following.ts';
import { Localize } from '../i18n/index.ts';
import { type FollowingMessages, followingMessages } from '../i18n/following.ts';
import { buttonStyles, tokens } from '../ui/index.ts';
import { followingStyles } from './following.styles.ts';
import type { FollowLink } from './link.ts';
import { endPush } from './push.ts';

/**
 * Inside other elements only.
 * @fires {CustomEvent} fieldcast-forgotten - The server knows nothing of this viewer any more.
 */
export class FieldcastForgetMe extends LitElement {
  static override styles = [tokens, buttonStyles, followingStyles];

  @property({ attribute: false }) link: FollowLink | null = null;
  @state() private stage: 'offered' | 'sure' | 'busy' | 'done' | 'failed' = 'offered';

  #localize = new Localize<FollowingMessages>(this, followingMessages);

  override render() {
    const { forget } = this.#localize.text;
    if (this.stage === 'done') return html`<p role="status">${forget.done}</p>`;
    if (this.stage === 'offered') return html`<button class="quiet" type="button" @click=${() => (this.stage = 'sure')}>${forget.offer}</button>`;
    return html`<div class="forget" role="group" aria-label=${forget.offer}>
      <p>${forget.what}</p>
      <span class="row">
        <button class="button" type="button" ?disabled=${this.stage === 'busy'} @click=${this.#forget}>${forget.sure}</button>
        <button class="button" type="button" ?disabled=${this.stage === 'busy'} @click=${() => (this.stage = 'offered')}>${forget.keep}</button>
      </span>
      <p role="status">${this.stage === 'failed' ? this.#localize.text.failed : ''}</p>
    </div>`;
  }

  async #forget(): Promise<void> {
    const { link } = this;
    if (!link) return;
    this.stage = 'busy';
    const outcome = await link.client.call(forgetMe, {});
    if (!outcome.ok) {
      this.stage = 'failed';
      return;
    }
    await endPush().catch(() => undefined);
    // Asked to refresh, the provider forgets: the next call makes another viewer.
    await link.viewer?.provider?.(true);
    this.stage = 'done';
    this.dispatchEvent(new CustomEvent('fieldcast-forgotten', { bubbles: true, composed: true }));
  }
}
