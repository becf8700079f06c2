// Owns the question before an act that cannot be undone, and the toast after one that can.
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

interface Question {
  title: string;
  text: string;
  action: string;
}

let asked: { question: Question; answer: (yes: boolean) => void } | null = null;

/** Asks in a dialog; resolves to what the operator chose. */
export function confirm(desk: Desk, question: Question): Promise<boolean> {
  return new Promise((answer) => {
    asked = { question, answer };
    desk.redraw();
    const dialog = document.querySelector<HTMLDialogElement>('#confirm');
    dialog?.showModal();
  });
}

export function confirmDialog(): TemplateResult {
  const close = (yes: boolean): void => document.querySelector<HTMLDialogElement>('#confirm')?.close(yes ? 'yes' : 'no');
  return html`<dialog
    id="confirm"
    aria-labelledby="confirm-title"
    @close=${(event: Event) => {
      const dialog = event.target as HTMLDialogElement;
      asked?.answer(dialog.returnValue === 'yes');
      asked = null;
      dialog.returnValue = '';
    }}
  >
    ${asked
      ? html`<h2 id="confirm-title">${asked.question.title}</h2>
          <p>${asked.question.text}</p>
          <div class="row end">
            <button class="button quiet" @click=${() => close(false)}>${say('取消', 'Cancel')}</button>
            <button class="button danger" @click=${() => close(true)}>${asked.question.action}</button>
          </div>`
      : html`<h2 id="confirm-title"></h2>`}
  </dialog>`;
}

export function toast(desk: Desk): TemplateResult {
  const shown = desk.toast;
  return html`<div class="toasts" role=${shown?.isFault ? 'alert' : 'status'}>
    ${shown
      ? html`<div class="toast ${shown.isFault ? 'fault' : ''}">
          <span>${shown.text}</span>
          ${shown.undo ? html`<button class="button small" @click=${() => void desk.act(shown.undo!, { text: say('已撤销', 'Undone') })}>${say('撤销', 'Undo')}</button>` : nothing}
          <button class="button small close" aria-label=${say('关闭提示', 'Close this message')} @click=${() => desk.hush()}>✕</button>
        </div>`
      : nothing}
  </div>`;
}
