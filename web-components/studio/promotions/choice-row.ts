// Owns a row of choices of a form: one of some values, each a large button that tells whether it is chosen.
import { html, type TemplateResult } from 'lit';

export interface Choice<T> {
  value: T;
  label: string;
}

export function choiceRow<T>(label: string, choices: readonly Choice<T>[], chosen: T, onChoose: (value: T) => void): TemplateResult {
  return html`<div class="field" role="group" aria-label=${label}>
    <span class="label" aria-hidden="true">${label}</span>
    <div class="choices">
      ${choices.map(
        ({ value, label: name }) =>
          html`<button class="act ${value === chosen ? 'on' : ''}" type="button" aria-pressed=${value === chosen ? 'true' : 'false'} @click=${() => onChoose(value)}>${name}</button>`,
      )}
    </div>
  </div>`;
}
