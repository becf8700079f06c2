// Owns who gets the money of a seller's card payments, on the operator's page; drawn only where the server takes cards.
import { html, nothing } from 'lit';
import { type CardAccount, type CardAccountRequest, CARD_FEE_BPS_LIMIT, endpoints } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export interface CardAccountPanel {
  load(sellerId: string): Promise<void>;
  draw(): unknown;
}

export function cardAccountPanel(desk: Desk): CardAccountPanel {
  let account: CardAccount | null = null;
  let isSaving = false;

  async function put(sellerId: string, body: CardAccountRequest): Promise<void> {
    account = await desk.call(endpoints.setCardAccount, { params: { sellerId }, body });
  }

  async function save(event: SubmitEvent, before: CardAccount): Promise<void> {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    desk.redraw();
    const data = new FormData(event.target as HTMLFormElement);
    const id = String(data.get('account')).trim();
    const { sellerId, ...old } = before;
    await desk.act(
      () => put(sellerId, { account: id || null, feeBps: Math.round(Number(String(data.get('fee')).replace(',', '.')) * 100), isMerchant: data.get('merchant') !== null }),
      {
        text: id ? say('已保存，之后的刷卡付款进这个账户', 'Saved; card payments from now on go to this account') : say('已保存，之后的刷卡付款留在平台账户', 'Saved; card payments from now on stay with the server’s account'),
        undo: () => put(sellerId, old),
      },
    );
    isSaving = false;
    desk.redraw();
  }

  return {
    async load(sellerId) {
      const { stripe } = await desk.call(endpoints.readWays, { params: { sellerId } });
      account = stripe === null ? null : await desk.call(endpoints.readCardAccount, { params: { sellerId } });
    },
    draw() {
      if (!account) return nothing;
      const now = account;
      return html`<form class="panel form" @submit=${(event: SubmitEvent) => void save(event, now)}>
        <h2>${say('刷卡的钱进谁的账户', 'Who gets the money of cards')}</h2>
        <p class="soft">${say('留空：进运营方的 Stripe 账户，由您转给卖家。填了：钱直接到卖家的账户，运营方只留服务费。退款时两边各退各的。', 'Empty: all of it goes to the Stripe account of whoever runs this server, who pays the seller. Filled in: it goes to the seller’s account, less the fee. A refund takes back both parts.')}</p>
        <label>${say('卖家的 Stripe 账户', 'The seller’s account at Stripe')}<input name="account" maxlength="65" pattern="acct_[A-Za-z0-9]{8,60}" autocomplete="off" spellcheck="false" placeholder="acct_…" title="acct_1A2b3C4d5E6f" .value=${now.account ?? ''} /></label>
        <label>${say('运营方留下的服务费（%）', 'Fee that stays here (%)')}<input name="fee" required inputmode="decimal" pattern="[0-9]{1,2}([.,][0-9]{1,2})?" title=${say(`最多 ${CARD_FEE_BPS_LIMIT / 100}`, `${CARD_FEE_BPS_LIMIT / 100} at most`)} .value=${String(now.feeBps / 100)} /></label>
        <label class="choice"><input type="checkbox" name="merchant" .checked=${now.isMerchant} /><span>${say('由卖家自己当商户（卖家和运营方在不同国家或地区时要选）', 'The seller is the merchant (needed where seller and server are in different countries)')}</span></label>
        <button class="button" ?disabled=${isSaving}>${isSaving ? say('正在问 Stripe…', 'Asking Stripe…') : say('保存', 'Save')}</button>
      </form>`;
    },
  };
}
