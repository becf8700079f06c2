// Owns the sheet of one order: what else can be done with it, its tracking number, what happened, and the second step before it is cancelled.
import { html, nothing, type TemplateResult } from 'lit';
import { type Order, type OrderState, orderTransitions } from '../../server/protocol/order.ts';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import type { Localize } from '../i18n/index.ts';
import type { OrdersMessages } from '../i18n/orders.ts';
import { clockText } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { timeText } from './order-card.ts';
import { noteOf } from './room.ts';

export type SheetPage = 'menu' | 'note' | 'back' | 'track' | 'send' | 'cancel' | 'refuse' | 'moment' | 'history';

export interface OrderSheetOptions {
  order: Order;
  page: SheetPage;
  localize: Localize<OrdersMessages>;
  /** Null while they are fetched. */
  moments: OrderMoments | null;
  serverUrl: string;
  /** The courier that was named last. */
  lastCourier: string;
  /** What can be noted of it now; null where nothing can. */
  note: unknown;
  /** Its money on the way back; null where there is none to give and no problem with it. */
  back: unknown;
  onPage: (page: SheetPage) => void;
  onClose: () => void;
  onMove: (to: OrderState) => void;
  onTrack: (tracking: { courier: string; number: string }, isSending: boolean) => void;
  onPrint: (kind: 'labels' | 'receipts') => void;
}

export function orderSheet(options: OrderSheetOptions): TemplateResult {
  const { order, page, localize, onClose } = options;
  const { text: words } = localize;
  const titles: Record<SheetPage, string> = {
    menu: words.number(order.number),
    note: words.number(order.number),
    back: `${words.number(order.number)} · ${words.sheet[order.money.problem ? 'problem' : 'back']}`,
    track: words.track.edit(order.number),
    send: words.track.title(order.number),
    cancel: words.sheet.sure(order.number),
    refuse: words.sheet.sureRefused(order.number),
    moment: words.moment.title,
    history: `${words.number(order.number)} · ${words.sheet.history}`,
  };
  const pages: Record<SheetPage, () => TemplateResult> = {
    menu: () => menu(options),
    note: () => html`${options.note ?? nothing}`,
    back: () => html`${options.back ?? nothing}`,
    track: () => trackForm(options, false),
    send: () => trackForm(options, true),
    cancel: () => sure(options, 'cancelled'),
    refuse: () => sure(options, 'refused'),
    moment: () => moment(options),
    history: () => history(options),
  };
  return html`<dialog aria-labelledby="sheet-title" @close=${onClose} @click=${(event: Event) => event.target === event.currentTarget && (event.currentTarget as HTMLDialogElement).close()}>
    <header class="sheet-head">
      <h2 id="sheet-title" tabindex="-1" autofocus>${titles[page]}</h2>
      <button class="icon-button" type="button" aria-label=${words.close} @click=${onClose}>${icon('close')}</button>
    </header>
    <div class="sheet-body">${pages[page]()}</div>
  </dialog>`;
}

function menu({ order, localize, note, back, onPage, onPrint }: OrderSheetOptions): TemplateResult {
  const { sheet } = localize.text;
  const next = orderTransitions[order.state];
  const row = (sign: Parameters<typeof icon>[0], text: string, act: () => void, isDanger = false): TemplateResult =>
    html`<button class="button wide ${isDanger ? 'danger' : ''}" type="button" @click=${act}>${icon(sign)}${text}</button>`;
  const open = note === null ? null : noteOf(order);
  return html`<div class="stack">
    ${back !== null && order.money.problem ? row('alert', sheet.problem, () => onPage('back')) : nothing}
    ${open === null ? nothing : row('forward', sheet.notes[open], () => onPage('note'))} ${row('basket', sheet.label, () => onPrint('labels'))} ${row('check', sheet.receipt, () => onPrint('receipts'))} ${row('truck', sheet.tracking, () => onPage('track'))} ${row('play', sheet.moment, () => onPage('moment'))}
    ${row('clock', sheet.history, () => onPage('history'))} ${back !== null && !order.money.problem ? row('undo', sheet.back, () => onPage('back')) : nothing} ${next.includes('refused') && open === null ? row('close', sheet.refused, () => onPage('refuse'), true) : nothing}
    ${next.includes('cancelled') ? row('close', sheet.cancel, () => onPage('cancel'), true) : nothing}
  </div>`;
}

/** Two steps, and the safe one is the first. */
function sure({ order, localize, onClose, onMove }: OrderSheetOptions, to: 'cancelled' | 'refused'): TemplateResult {
  const { sheet } = localize.text;
  return html`<div class="stack">
    <p>${order.buyer.name} · ${localize.money(order.totalMinor, order.currency)}</p>
    <p class="soft">${to === 'cancelled' ? sheet.sureHint : sheet.sureRefusedHint}</p>
    <button class="button primary wide" type="button" @click=${onClose}>${sheet.keep}</button>
    <button class="button danger wide" type="button" @click=${() => onMove(to)}>${icon('close')}${to === 'cancelled' ? sheet.cancel : sheet.refused}</button>
  </div>`;
}

function trackForm({ order, localize, lastCourier, onTrack }: OrderSheetOptions, isSending: boolean): TemplateResult {
  const { track, save } = localize.text;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const number = String(form.get('number') ?? '').trim();
    onTrack({ courier: number === '' ? '' : String(form.get('courier') ?? '').trim(), number }, isSending);
  };
  return html`<form class="stack" @submit=${submit}>
    <div class="field">
      <label for="courier">${track.courier}</label>
      <input id="courier" name="courier" maxlength="40" autocomplete="off" placeholder=${track.courierHint} .value=${order.tracking?.courier ?? lastCourier} />
    </div>
    <div class="field">
      <label for="tracking">${track.number}</label>
      <input id="tracking" name="number" maxlength="40" autocomplete="off" autocapitalize="characters" pattern="[A-Za-z0-9\\-]*" title=${track.numberFault} placeholder=${track.numberHint} .value=${order.tracking?.number ?? ''} />
    </div>
    <button class="button primary wide" type="submit">${icon(isSending ? 'truck' : 'check')}${isSending ? track.send : save}</button>
  </form>`;
}

function moment({ moments, localize, serverUrl }: OrderSheetOptions): TemplateResult {
  const { moment: words, loading } = localize.text;
  if (moments === null) return html`<p role="status">${loading}</p>`;
  if (moments.reason !== null) return html`<p>${words.reasons[moments.reason]}</p>`;
  return html`${moments.moments.map(
    (each) => html`<figure>
      <video controls playsinline preload="none" poster=${serverUrl + each.thumbnailUrl} src=${serverUrl + each.clipUrl} aria-label=${each.name}></video>
      <figcaption><b>${each.name}</b> <span class="soft">${words.why[each.why]} · ${clockText(each.fromMs)}–${clockText(each.toMs)}</span> <a href=${each.url} target="_blank" rel="noopener">${words.inReplay}</a></figcaption>
    </figure>`,
  )}`;
}

function history({ order, localize }: OrderSheetOptions): TemplateResult {
  const { states, undone } = localize.text;
  return html`<ol class="history">
    ${order.history.map(
      (change) => html`<li>
        <time>${timeText(change.at, localize)}</time>
        <span>${states[change.to]}${change.isUndo ? ` (${undone})` : ''}${change.byName ? html` <span class="soft">${change.byName}</span>` : nothing}${change.note ? html`<br /><span class="soft">${change.note}</span>` : nothing}</span>
      </li>`,
    )}
  </ol>`;
}
