// Owns a big switch with its words: the whole row is the target.
import { html, type TemplateResult } from 'lit';

/** Needs `deskStyles`. */
export function switchRow({ label, hint, isOn, onChange }: { label: string; hint: string; isOn: boolean; onChange: (isOn: boolean) => void }): TemplateResult {
  return html`<button class="switch" type="button" role="switch" aria-checked=${isOn ? 'true' : 'false'} @click=${() => onChange(!isOn)}>
    <span class="grow"><strong>${label}</strong><span class="soft">${hint}</span></span><span class="knob" aria-hidden="true"></span>
  </button>`;
}
