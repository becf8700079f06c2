// Owns how one question is drawn: what is asked, by how many, said or written back, and what a written answer can be.
import { html, nothing, type TemplateResult } from 'lit';
import { MESSAGE_LIMIT } from '../../server/protocol/chat-limits.ts';
import { PRIVATE_ASKERS_LIMIT } from '../../server/protocol/question-limits.ts';
import type { Question, ReadyAnswer } from '../../server/protocol/questions.ts';
import type { QuestionMessages } from '../i18n/questions.ts';
import { icon } from '../ui/index.ts';

export interface CardOptions {
  text: QuestionMessages;
  isOpen: boolean;
  isBusy: boolean;
  /** Only for those who asked. */
  isPrivate: boolean;
  ready: readonly ReadyAnswer[];
  onOpen: () => void;
  onSaid: () => void;
  onSkip: () => void;
  onNotOne: () => void;
  onPrivate: (isPrivate: boolean) => void;
  onAnswer: (text: string) => void;
  onReady: () => void;
}

export function questionCard(question: Question, options: CardOptions): TemplateResult {
  const { text, isOpen, isBusy, onOpen, onSaid } = options;
  return html`<li class="question" part="question" data-id=${question.id}>
    <p class="words" dir="auto">${question.text}</p>
    <p class="who">
      ${question.askers > 1 ? html`<span class="many">${text.people(question.askers)}</span>` : html`<span dir="auto">${text.asks(question.name || text.guest)}</span>`}
      ${question.isPrivate ? html`<span class="private">${icon('eyeOff')}${text.private}</span>` : nothing}
    </p>
    <div class="pair">
      <button class="button primary" type="button" ?disabled=${isBusy} @click=${onSaid}>${icon('check')}${text.said}</button>
      <button class="button" type="button" aria-expanded=${isOpen} @click=${onOpen}>${isOpen ? text.close : html`${icon('chat')}${text.write}`}</button>
    </div>
    ${isOpen ? panel(question, options) : nothing}
  </li>`;
}

function panel(question: Question, { text, isBusy, isPrivate, ready, onSkip, onNotOne, onPrivate, onAnswer, onReady }: CardOptions): TemplateResult {
  const mayChoose = !question.isPrivate && question.askers <= PRIVATE_ASKERS_LIMIT;
  const choice = (only: boolean, label: string): TemplateResult =>
    html`<button class="button" type="button" aria-pressed=${isPrivate === only} @click=${() => onPrivate(only)}>${icon(only ? 'eyeOff' : 'eye')}${label}</button>`;
  const submit = (event: Event): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('answer') as HTMLInputElement;
    const words = field.value.trim();
    if (words !== '') onAnswer(words);
  };
  return html`<div class="panel">
    ${mayChoose ? html`<div class="choice" role="group" aria-label=${text.whoSees}>${choice(false, text.everyone)}${choice(true, text.only(question.askers))}</div>` : nothing}
    ${ready.length > 0
      ? html`<p class="muted">${text.readyTap}</p>
          <div class="ready">
            ${ready.map((answer) => html`<button class="button" type="button" dir="auto" ?disabled=${isBusy} @click=${() => onAnswer(answer.text)}>${icon('send')}<span>${answer.text}</span></button>`)}
          </div>`
      : nothing}
    <form class="writing" @submit=${submit}>
      <input name="answer" maxlength=${MESSAGE_LIMIT} autocomplete="off" enterkeyhint="send" placeholder=${text.placeholder} aria-label=${text.placeholder} />
      <button class="icon-button" type="submit" ?disabled=${isBusy} aria-label=${text.send}>${icon('send')}</button>
    </form>
    <div class="pair small">
      <button class="button" type="button" @click=${question.askers > 1 ? onSkip : onNotOne}>${question.askers > 1 ? text.skip : text.notOne}</button>
      <button class="button" type="button" @click=${onReady}>${icon('edit')}${text.ready}</button>
    </div>
  </div>`;
}

/** One that was answered, with the way back. */
export function answeredRow({ id, text: words, answer }: Question, text: QuestionMessages, onReopen: () => void): TemplateResult {
  return html`<li class="over" data-id=${id}>
    <div>
      <p dir="auto">${words}</p>
      ${answer ? html`<p class="muted" dir="auto">${text.answer(answer.text)}</p>` : nothing}
    </div>
    <button class="button" type="button" @click=${onReopen}>${icon('undo')}${text.reopen}</button>
  </li>`;
}
