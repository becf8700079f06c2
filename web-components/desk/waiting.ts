// Owns what waits for a decision: held and reported messages as a queue, each decided with one tap.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../server/protocol/chat.ts';
import { changeMessage, liftRestriction, listFlagged, restrictAuthor } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon, restrictChoice, type RestrictKind, restrictStyles } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';

type Flagged = { message: ChatMessage; reports: number };

export class FieldcastDeskWaiting extends DeskPart {
  static override styles = [...DeskPart.styles, restrictStyles];

  @state() private flagged: readonly Flagged[] = [];
  @state() private chosenId: string | null = null;
  @state() private busyId: string | null = null;

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(listFlagged, { params: { showId } });
    if (outcome.ok) this.flagged = outcome.value.flagged;
    return outcome;
  }

  protected override follow({ client, showId }: DeskRoom, again: () => void): (() => void)[] {
    const stands = (ids: readonly string[]): boolean => this.flagged.some(({ message }) => ids.includes(message.id));
    return [
      client.on('chat.flagged', (event) => event.showId === showId && again()),
      // Somebody else has decided.
      client.on('chat.changed', (event) => event.showId === showId && stands(event.messages.map(({ id }) => id)) && again()),
    ];
  }

  protected override page(): TemplateResult {
    const { waiting } = this.words;
    if (this.flagged.length === 0) return html`<div class="empty">${icon('check')}<h3>${waiting.empty}</h3><p>${waiting.emptyHint}</p></div>`;
    return html`<ul class="cards">
      ${repeat(
        this.flagged,
        ({ message }) => message.id,
        (each) => this.#card(each),
      )}
    </ul>`;
  }

  #card({ message, reports }: Flagged): TemplateResult {
    const { waiting, restrict } = this.words;
    const name = this.nameOf(message.author.name);
    const isHeld = message.state === 'held';
    const isBusy = this.busyId === message.id;
    return html`<li class="card">
      <p class="about"><strong>${name}</strong><span>${this.time(message.at)}</span>${isHeld ? html`<span class="mark">${waiting.held}</span>` : nothing}${reports > 0 ? html`<span class="mark warm">${waiting.reports(reports)}</span>` : nothing}</p>
      <p class="said" dir="auto">${message.text}</p>
      <div class="do">
        <button class="button primary" type="button" ?disabled=${isBusy} @click=${() => void this.#decide(message, 'approve')}>${icon('check')}${isHeld ? waiting.letThrough : waiting.keep}</button>
        <button class="button" type="button" ?disabled=${isBusy} @click=${() => void this.#decide(message, 'remove')}>${icon('close')}${waiting.remove}</button>
        ${message.author.role === 'viewer'
          ? html`<button class="button" type="button" aria-expanded=${this.chosenId === message.id} @click=${() => (this.chosenId = this.chosenId === message.id ? null : message.id)}>${waiting.restrict}</button>`
          : nothing}
      </div>
      ${this.chosenId === message.id
        ? restrictChoice({ words: restrict, name, onPick: (kind, minutes) => void this.#restrict(message, kind, minutes), onCancel: () => (this.chosenId = null) })
        : nothing}
    </li>`;
  }

  async #decide(message: ChatMessage, action: 'approve' | 'remove'): Promise<void> {
    const { room } = this;
    if (!room) return;
    const params = { showId: room.showId, messageId: message.id };
    this.busyId = message.id;
    const outcome = await room.client.call(changeMessage, { params, body: { action } });
    this.busyId = null;
    const undo = async (): Promise<boolean> => (await room.client.call(changeMessage, { params, body: { action: 'restore' } })).ok;
    this.settled(outcome, action === 'remove' ? this.words.waiting.removed : this.words.waiting.decided, action === 'remove' ? undo : undefined);
    await this.load();
  }

  async #restrict(message: ChatMessage, kind: RestrictKind, minutes: number): Promise<void> {
    const { room } = this;
    if (!room) return;
    const { restrict } = this.words;
    const { showId } = room;
    this.chosenId = null;
    const outcome = await room.client.call(restrictAuthor, { params: { showId }, body: { messageId: message.id, kind, minutes } });
    const done = restrict.done[kind](this.nameOf(message.author.name), restrict.minutes(minutes));
    this.settled(outcome, done, async () => outcome.ok && (await room.client.call(liftRestriction, { params: { showId, restrictionId: outcome.value.id } })).ok);
    await this.load();
  }
}
