// Owns what the cards of all kinds have in common: the promotion they show, the time by the server's clock, the words, who is around them.
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { PromotionKind, PromotionState } from '../../server/protocol/promotion-shape.ts';
import { Localize } from '../i18n/index.ts';
import { promotionMessages, type PromotionMessages } from '../i18n/promotions.ts';
import { type PromotionOf, promotionStateAt, type Visit } from '../show/index.ts';
import { clockOf } from '../ui/index.ts';

/**
 * One promotion over the picture. A kind's card draws it by `render()`, and is drawn anew with each change of the promotion, of stock and cart, and, until it is
 * over, with each second that is left.
 */
export abstract class PromotionCard<K extends PromotionKind> extends LitElement {
  @property({ attribute: false }) visit: Visit | null = null;
  @property({ attribute: false }) promotion: PromotionOf<K> | null = null;
  protected readonly localize = new Localize(this, promotionMessages);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #followed: Visit | null = null;
  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#follow(null);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.isConnected) this.#follow(this.visit);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    clearTimeout(this.#timer);
    if (!this.isConnected || this.state === 'over' || this.leftMs === null) return;
    this.#timer = setTimeout(() => this.requestUpdate(), (this.leftMs % 1000) + 10);
  }

  protected get words(): PromotionMessages {
    return this.localize.text;
  }

  /** The server's clock, ms since epoch. */
  protected get now(): number {
    return this.visit?.store.serverNow() ?? Date.now();
  }

  protected get state(): PromotionState {
    return this.promotion ? promotionStateAt(this.promotion, this.now) : 'over';
  }

  /** Until it begins, or else until it ends; null when no time ends it. */
  protected get leftMs(): number | null {
    if (!this.promotion) return null;
    const until = this.state === 'countdown' ? this.promotion.startsAt : this.promotion.endsAt;
    return until === null ? null : Math.max(0, until - this.now);
  }

  /** What is left as it is written on a clock, `9:05` or `1:09:05`; empty when no time ends it. */
  protected get clock(): string {
    return this.leftMs === null ? '' : clockOf(this.leftMs);
  }

  protected money(amountMinor: number): string {
    return this.localize.money(amountMinor, this.visit?.store.snapshot?.show.currency ?? 'CNY');
  }

  /** Stock and cart are on the card too. */
  #follow(visit: Visit | null): void {
    if (visit === this.#followed) return;
    this.#stop?.();
    this.#followed = visit;
    this.#stop = visit?.subscribe(() => this.requestUpdate()) ?? null;
  }
}
