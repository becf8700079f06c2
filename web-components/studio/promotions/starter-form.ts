// Owns what the forms that start a promotion have in common: the show they are for, sending once, and what went wrong.
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Promotion } from '../../../server/protocol/promotions.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages, type PromotionDeskMessages } from '../../i18n/promotion-desk.ts';
import type { Client, Failure, Outcome, ShowStore } from '../../show/index.ts';

/** The open show as the page of promotions needs it. */
export interface OfferRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on' | 'serverUrl'>;
  readonly store: ShowStore;
}

/** Sent by a form when the server has taken it: what stands now, and what the host is told. */
export interface Started {
  promotion: Promotion;
  text: string;
}

const TIMEOUT_MS = 8_000;

/** Fires `promotion-started` with {@link Started}. */
export abstract class StarterForm extends LitElement {
  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) snapshot: ShowSnapshot | null = null;
  @state() protected isBusy = false;
  @state() protected fault: Failure | null = null;
  protected readonly localize = new Localize(this, promotionDeskMessages);
  #key = '';
  /** What `#key` was made for; empty when the server has answered it. */
  #sent = '';

  protected get words(): PromotionDeskMessages {
    return this.localize.text;
  }

  protected money(amountMinor: number): string {
    return this.localize.money(amountMinor, this.snapshot?.show.currency ?? 'CNY');
  }

  /**
   * Sends a form; the same one again, while there was no answer, starts nothing twice.
   * @param body what is asked for
   * @param text what the host is told when it worked
   */
  protected async start<B>(body: B, send: (room: OfferRoom, options: { body: B; idempotencyKey: string; timeoutMs: number }) => Promise<Outcome<Promotion>>, text: string): Promise<void> {
    const { room } = this;
    if (!room || this.isBusy) return;
    const sent = JSON.stringify(body);
    if (sent !== this.#sent) this.#key = newId('key');
    this.#sent = sent;
    this.isBusy = true;
    this.fault = null;
    const outcome = await send(room, { body, idempotencyKey: this.#key, timeoutMs: TIMEOUT_MS });
    this.isBusy = false;
    if (outcome.ok || outcome.error.status !== 0) this.#sent = '';
    if (outcome.ok) this.dispatchEvent(new CustomEvent<Started>('promotion-started', { detail: { promotion: outcome.value, text }, bubbles: true }));
    else this.fault = outcome.error;
  }
}
