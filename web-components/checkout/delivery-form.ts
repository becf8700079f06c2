// Owns the three fields of delivery and the note: their labels, faults beside them, and the short form once they are known.
import { html, nothing, type TemplateResult } from 'lit';
import type { Buyer } from '../../server/protocol/order.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';

export type DeliveryField = keyof Buyer | 'note';
export type Delivery = Buyer & { note: string };

export interface DeliveryFormOptions {
  text: CheckoutMessages;
  delivery: Delivery;
  faults: ReadonlySet<DeliveryField>;
  /** Whether the details stand as words with a button to change them. */
  isKnown: boolean;
  isRemembered: boolean;
  onInput: (field: DeliveryField, value: string) => void;
  onBlur: (field: DeliveryField) => void;
  onChange: () => void;
  onErase: () => void;
}

export function deliveryForm({ text, delivery, faults, isKnown, isRemembered, onInput, onBlur, onChange, onErase }: DeliveryFormOptions): TemplateResult {
  const words = text.checkout;
  const fault: Record<DeliveryField, string> = { name: words.nameFault, phone: words.phoneFault, address: words.addressFault, note: words.noteFault };
  const listen = (field: DeliveryField) => ({
    input: (event: Event) => onInput(field, (event.target as HTMLInputElement).value),
    blur: () => onBlur(field),
    isFaulty: faults.has(field),
  });
  const around = (field: DeliveryField, control: TemplateResult) => html`<div class="field">
    <label for=${field}>${words[field]}</label>
    ${control} ${faults.has(field) ? html`<span class="fault" id="${field}-fault" role="alert">${fault[field]}</span>` : nothing}
  </div>`;
  const single = (field: 'name' | 'phone', type: string, autocomplete: string, inputMode: string) => {
    const { input, blur, isFaulty } = listen(field);
    return around(
      field,
      html`<input
        id=${field}
        name=${field}
        type=${type}
        autocomplete=${autocomplete as AutoFill}
        inputmode=${inputMode}
        maxlength="60"
        required
        aria-invalid=${isFaulty ? 'true' : 'false'}
        aria-describedby=${isFaulty ? `${field}-fault` : nothing}
        .value=${delivery[field]}
        @input=${input}
        @blur=${blur}
      />`,
    );
  };
  const several = (field: 'address' | 'note', autocomplete: string) => {
    const { input, blur, isFaulty } = listen(field);
    return around(
      field,
      html`<textarea
        id=${field}
        name=${field}
        rows="2"
        autocomplete=${autocomplete as AutoFill}
        ?required=${field === 'address'}
        aria-invalid=${isFaulty ? 'true' : 'false'}
        aria-describedby=${isFaulty ? `${field}-fault` : nothing}
        .value=${delivery[field]}
        @input=${input}
        @blur=${blur}
      ></textarea>`,
    );
  };
  return html`<section class="card block" part="delivery" aria-labelledby="delivery-heading">
    <div class="block-head">
      <h3 id="delivery-heading">${words.details}</h3>
      ${isKnown ? html`<button class="button quiet" type="button" @click=${onChange}>${words.change}</button>` : nothing}
    </div>
    ${isKnown
      ? html`<p class="known">${`${delivery.name} · ${delivery.phone}\n${delivery.address}`}</p>`
      : html`${single('name', 'text', 'name', 'text')} ${single('phone', 'tel', 'tel', 'tel')} ${several('address', 'street-address')} ${several('note', 'off')}`}
    <div class="fine">
      <span>${words.remembered}</span>
      ${isRemembered ? html`<button class="button quiet" type="button" part="erase" @click=${onErase}>${words.erase}</button>` : nothing}
    </div>
  </section>`;
}
