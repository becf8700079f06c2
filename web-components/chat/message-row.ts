// Owns how one message is drawn: who, what it answers, what it says, and what can be done with it.
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatMessage } from '../../server/protocol/chat.ts';
import type { ChatMessages } from '../i18n/chat.ts';
import { icon, restrictChoice, type RestrictKind } from '../ui/index.ts';
import type { Draft } from './chat-log.ts';

export type MessageAction = 'reply' | 'private' | 'ask' | 'report' | 'erase' | 'approve' | 'remove' | 'pin' | 'unpin' | 'restrict';

export interface RowOptions {
  text: ChatMessages;
  isOwn: boolean;
  isStaff: boolean;
  isOpen: boolean;
  /** The choice of how to keep the author from writing is open. */
  isRestricting: boolean;
  onOpen: () => void;
  onAction: (action: MessageAction) => void;
  onRestrict: (kind: RestrictKind, minutes: number) => void;
}

const nameOf = (author: { name: string }, text: ChatMessages): string => author.name || text.guest;

/** What a caller may do with a message, the most likely first. */
export function actionsFor(message: ChatMessage, { isOwn, isStaff }: Pick<RowOptions, 'isOwn' | 'isStaff'>): MessageAction[] {
  if (!isStaff) return isOwn ? ['reply', 'erase'] : message.isPrivate ? ['reply'] : ['reply', 'report'];
  const isViewer = message.author.role === 'viewer';
  return [
    ...(message.state === 'held' ? (['approve'] as const) : (['reply'] as const)),
    ...(message.state === 'shown' && isViewer ? (message.isPrivate ? (['ask'] as const) : (['private', 'ask'] as const)) : []),
    ...(message.state === 'held' || message.isPrivate ? [] : ([message.isPinned ? 'unpin' : 'pin'] as const)),
    'remove',
    ...(isViewer ? (['restrict'] as const) : []),
  ];
}

const labelOf = (action: MessageAction, text: ChatMessages): string => (action === 'erase' ? text.eraseMine : action === 'restrict' ? text.restrictThem : text[action]);

function whoSees({ author, replyTo }: ChatMessage, { text, isOwn, isStaff }: RowOptions): string {
  if (author.role === 'viewer') return isOwn ? text.onlyTeam : text.onlyUs;
  return isStaff ? text.onlyThem(nameOf(replyTo ?? { name: '' }, text)) : text.onlyYou;
}

export function messageRow(message: ChatMessage, options: RowOptions): TemplateResult {
  const { text, isOwn, isOpen, isRestricting, onOpen, onAction, onRestrict } = options;
  const { author, replyTo } = message;
  const badge = text.badges[author.role];
  return html`<li class="message ${isOwn ? 'own' : ''} ${badge ? 'staff' : ''} ${message.isPrivate ? 'private' : ''} ${message.state}" part="message" data-id=${message.id}>
    <div class="line">
      <p>
        <span class="name">${nameOf(author, text)}</span>${badge ? html`<span class="badge" part="badge">${badge}</span>` : nothing}${message.isSynthetic ? html`<span class="badge played" part="badge">${text.played}</span>` : nothing}
        ${replyTo ? html`<span class="quote">${nameOf(replyTo, text)}${text.colon}${replyTo.text}</span>` : nothing}
        <span class="words" dir="auto">${message.text}</span>
        ${message.state === 'held' ? html`<span class="note">${text.held}</span>` : nothing}
        ${message.isPrivate ? html`<span class="note private">${icon('eyeOff')}${whoSees(message, options)}</span>` : nothing}
        ${message.isAnswered && (isOwn || options.isStaff) ? html`<span class="note answered">${icon('check')}${text.answered}</span>` : nothing}
      </p>
      <button class="icon-button more" type="button" aria-expanded=${isOpen} aria-label=${text.more(nameOf(author, text))} @click=${onOpen}>${icon('more')}</button>
    </div>
    ${isOpen
      ? html`<div class="acts" role="group" aria-label=${text.actions}>
          ${actionsFor(message, options).map(
            (action) =>
              html`<button class="button ${action === 'restrict' || action === 'erase' ? 'danger' : ''}" type="button" @click=${() => onAction(action)}>${labelOf(action, text)}</button>`,
          )}
        </div>
        ${isRestricting ? restrictChoice({ words: text.restrict, name: nameOf(author, text), onPick: onRestrict, onCancel: onOpen }) : nothing}`
      : nothing}
  </li>`;
}

/** A message of this page that the server does not have yet. */
export function draftRow(draft: Draft, fault: string, text: ChatMessages, on: { retry: () => void; discard: () => void }): TemplateResult {
  return html`<li class="message own draft" part="message">
    <div class="line">
      <p><span class="words" dir="auto">${draft.text}</span> <span class="note ${fault ? 'fault' : ''}" role=${fault ? 'alert' : nothing}>${fault || text.sending}</span></p>
    </div>
    ${fault
      ? html`<div class="acts">
          <button class="button" type="button" @click=${on.retry}>${text.tryAgain}</button>
          <button class="button" type="button" @click=${on.discard}>${text.discard}</button>
        </div>`
      : nothing}
  </li>`;
}
