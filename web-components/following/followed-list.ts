// Owns the list of sellers that this device follows: who is on now, who comes next. For browsers without push it is how one hears of shows.
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { followSeller, listFollowed, unfollowSeller } from '../../server/protocol/endpoints/following.ts';
import type { FollowedSellers } from '../../server/protocol/following.ts';
import { Localize } from '../i18n/index.ts';
import { type FollowingMessages, followingMessages } from '../i18n/following.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { followingStyles } from './following.styles.ts';
import { followNews, type FollowLink } from './link.ts';

type Seller = FollowedSellers['sellers'][number];

/** Inside the list of shows only. Nothing stands there for who follows nobody. */
export class FieldcastFollowedList extends LitElement {
  static override styles = [tokens, buttonStyles, followingStyles];

  @property({ attribute: false }) link: FollowLink | null = null;
  /** Address of a show's page. */
  @property({ attribute: false }) pageOf: (show: NonNullable<Seller['next']>) => string = () => '#';

  @state() private sellers: readonly Seller[] = [];
  @state() private left: Seller | null = null;
  @state() private hasFailed = false;

  #localize = new Localize<FollowingMessages>(this, followingMessages);
  #onNews = () => void this.refresh();
  #isFirst = true;

  override connectedCallback(): void {
    super.connectedCallback();
    followNews.addEventListener('changed', this.#onNews);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    followNews.removeEventListener('changed', this.#onNews);
  }

  protected override willUpdate(): void {
    if (!this.link || !this.#isFirst) return;
    this.#isFirst = false;
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const outcome = await this.link?.client.call(listFollowed, {});
    if (outcome?.ok) this.sellers = outcome.value.sellers;
  }

  override render() {
    const { text } = this.#localize;
    if (this.sellers.length === 0 && !this.left) return nothing;
    return html`<section aria-labelledby="followed">
      <h2 id="followed">${text.mine}</h2>
      <ul class="sellers">
        ${this.sellers.map(
          (seller) => html`<li>
            ${seller.next
              ? html`<a class="seller" href=${this.pageOf(seller.next)}><strong dir="auto">${seller.name}</strong>${this.#when(seller.next)}</a>`
              : html`<span class="seller"><strong dir="auto">${seller.name}</strong><span class="soft">${text.nothingPlanned}</span></span>`}
            <button class="icon-button" type="button" aria-label=${text.unfollow(seller.name)} @click=${() => void this.#leave(seller)}>${icon('close')}</button>
          </li>`,
        )}
      </ul>
      <p role="status" class="soft">
        ${this.hasFailed ? text.failed : this.left ? html`${text.unfollowed(this.left.name)} <button class="button" type="button" @click=${this.#undo}>${icon('undo')}${text.undo}</button>` : nothing}
      </p>
    </section>`;
  }

  #when(show: NonNullable<Seller['next']>) {
    const { text } = this.#localize;
    if (show.status !== 'planned') return html`<span class="on-air">${text.onAir}</span>`;
    return html`<span class="soft">${show.plannedAt === null ? text.soon : this.#localize.dateTime(show.plannedAt)}</span>`;
  }

  async #leave(seller: Seller): Promise<void> {
    const outcome = await this.link?.client.call(unfollowSeller, { params: { sellerId: seller.id } });
    this.hasFailed = !outcome?.ok;
    if (!outcome?.ok) return;
    this.left = seller;
    followNews.dispatchEvent(new CustomEvent('changed', { detail: outcome.value }));
  }

  async #undo(): Promise<void> {
    const seller = this.left;
    if (!seller) return;
    const outcome = await this.link?.client.call(followSeller, { params: { sellerId: seller.id }, body: {} });
    this.hasFailed = !outcome?.ok;
    if (!outcome?.ok) return;
    this.left = null;
    followNews.dispatchEvent(new CustomEvent('changed', { detail: outcome.value }));
  }
}
