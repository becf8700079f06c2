// Owns the screen of a transfer: how much exactly, to whom, with which note, and the seller's code to scan or to save.
import { html, nothing, type TemplateResult } from 'lit';
import type { Order } from '../../../server/protocol/order.ts';
import type { Localize } from '../../i18n/index.ts';
import type { PaymentMessages } from '../../i18n/payment.ts';
import { icon, pictureUrl } from '../../ui/index.ts';
import type { TransferStart } from './transfer-payment.ts';

export type Copyable = 'amount' | 'reference';

export interface TransferViewOptions {
  order: Order;
  details: TransferStart;
  serverUrl: string;
  localize: Localize<PaymentMessages>;
  copied: Copyable | null;
  isClaiming: boolean;
  isCodeMissing: boolean;
  /** Inside an app that lets nothing be saved, but reads a code that is pressed. */
  canOnlyPress: boolean;
  onCopy: (what: Copyable) => void;
  onSave: () => void;
  onClaim: () => void;
  onCodeMissing: (isMissing: boolean) => void;
}

export function transferView(options: TransferViewOptions): TemplateResult {
  const { order, details, serverUrl, localize, copied, isClaiming, isCodeMissing, canOnlyPress, onCopy, onSave, onClaim, onCodeMissing } = options;
  const text = localize.text.payment;
  const lessMinor = order.totalMinor - details.amountMinor;
  const copy = (what: Copyable, label: string) =>
    html`<button class="button" type="button" aria-label=${label} @click=${() => onCopy(what)}>${copied === what ? html`${icon('check')}${text.copied}` : text.copy}</button>`;
  return html`
    <section class="card exact" part="amount">
      <strong class="sum">${localize.money(details.amountMinor, details.currency)}</strong>
      ${copy('amount', text.copyAmount)}
      <p class="note small">${text.exact}</p>
      ${lessMinor > 0 ? html`<p class="small muted">${text.discount(localize.money(lessMinor, details.currency))}</p>` : nothing}
    </section>
    <section class="card code">
      ${isCodeMissing
        ? html`<p class="notice fault" role="alert">${icon('alert')}<span>${text.qrFailed}</span></p>
            <button class="button" type="button" @click=${() => onCodeMissing(false)}>${text.tryAgain}</button>`
        : html`<strong>${text.scan}</strong>
            <img part="code" src=${codeUrl(serverUrl, details)} alt=${text.qrAlt(details.payeeName || order.sellerName)} @error=${() => onCodeMissing(true)} />
            <p class="small muted">${canOnlyPress ? text.press : text.onThisPhone}</p>
            ${canOnlyPress ? nothing : html`<button class="button" type="button" part="save" @click=${onSave}>${icon('picture')}${text.savePicture}</button>`}`}
    </section>
    <div class="card facts">
      <p class="fact"><span class="muted small">${text.reference}</span><strong>${details.reference}</strong>${copy('reference', text.copyReference)}</p>
      <p class="fact"><span class="muted small">${text.payee}</span><strong>${details.payeeName || order.sellerName}</strong></p>
    </div>
    <div class="claim"><button class="button primary wide" type="button" part="claim" ?disabled=${isClaiming} @click=${onClaim}>${isClaiming ? text.claiming : text.claim}</button></div>
  `;
}

/** Large: a code that a phone has to read must not be scaled up from a thumbnail. */
export const codeUrl = (serverUrl: string, { qrPictureId }: TransferStart): string => pictureUrl(serverUrl, qrPictureId, 1080);
