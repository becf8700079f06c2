// Owns what a class has to do until when, and who has done it.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ClassView, Task } from '../../../server/protocol/classes.ts';
import { addTask, markTask, removeTask } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart, dayField, momentOf } from './class-part.ts';

const WEEK_MS = 7 * 24 * 3600_000;

export class FieldcastClassTasks extends ClassPart {
  @property({ attribute: false }) view!: ClassView;
  @state() private isAdding = false;
  @state() private openId = '';
  @state() private taskTitle = '';

  protected override render(): TemplateResult {
    const words = this.words.tasks;
    const { tasks } = this.view;
    return html`<div class="stack">
      ${this.isAdding ? this.#form() : html`<button class="button primary big" type="button" @click=${() => (this.isAdding = true)}>${icon('plus')}${words.add}</button>`}
      ${tasks.length === 0 && !this.isAdding ? this.empty('check', words.empty) : nothing} ${tasks.map((task) => this.#card(task))}
    </div>`;
  }

  #card(task: Task): TemplateResult {
    const { tasks: words, own, colon } = this.words;
    const { people, serverTime } = this.view;
    const isOpen = this.openId === task.id;
    const isLate = task.dueAt < serverTime && task.done.length < people.length;
    return html`<section class="card" aria-label=${task.title}>
      <div class="row">
        <div class="grow">
          <h3>${task.title}</h3>
          ${task.text ? html`<p>${task.text}</p>` : nothing}
          <span class="soft">${own.until(this.localize.date(task.dueAt))}</span>
        </div>
        <span class="mark ${isLate ? 'warm' : task.done.length === people.length && people.length > 0 ? 'good' : ''}">${words.done(task.done.length, people.length)}</span>
      </div>
      <div class="row wrap">
        <button class="button" type="button" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => (this.openId = isOpen ? '' : task.id)}>${icon('user')}${words.who}</button>
        <button class="button quiet" type="button" aria-label="${words.remove}${colon}${task.title}" @click=${() => void this.#remove(task)}>${icon('trash')}${words.remove}</button>
      </div>
      ${isOpen
        ? people.map(({ id, name }) => {
            const isDone = task.done.some(({ traineeId }) => traineeId === id);
            return html`<button class="person ${isDone ? 'on' : ''}" type="button" aria-pressed=${isDone ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.change(({ client }) => client.call(markTask, { params: { taskId: task.id, traineeId: id }, body: { isDone: !isDone } }))}>
              <span class="sign">${isDone ? icon('check') : nothing}</span><b class="grow">${name}</b>
            </button>`;
          })
        : nothing}
    </section>`;
  }

  #form(): TemplateResult {
    const { tasks: words, back } = this.words;
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <div class="choices">${words.presets.map((preset) => html`<button type="button" aria-pressed=${preset === this.taskTitle ? 'true' : 'false'} @click=${() => (this.taskTitle = preset)}>${preset}</button>`)}</div>
      <div class="field"><label for="title">${words.title}</label><input id="title" required maxlength="120" autocomplete="off" .value=${this.taskTitle} @input=${(event: Event) => (this.taskTitle = (event.target as HTMLInputElement).value)} /></div>
      <div class="field"><label for="text">${words.text}</label><textarea id="text" name="text" maxlength="1000"></textarea></div>
      <div class="field"><label for="due">${words.due}</label><input id="due" name="due" type="date" required value=${dayField(this.view.serverTime + WEEK_MS)} /></div>
      <div class="row wrap">
        <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.give}</button>
        <button class="button big" type="button" @click=${() => (this.isAdding = false)}>${back}</button>
      </div>
    </form>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    // Until the end of that day.
    const dueAt = momentOf(String(data.get('due')), '23:59');
    const title = this.taskTitle.trim();
    if (dueAt === null || title === '') return;
    // In the trainer's own words it may be something else, and is ticked by hand.
    const isFirstSteps = title === this.words.tasks.presets[0];
    const body = { title, text: String(data.get('text') ?? '').trim(), dueAt, isFirstSteps };
    if (!(await this.change(({ client }) => client.call(addTask, { params: { classId: this.view.id }, body, idempotencyKey: newId('key') }), this.words.tasks.added))) return;
    this.isAdding = false;
    this.taskTitle = '';
  }

  async #remove({ id }: Task): Promise<void> {
    if (confirm(this.words.tasks.removeAsk)) await this.change(({ client }) => client.call(removeTask, { params: { taskId: id } }));
  }
}
