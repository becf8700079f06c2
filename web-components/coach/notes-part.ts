// Owns the section of notes: one key keeps the moment, words come after it, and each note stands at its time of the show.
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Note } from '../../server/protocol/coach-desk.ts';
import { NOTE_LIMIT } from '../../server/protocol/coach-limits.ts';
import { changeNote, deleteNote, listNotes, writeNote } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import { clockOf, icon } from '../ui/index.ts';
import { CoachPart } from './coach-part.ts';
import type { Trainee } from './trainee.ts';

export class FieldcastCoachNotes extends CoachPart {
  @state() private notes: readonly Note[] = [];
  /** The moment that is being written about, the server's clock; null: now. */
  @state() private moment: number | null = null;
  @state() private editing: Note | null = null;
  @state() private length = 0;
  @state() private isBusy = false;
  @query('textarea') private field!: HTMLTextAreaElement | null;
  #key = newId('key');

  /** Keeps this moment, and lets the words be written to it. */
  async mark(): Promise<void> {
    const { trainee } = this;
    if (!trainee) return;
    this.editing = null;
    this.moment = trainee.store.serverNow();
    await this.updateComplete;
    this.field?.focus();
  }

  protected override entered(trainee: Trainee): void {
    this.notes = [];
    this.moment = null;
    this.editing = null;
    void this.#read(trainee);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { trainee, words, editing } = this;
    if (!trainee) return nothing;
    const over = this.length - NOTE_LIMIT;
    const moment = editing?.at ?? this.moment;
    return html`<div class="stack">
      <button class="button" type="button" @click=${() => void this.mark()}>${icon('edit')}${words.noteNow}</button>
      <form class="stack" @submit=${this.#submit}>
        <div class="field">
          <label for="note">${words.noteLabel(moment === null ? clockOf(this.#sinceStart(trainee.store.serverNow())) : this.#timeOf(moment))}</label>
          <textarea id="note" rows="3" placeholder=${words.notePlaceholder} aria-invalid=${over > 0 ? 'true' : 'false'} aria-describedby="note-fault" @input=${this.#typed} @keydown=${this.#shortcut}></textarea>
          <p class="fault" id="note-fault" role="status">${over > 0 ? words.noteTooLong(over, NOTE_LIMIT) : ''}</p>
        </div>
        <div class="row">
          <button class="button primary grow" type="submit" ?disabled=${this.isBusy || over > 0 || this.length === 0}>${icon('check')}${words.noteSave}</button>
          ${editing || this.moment !== null ? html`<button class="button" type="button" @click=${() => this.#clear()}>${words.noteCancel}</button>` : nothing}
        </div>
      </form>
      ${this.notes.length === 0 ? html`<p class="soft">${words.notesEmpty}</p>` : html`<ul class="list">${[...this.notes].reverse().map((note) => this.#note(note))}</ul>`}
    </div>`;
  }

  #note(note: Note): TemplateResult {
    const { words } = this;
    return html`<li>
      <span class="time">${this.#timeOf(note.at)}</span><span class="what">${note.text}${note.isOwn ? nothing : html` <span class="soft">${note.by}</span>`}</span>
      ${note.isOwn
        ? html`<button class="icon-button" type="button" aria-label=${words.noteEdit} @click=${() => void this.#edit(note)}>${icon('edit')}</button>
            <button class="icon-button" type="button" aria-label=${words.noteDelete} @click=${() => void this.#delete(note)}>${icon('trash')}</button>`
        : nothing}
    </li>`;
  }

  #sinceStart(at: number): number {
    const startedAt = this.trainee?.show.startedAt ?? null;
    return startedAt === null ? 0 : Math.max(0, at - startedAt);
  }

  #timeOf(at: number): string {
    const startedAt = this.trainee?.show.startedAt ?? null;
    return startedAt === null || at < startedAt ? this.words.beforeStart : clockOf(at - startedAt);
  }

  readonly #typed = (): void => {
    // The moment is when the thinking began, not when the last word was found.
    if (this.moment === null && !this.editing && this.trainee) this.moment = this.trainee.store.serverNow();
    this.length = this.field?.value.trim().length ?? 0;
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (event.target as HTMLTextAreaElement).form?.requestSubmit();
    if (event.key === 'Escape') this.#clear();
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    const { trainee, field, editing } = this;
    const text = field?.value.trim() ?? '';
    if (!trainee || text.length === 0 || text.length > NOTE_LIMIT) return;
    const params = { showId: trainee.id };
    this.isBusy = true;
    const saved = editing
      ? await trainee.client.call(changeNote, { params: { ...params, noteId: editing.id }, body: { text } })
      : await trainee.client.call(writeNote, { params, body: { text, at: Math.round(this.moment ?? trainee.store.serverNow()) }, idempotencyKey: this.#key });
    this.isBusy = false;
    if (!this.worked(saved)) return;
    this.#clear();
    await this.#read(trainee);
  }

  async #edit(note: Note): Promise<void> {
    this.editing = note;
    await this.updateComplete;
    if (!this.field) return;
    this.field.value = note.text;
    this.length = note.text.length;
    this.field.focus();
  }

  async #delete(note: Note): Promise<void> {
    const { trainee } = this;
    if (!trainee) return;
    const deleted = await trainee.client.call(deleteNote, { params: { showId: trainee.id, noteId: note.id } });
    if (!this.worked(deleted)) return;
    await this.#read(trainee);
    const restore = async (): Promise<void> => {
      this.worked(await trainee.client.call(writeNote, { params: { showId: trainee.id }, body: { text: note.text, at: note.at }, idempotencyKey: newId('key') }));
      await this.#read(trainee);
    };
    this.tell({ text: this.words.noteDeleted, undo: { label: this.words.noteUndo, run: restore } });
  }

  #clear(): void {
    this.#key = newId('key');
    this.moment = null;
    this.editing = null;
    this.length = 0;
    if (this.field) this.field.value = '';
  }

  async #read(trainee: Trainee): Promise<void> {
    const read = await trainee.client.call(listNotes, { params: { showId: trainee.id } });
    if (trainee !== this.trainee) return;
    if (this.worked(read)) this.notes = read.value.notes;
  }
}
