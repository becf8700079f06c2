// Owns what stands around the studio's pages: how the show goes at the top and its end, where to go at the bottom, what was just done.
import { html, nothing, type TemplateResult } from 'lit';
import type { Right } from '../../server/protocol/access.ts';
import type { Localize } from '../i18n/index.ts';
import type { StudioMessages } from '../i18n/studio.ts';
import type { Quality } from '../publish/index.ts';
import { icon } from '../ui/index.ts';
import { figuresSign } from './figures-sign.ts';
import { offerSign } from './promotions/offer-sign.ts';
import { duration } from './full-pages.ts';
import type { Notice } from './notice.ts';
import type { OpenShow } from './open-show.ts';

type Words = Localize<StudioMessages>;
export type Tab = 'camera' | 'shelf' | 'offers' | 'orders' | 'chat' | 'figures';

/** The title of the show; while it is sent, how it goes and the way to its end. */
export function topBar(localize: Words, open: OpenShow, isLive: boolean, onEnd: () => void): TemplateResult | typeof nothing {
  const { store, onAir } = open;
  if (!store.snapshot) return nothing;
  const { live, practice } = localize.text;
  const { show, viewers } = store.snapshot;
  // A poster is for buyers, and there are none of a rehearsal.
  if (!onAir?.isSending) return html`<header class="bar"><h2>${show.title}</h2>${show.kind === 'live' ? html`<slot name="bar"></slot>` : nothing}</header>`;
  const { quality } = onAir;
  const onAirFor = show.startedAt === null ? null : duration(store.serverNow() - show.startedAt);
  return html`<header class="bar">
    <h2 class="visually-hidden">${show.title}</h2>
    <div class="facts">
      <span class="badge-live ${isLive ? (show.kind === 'live' ? '' : 'practice') : 'waiting'}">${isLive ? (show.kind === 'live' ? live.badge : practice.mark) : live.waiting}</span>
      ${onAirFor === null ? nothing : html`<span aria-label=${live.onAir(onAirFor)}>${onAirFor}</span>`}
      <span role="img" aria-label=${live.viewers(localize.number(viewers))}>${icon('eye')}${localize.number(viewers)}</span>
      <fieldcast-hearts passive .visit=${open.room}></fieldcast-hearts>
      ${isLive && quality ? light(live, quality) : nothing}
    </div>
    <button class="act" type="button" @click=${onEnd}>${icon('stop')}${live.end}</button>
  </header>`;
}

/** Its shape says as much as its colour. */
function light({ quality }: StudioMessages['live'], now: Quality): TemplateResult {
  if (now === 'sound') return html`<span class="light sound">${quality.sound}</span>`;
  return html`<span class="light ${now}" role="img" aria-label=${quality[now]} title=${quality[now]}></span>`;
}

/** Two steps, and the safe one is the larger: ending cannot be taken back. */
export function endSheet({ live, practice, common }: StudioMessages, isRehearsal: boolean, isBusy: boolean, onClose: () => void, onEnd: () => void): TemplateResult {
  const words = isRehearsal ? practice : live;
  return html`<fieldcast-studio-sheet .heading=${words.endTitle} .closeLabel=${common.close} @sheet-close=${onClose}>
    <p>${words.endHint}</p>
    <div class="choices">
      <button class="act go wide on" type="button" @click=${onClose}>${icon('play')}${words.endNo}</button>
      <button class="act red wide" type="button" ?disabled=${isBusy} @click=${onEnd}>${icon('stop')}${live.endYes}</button>
    </div>
  </fieldcast-studio-sheet>`;
}

/** On every screen of a rehearsal, so that nobody takes it for the real thing, or the other way round. */
export function practiceBar({ practice }: StudioMessages, open: OpenShow, onLeave: () => void): TemplateResult | typeof nothing {
  if (open.store.snapshot?.show.kind !== 'rehearsal') return nothing;
  return html`<p class="practice" role="note">
    <b>${practice.mark}</b><span>${practice.hint}</span>
    ${open.onAir?.isSending ? nothing : html`<button class="act" type="button" @click=${onLeave}>${icon('back')}${practice.leave}</button>`}
  </p>`;
}

/** For a helper: whose show it is, and what they may do in it. */
export function helperBar({ helper }: StudioMessages, { session, store, rights }: OpenShow): TemplateResult | typeof nothing {
  if (session.role !== 'helper' || !store.snapshot) return nothing;
  const may = rights.length === 0 ? helper.nothing : rights.map((right) => helper.rights[right]).join(helper.between);
  return html`<p class="helping">${icon('user')}<span><b>${helper.whose(store.snapshot.show.hostName)}</b> ${may}</span></p>`;
}

/** Tabs for what this person may do, the most likely first. */
export function tabsOf({ onAir, rights, store }: OpenShow): Tab[] {
  const has = (...some: readonly Right[]): boolean => some.some((right) => rights.includes(right));
  return [
    ...(onAir ? (['camera'] as const) : []),
    ...(has('shelf', 'stock') ? (['shelf'] as const) : []),
    ...(has('shelf') ? (['offers'] as const) : []),
    ...(has('chat', 'captions') ? (['chat'] as const) : []),
    ...(has('orders') ? (['orders'] as const) : []),
    // What it came to is for those whose money it is; practice is in no figure.
    ...(onAir && store.snapshot?.show.kind !== 'rehearsal' ? (['figures'] as const) : []),
  ];
}

export function tabBar(words: StudioMessages, open: OpenShow, current: Tab, onGo: (tab: Tab) => void): TemplateResult {
  const { inbox, unreadMessages } = open;
  const { tabs } = words;
  const shown = tabsOf(open);
  const fresh = inbox.unseenCount;
  const tab = (name: Tab, sign: 'camera' | 'basket' | 'offer' | 'bell' | 'chat' | 'figures', extra: unknown = nothing): TemplateResult =>
    html`<button type="button" aria-current=${current === name ? 'page' : nothing} @click=${() => onGo(name)}>${sign === 'offer' ? offerSign : sign === 'figures' ? figuresSign : icon(sign)}${tabs[name]}${extra}</button>`;
  return html`<nav aria-label=${words.common.label}>
    ${shown.includes('camera') ? tab('camera', 'camera') : nothing} ${shown.includes('shelf') ? tab('shelf', 'basket') : nothing}
    ${shown.includes('offers') ? tab('offers', 'offer') : nothing}
    ${!shown.includes('chat') ? nothing : tab('chat', 'chat', unreadMessages > 0 ? html`<span class="new" role="img" aria-label=${tabs.newMessages(unreadMessages)}>${Math.min(unreadMessages, 99)}</span>` : nothing)}
    ${!shown.includes('orders') ? nothing : tab('orders', 'bell', fresh > 0 ? html`<span class="new" role="img" aria-label=${tabs.newOrders(fresh)}>${fresh}</span>` : nothing)}
    ${shown.includes('figures') ? tab('figures', 'figures') : nothing}
  </nav>`;
}

export function noticeBar({ common }: StudioMessages, notice: Notice, onUndo: () => void, onClose: () => void): TemplateResult {
  return html`<div class="notice ${notice.isFault ? 'fault' : ''}">
    <p>${notice.text}</p>
    ${notice.undo
      ? html`<button class="act" type="button" @click=${onUndo}>${icon('undo')}${common.undo}</button>`
      : html`<button class="act close" type="button" aria-label=${common.close} @click=${onClose}>${icon('close')}</button>`}
  </div>`;
}
