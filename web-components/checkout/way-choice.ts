// Owns the choice of the way to pay: large targets with few words, and only where there is a choice.
import { html, svg, type TemplateResult } from 'lit';
import type { PaymentMethod, WayToPay } from '../../server/protocol/payments.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import { icon } from '../ui/index.ts';

// Two of them here and not among the others, which come with the first picture.
const drawn = (shape: TemplateResult) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
const icons: Record<PaymentMethod, () => TemplateResult> = {
  cod: () => icon('truck'),
  transfer: () => drawn(svg`<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM14 20h.1M20 14h.1" />`),
  stripe: () => drawn(svg`<rect x="3" y="5.5" width="18" height="13" rx="2" /><path d="M3 10h18M6.5 14.5h4" />`),
};

export interface WayChoiceOptions {
  text: CheckoutMessages;
  ways: readonly WayToPay[];
  chosen: PaymentMethod;
  onChoose: (method: PaymentMethod) => void;
}

export function wayChoice({ text, ways, chosen, onChoose }: WayChoiceOptions): TemplateResult {
  const words = text.pay;
  const told = (method: PaymentMethod) => html`${icons[method]()}<span><strong>${words.ways[method].name}</strong><span class="muted">${words.ways[method].hint}</span></span>`;
  if (ways.length < 2) return html`<section class="card block pay" part="way">${told(chosen)}</section>`;
  return html`<fieldset class="ways" part="ways">
    <legend>${words.heading}</legend>
    ${ways.map(
      ({ method }) => html`<label class="card way ${method === chosen ? 'chosen' : ''}" part="way">
        <input type="radio" name="way" value=${method} .checked=${method === chosen} @change=${() => onChoose(method)} />${told(method)}
      </label>`,
    )}
  </fieldset>`;
}
