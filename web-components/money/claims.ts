// Owns a transfer that waits to be looked for: its amount in large, its note, and the two answers, each asked once more.
import { html, nothing, type TemplateResult } from 'lit';
import type { MoneyOfTime } from '../../server/protocol/cash.ts';
import type { MoneyMessages } from '../i18n/money.ts';
import { icon } from '../ui/index.ts';

export type Claim = Pick<MoneyOfTime['claims'][number], 'orderId' | 'number' | 'reference' | 'buyerName' | 'isUnique'>;
/** Which of the answers is being asked once more. */
export type Asking = { orderId: string; answer: 'here' | 'not-here' } | null;

export interface ClaimView {
  words: MoneyMessages;
  claim: Claim;
  amount: string;
  /** Minutes that the buyer has waited; null where that is not known. */
  waitedMinutes: number | null;
  asking: Asking;
  isBusy: boolean;
  onAsk: (asking: Asking) => void;
  onAnswer: (answer: 'here' | 'not-here') => void;
}

/** Neither answer can be taken back by the seller: the goods go out, or the buyer is told. So each takes two taps. */
export function claimCard(view: ClaimView): TemplateResult {
  const { words, claim, amount, waitedMinutes, asking, isBusy } = view;
  const { day } = words;
  const asked = asking?.orderId === claim.orderId ? asking.answer : null;
  return html`<article class="card warm" aria-label="${words.number(claim.number)} ${amount}">
    <div class="row wrap">
      <b class="amount price">${amount}</b>
      ${waitedMinutes === null || waitedMinutes < 1 ? nothing : html`<span class="mark ${waitedMinutes >= 10 ? 'warm' : ''}">${day.waits(waitedMinutes < 90 ? day.minutes(waitedMinutes) : day.hours(Math.round(waitedMinutes / 60)))}</span>`}
    </div>
    <p><b>${claim.buyerName}</b>${words.between}${words.number(claim.number)}</p>
    ${claim.reference ? html`<p>${day.write} <b class="mark">${claim.reference}</b></p>` : nothing}
    ${claim.isUnique ? nothing : html`<p class="warning">${day.shared}</p>`}
    ${asked === null
      ? html`<div class="do">
          <button class="button primary" type="button" ?disabled=${isBusy} @click=${() => view.onAsk({ orderId: claim.orderId, answer: 'here' })}>${icon('check')}${day.here}</button>
          <button class="button" type="button" ?disabled=${isBusy} @click=${() => view.onAsk({ orderId: claim.orderId, answer: 'not-here' })}>${icon('close')}${day.notHere}</button>
        </div>`
      : html`<p role="status">${asked === 'here' ? day.hereAsk(amount) : day.notHereAsk}</p>
          <div class="do">
            <button class="button primary" type="button" ?disabled=${isBusy} @click=${() => view.onAnswer(asked)}>${icon('check')}${asked === 'here' ? day.hereYes : day.notHereYes}</button>
            <button class="button" type="button" @click=${() => view.onAsk(null)}>${day.cancel}</button>
          </div>`}
  </article>`;
}
