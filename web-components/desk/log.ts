// Owns the log as people read it: who of the staff did what, in the chat and (for hosts) with goods, shows and orders, newest first.
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ModerationEntry } from '../../server/protocol/chat.ts';
import { readModerationLog, readStaffLog } from '../../server/protocol/endpoints.ts';
import { formatMoney } from '../../server/protocol/money-format.ts';
import type { OrderState } from '../../server/protocol/order.ts';
import type { StaffAct } from '../../server/protocol/staff-log.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';

interface Row {
  at: number;
  by: Pick<StaffAct, 'byName' | 'byRole'>;
  did: TemplateResult;
}

export class FieldcastDeskLog extends DeskPart {
  @state() private inChat: readonly ModerationEntry[] = [];
  @state() private elsewhere: readonly StaffAct[] = [];

  protected override async read({ client, showId, session }: DeskRoom): Promise<Outcome<unknown>> {
    const call = { params: { showId } };
    // Helpers see the log of the chat alone.
    const [inChat, elsewhere] = await Promise.all([client.call(readModerationLog, call), session.role === 'helper' ? null : client.call(readStaffLog, call)]);
    if (inChat.ok) this.inChat = inChat.value.entries;
    if (elsewhere?.ok) this.elsewhere = elsewhere.value.acts;
    return elsewhere?.ok === false ? elsewhere : inChat;
  }

  protected override page(): TemplateResult {
    const { log } = this.words;
    const rows = [...this.inChat.map((entry) => this.#chatRow(entry)), ...this.elsewhere.map((act) => this.#actRow(act))].sort((one, other) => other.at - one.at);
    if (rows.length === 0) return html`<div class="empty">${icon('clock')}<h3>${log.empty}</h3></div>`;
    return html`<ol class="log">
      ${rows.map(
        ({ at, by, did }) => html`<li>
          <time datetime=${new Date(at).toISOString()}>${this.time(at)}</time>
          <p><strong>${by.byName || log.roles[by.byRole]}</strong> ${did}</p>
        </li>`,
      )}
    </ol>`;
  }

  #chatRow(entry: ModerationEntry): Row {
    const { log } = this.words;
    const isOfNobody = entry.action === 'rules' || entry.action === 'erase';
    const did = html`${log.actions[entry.action]}${isOfNobody ? '' : html` <strong>${this.nameOf(entry.authorName)}</strong>`}
      ${entry.text ? html`<span class="soft" dir="auto">${entry.text}</span>` : ''}`;
    return { at: entry.at, by: entry, did };
  }

  #actRow(act: StaffAct): Row {
    const { log, orderStates } = this.words;
    const { priceMinor, currency, to } = act.changes;
    const price = priceMinor === undefined || currency === undefined ? '' : formatMoney(priceMinor, currency, this.localize.locale);
    const did = html`<bdi>${log.acts[act.action](act.about, act.changes, price, to === undefined ? '' : orderStates[to as OrderState])}</bdi>`;
    return { at: act.at, by: act, did };
  }
}
