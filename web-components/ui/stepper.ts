// Owns the quantity control: two buttons around a number, usable by touch, keyboard and screen reader.
import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

export interface StepperOptions {
  value: number;
  min: number;
  max: number;
  /** Words for the group and its buttons. */
  label: string;
  less: string;
  plus: string;
  onChange: (value: number) => void;
}

/** A quantity stepper; needs `fieldStyles` and `buttonStyles`. */
export function stepper({ value, min, max, label, less, plus, onChange }: StepperOptions): TemplateResult {
  return html`<div class="stepper" role="group" aria-label=${label}>
    <button class="icon-button" type="button" aria-label=${less} ?disabled=${value <= min} @click=${() => onChange(value - 1)}>${icon('minus')}</button>
    <output aria-live="polite">${value}</output>
    <button class="icon-button" type="button" aria-label=${plus} ?disabled=${value >= max} @click=${() => onChange(value + 1)}>${icon('plus')}</button>
  </div>`;
}
