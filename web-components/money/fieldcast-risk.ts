// Owns the warning beside an order whose phone number has refused before; the orders of a list are asked about with one call.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { RISK_LIMIT } from '../../server/protocol/cash.ts';
import { readRisks } from '../../server/protocol/endpoints.ts';
import { Localize } from '../i18n/index.ts';
import { moneyMessages } from '../i18n/money.ts';
import { rowStyles, tokens } from '../ui/index.ts';
import { moneyStyles } from './money.styles.ts';
import type { MoneyRoom } from './money-room.ts';

interface Risk {
  delivered: number;
  refused: number;
}

/** What is to be asked in this turn, by whom. */
const asked = new WeakMap<MoneyRoom, Map<string, (risk: Risk | null) => void>>();

function riskOf(room: MoneyRoom, orderId: string): Promise<Risk | null> {
  return new Promise((resolve) => {
    const open = asked.get(room) ?? new Map<string, (risk: Risk | null) => void>();
    if (open.size === 0) {
      asked.set(room, open);
      queueMicrotask(() => void ask(room, open));
    }
    open.set(orderId, resolve);
  });
}

async function ask(room: MoneyRoom, open: Map<string, (risk: Risk | null) => void>): Promise<void> {
  asked.delete(room);
  const ids = [...open.keys()];
  for (let from = 0; from < ids.length; from += RISK_LIMIT) {
    const some = ids.slice(from, from + RISK_LIMIT);
    const outcome = await room.client.call(readRisks, { params: { sellerId: room.sellerId }, query: { orderIds: some.join(',') } });
    // A warning that could not be read is not one: the order's own page asks again.
    const risks = outcome.ok ? outcome.value.risks : [];
    for (const id of some) open.get(id)?.(risks.find(({ orderId }) => orderId === id) ?? null);
  }
}

/**
 * Draws nothing for everybody else.
 *
 * @tag fieldcast-risk
 * @prop {MoneyRoom | null} room - A connection, and whose order it is.
 * @attr {string} order - Order id.
 */
export class FieldcastRisk extends LitElement {
  static override styles = [tokens, rowStyles, moneyStyles];

  @property({ attribute: false }) room: MoneyRoom | null = null;
  @property() order = '';
  @state() private risk: Risk | null = null;
  readonly #words = new Localize(this, moneyMessages);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('order') || changed.has('room')) void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.risk) return nothing;
    const { refused, delivered } = this.risk;
    return html`<p class="warning">${this.#words.text.door.risk(refused, delivered)}</p>`;
  }

  async #load(): Promise<void> {
    const { room, order } = this;
    if (!room || !order) return;
    const risk = await riskOf(room, order);
    if (order === this.order) this.risk = risk;
  }
}
