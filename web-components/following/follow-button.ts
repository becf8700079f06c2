// Owns the button that follows a seller: no account, one tap, taken back by another.
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { followSeller, readFollow, readReminder, unfollowSeller } from '../../server/protocol/endpoints/following.ts';
import type { Following } from '../../server/protocol/following.ts';
import { Localize } from '../i18n/index.ts';
import { type FollowingMessages, followingMessages } from '../i18n/following.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { followingStyles } from './following.styles.ts';
import { followNews, type FollowLink } from './link.ts';
import { askForPush, pushAbility } from './push.ts';

/**
 * Inside other elements only.
 * @fires {CustomEvent<{ isFollowing: boolean }>} fieldcast-follow - After a tap that the server has confirmed.
 */
export class FieldcastFollowButton extends LitElement {
  static override styles = [tokens, buttonStyles, followingStyles];

  @property({ attribute: false }) link: FollowLink | null = null;
  @property() seller = '';
  /** Of a show of that seller: by it the browser is asked for push messages. Without one it is not. */
  @property() show = '';
  /** Over the dark stage. */
  @property({ type: Boolean, reflect: true }) over = false;

  /** Without the number of followers, where there is little room. */
  @property({ type: Boolean }) short = false;

  @state() private following: Following | null = null;
  @state() private said: 'failed' | 'denied' | 'pushFailed' | null = null;
  @state() private isPushed = false;
  @state() private isBusy = false;

  #localize = new Localize<FollowingMessages>(this, followingMessages);
  #asked = '';
  #onNews = (event: Event) => {
    const { detail } = event as CustomEvent<Following>;
    if (detail.sellerId === this.seller) this.following = detail;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    followNews.addEventListener('changed', this.#onNews);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    followNews.removeEventListener('changed', this.#onNews);
  }

  protected override willUpdate(): void {
    if (!this.link || this.seller === '' || this.#asked === this.seller) return;
    this.#asked = this.seller;
    void this.#read(this.link);
  }

  override render() {
    const { text } = this.#localize;
    const { following, isBusy } = this;
    // What cannot be read is no reason to stand in anybody's way.
    if (!following) return nothing;
    const { isFollowing, followers, sellerName } = following;
    const style = this.over ? 'over' : isFollowing ? '' : 'primary';
    const mayAsk = isFollowing && !this.isPushed && this.show !== '' && this.link && pushAbility(this.link.serverUrl) === 'here' && Notification.permission !== 'denied';
    return html`<div class="follow">
      <button class="button ${style}" part="follow" type="button" aria-pressed=${isFollowing ? 'true' : 'false'} ?disabled=${isBusy} @click=${this.#toggle}>
        ${icon(isFollowing ? 'check' : 'plus')}<span>${isFollowing ? text.following(sellerName) : text.follow(sellerName)}</span>
      </button>
      ${followers > 0 && !this.short ? html`<span class="count">${text.followers(this.#localize.number(followers), followers)}</span>` : nothing}
      ${mayAsk ? html`<button class="button ${this.over ? 'over' : ''}" type="button" part="notify" ?disabled=${isBusy} @click=${this.#push}>${icon('bell')}<span>${text.tellHere}</span></button>` : nothing}
      <span role="status" class="said">${this.said ? text[this.said] : isFollowing && this.isPushed ? text.willTell : nothing}</span>
    </div>`;
  }

  async #read({ client }: FollowLink): Promise<void> {
    const outcome = await client.call(readFollow, { params: { sellerId: this.seller } });
    if (outcome.ok) this.following = outcome.value;
    else this.#asked = '';
  }

  async #toggle(): Promise<void> {
    const { link, following } = this;
    if (!link || !following) return;
    this.isBusy = true;
    this.said = null;
    const params = { sellerId: this.seller };
    if (following.isFollowing) {
      const outcome = await link.client.call(unfollowSeller, { params });
      if (outcome.ok) this.#changed(outcome.value);
      else this.said = 'failed';
    } else {
      const outcome = await link.client.call(followSeller, { params, body: {} });
      if (outcome.ok) {
        if (outcome.value.viewerToken) link.viewer?.keep(outcome.value.viewerToken);
        this.#changed(outcome.value);
      } else this.said = 'failed';
    }
    this.isBusy = false;
  }

  #changed(following: Following): void {
    this.following = following;
    followNews.dispatchEvent(new CustomEvent('changed', { detail: following }));
    this.dispatchEvent(new CustomEvent('fieldcast-follow', { detail: { isFollowing: following.isFollowing }, bubbles: true, composed: true }));
  }

  async #push(): Promise<void> {
    const { link } = this;
    if (!link) return;
    this.isBusy = true;
    this.said = null;
    const reminder = await link.client.call(readReminder, { params: { showId: this.show } });
    const asked = reminder.ok ? await askForPush(link.client.call, reminder.value.publicKey, this.#localize.locale) : ({ ok: false, why: 'failed' } as const);
    if (asked.ok) {
      if (asked.viewerToken) link.viewer?.keep(asked.viewerToken);
      this.isPushed = true;
    } else this.said = asked.why === 'denied' ? 'denied' : 'pushFailed';
    this.isBusy = false;
  }
}
