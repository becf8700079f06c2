// Owns the form of a new class: name, for whom, where, how many, when.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CLASS_LIMITS, type ClassView, type Stage, stages } from '../../../server/protocol/classes.ts';
import { createClass } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart, dayField, momentOf } from './class-part.ts';

const DAY_MS = 24 * 3600_000;

/** Fires `class-made` with the new class, `class-form-close` when it is not wanted. */
export class FieldcastClassForm extends ClassPart {
  /** The server's clock: a trainer's device may be off. */
  @property({ type: Number }) now = Date.now();
  @state() private stage: Stage = 'never';
  @state() private isWrong = false;
  // Sent twice it is one class.
  readonly #key = newId('key');

  protected override render(): TemplateResult {
    const { form: words, cancel, stages: names } = this.words;
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.#make(event)}>
      <div class="field"><label for="title">${words.title}</label><input id="title" name="title" required maxlength="80" autocomplete="off" placeholder=${words.titleHint} /></div>
      <div class="field" role="group" aria-labelledby="for"><span class="label" id="for">${words.stage}</span>
        <div class="choices">${stages.map((stage) => html`<button type="button" aria-pressed=${stage === this.stage ? 'true' : 'false'} @click=${() => (this.stage = stage)}>${names[stage]}</button>`)}</div>
      </div>
      <div class="field"><label for="place">${words.place}</label><input id="place" name="place" maxlength="120" autocomplete="off" /></div>
      <div class="field"><label for="day">${words.day}</label><input id="day" name="day" type="date" required value=${dayField(this.now)} /></div>
      <div class="two">
        <div class="field"><label for="from">${words.from}</label><input id="from" name="from" type="time" required value="09:00" /></div>
        <div class="field"><label for="to">${words.to}</label><input id="to" name="to" type="time" required value="11:30" /></div>
        <div class="field"><label for="days">${words.days}</label><input id="days" name="days" type="number" inputmode="numeric" min="1" max=${CLASS_LIMITS.meetings} value="1" required /></div>
        <div class="field"><label for="seats">${words.seats}</label><input id="seats" name="seats" type="number" inputmode="numeric" min="1" max=${CLASS_LIMITS.seats} value="20" required /></div>
      </div>
      ${this.room?.session.role === 'operator' ? html`<div class="field"><label for="trainer">${words.trainer}</label><input id="trainer" name="trainer" maxlength="80" autocomplete="off" /></div>` : nothing}
      ${this.isWrong ? html`<p class="fault" role="alert">${words.wrongTimes}</p>` : nothing}
      <div class="row wrap">
        <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.make}</button>
        <button class="button big" type="button" @click=${() => this.dispatchEvent(new CustomEvent('class-form-close'))}>${cancel}</button>
      </div>
    </form>`;
  }

  async #make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const said = (name: string): string => String(data.get(name) ?? '').trim();
    const [from, to] = [momentOf(said('day'), said('from')), momentOf(said('day'), said('to'))];
    this.isWrong = from === null || to === null || to <= from;
    if (from === null || to === null || to <= from) return;
    const meetings = Array.from({ length: Math.min(CLASS_LIMITS.meetings, Number(said('days'))) }, (_, index) => ({ startsAt: from + index * DAY_MS, endsAt: to + index * DAY_MS }));
    const trainerName = said('trainer');
    const body = { title: said('title'), place: said('place'), stage: this.stage, seats: Number(said('seats')), meetings, ...(trainerName ? { trainerName } : {}) };
    const made = await this.act(({ client }) => client.call(createClass, { body, idempotencyKey: this.#key }), this.words.form.made);
    if (made) this.dispatchEvent(new CustomEvent<ClassView>('class-made', { detail: made }));
  }
}
