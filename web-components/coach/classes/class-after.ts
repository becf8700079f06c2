// Owns what comes after a class: who still streams, four visits for each with notes, and each one's own numbers.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { changeVisit, exportClassFollowUp, exportVisits, readClassFollowUp } from '../../../server/protocol/endpoints.ts';
import { type ClassFollowUp, type FollowedTrainee, type OwnNumbers, type Visit, type VisitPatch, visitStates } from '../../../server/protocol/follow-up.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart, dayField, momentOf } from './class-part.ts';
import { openFile } from './open-file.ts';

const DAY_MS = 24 * 3600_000;

export class FieldcastClassAfter extends ClassPart {
  @property() classId = '';
  @state() private told: ClassFollowUp | null = null;
  /** `trainee week` of the visit that is open. */
  @state() private openVisit = '';

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { after: words, loading } = this.words;
    const { told } = this;
    if (!told) return html`<p role="status">${loading}</p>`;
    if (told.people.length === 0 && told.shares.every(({ of }) => of === 0)) return this.empty('clock', words.empty);
    return html`<div class="stack">
      <div class="shares">
        ${told.shares.map(
          ({ day, streaming, of, unknown }) => html`<div class="card"><span class="soft">${words.still(day)}</span><b>${streaming === null ? words.notYet : words.stillOf(streaming, of)}</b>${unknown > 0 && streaming !== null ? html`<span class="soft">${words.unknown(unknown)}</span>` : nothing}</div>`,
        )}
      </div>
      ${told.serverTime < told.endsAt ? html`<p class="soft">${words.before}</p>` : nothing}
      <div class="row wrap">
        <button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#save('table')}>${icon('forward')}${words.table}</button>
        <button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#save('calendar')}>${icon('bell')}${words.calendar}</button>
      </div>
      <div class="stack many">${repeat(told.people, ({ id }) => id, (person) => this.#card(told, person))}</div>
    </div>`;
  }

  #card(told: ClassFollowUp, person: FollowedTrainee): TemplateResult {
    const { after: words, between } = this.words;
    const { id, name, phone, home, visits, lastShowAt, numbers, isHostKnown } = person;
    const open = visits.find(({ week }) => this.openVisit === `${id} ${week}`);
    return html`<section class="card" aria-label=${name}>
      <div class="row">
        <div class="grow"><h3>${name}</h3><span class="soft">${[home, isHostKnown ? (lastShowAt === null ? words.noShow : words.lastShow(this.localize.date(lastShowAt))) : ''].filter(Boolean).join(between)}</span></div>
        ${phone ? html`<a class="icon-button" href="tel:${phone.replace(/[^\d+]/g, '')}" aria-label="${words.call}: ${name}">${icon('phone')}</a>` : nothing}
      </div>
      <div class="visits">
        ${visits.map((visit) => {
          const isLate = visit.state === 'planned' && visit.plannedAt + DAY_MS < told.serverTime;
          const isOpen = visit === open;
          return html`<button class=${visit.state === 'done' ? 'done' : isLate || visit.state === 'missed' ? 'late' : ''} type="button" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => (this.openVisit = isOpen ? '' : `${id} ${visit.week}`)}>
            <b>${words.visit(visit.week)}</b><span>${visit.state === 'planned' ? this.#shortDay(visit.plannedAt) : words.states[visit.state]}</span>
          </button>`;
        })}
      </div>
      ${open ? this.#form(person, open) : nothing}
      ${numbers ? this.#numbers(numbers) : html`<p class="soft">${isHostKnown ? words.notAgreed : words.notConnected}</p>`}
    </section>`;
  }

  #form({ id }: FollowedTrainee, visit: Visit): TemplateResult {
    const { after: words, save } = this.words;
    return html`<form class="stack" @submit=${(event: SubmitEvent) => void this.#write(event, id, visit)}>
      <div class="choices">${visitStates.map((state) => html`<button type="button" aria-pressed=${state === visit.state ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#put(id, visit, { state })}>${words.states[state]}</button>`)}</div>
      <div class="field"><label for="note">${words.note}</label><textarea id="note" name="note" maxlength="4000" .value=${visit.note}></textarea></div>
      <div class="field"><label for="day">${words.move}</label><input id="day" name="day" type="date" value=${dayField(visit.plannedAt)} /></div>
      <div class="row wrap">
        <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${save}</button>
        ${visit.isMoved ? html`<button class="button big" type="button" @click=${() => void this.#put(id, visit, { plannedAt: null })}>${words.weekDay}</button>` : nothing}
      </div>
    </form>`;
  }

  #numbers({ shows, onAirSeconds, viewers, orders, placedMinor, keptMinor, currency }: OwnNumbers): TemplateResult {
    const { after: words } = this.words;
    const fact = (name: string, value: string): TemplateResult => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<dl class="facts" aria-label=${words.numbers}>
      ${fact(words.shows, this.localize.number(shows))} ${fact(words.onAir, words.minutes(Math.round(onAirSeconds / 60)))} ${fact(words.viewers, this.localize.number(viewers))} ${fact(words.orders, this.localize.number(orders))}
      ${fact(words.placed, this.localize.money(placedMinor, currency))} ${fact(words.kept, this.localize.money(keptMinor, currency))}
    </dl>`;
  }

  /** `10/21`: four of them stand in a row. */
  #shortDay(at: number): string {
    return new Intl.DateTimeFormat(this.localize.locale, { month: 'numeric', day: 'numeric' }).format(at);
  }

  async #read(): Promise<void> {
    this.told = (await this.act(({ client }) => client.call(readClassFollowUp, { params: { classId: this.classId } }))) ?? this.told;
  }

  async #write(event: SubmitEvent, traineeId: string, visit: Visit): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const day = String(data.get('day') ?? '');
    const moved = day === dayField(visit.plannedAt) ? null : momentOf(day, '10:00');
    const saved = await this.#put(traineeId, visit, { note: String(data.get('note') ?? '').trim(), ...(moved === null ? {} : { plannedAt: moved }) }, this.words.after.saved);
    if (saved) this.openVisit = '';
  }

  async #put(traineeId: string, { week, state, note, plannedAt, isMoved }: Visit, body: VisitPatch, done?: string): Promise<boolean> {
    const params = { traineeId, week: String(week) as '1' | '2' | '4' | '8' };
    const call = (patch: VisitPatch, said?: string, undo?: () => Promise<boolean>) => this.act(({ client }) => client.call(changeVisit, { params, body: patch }), said, undo);
    const undo = async (): Promise<boolean> => {
      const back = await call({ state, note, plannedAt: isMoved ? plannedAt : null });
      if (back) this.told = back;
      return back !== null;
    };
    const told = await call(body, done, done === undefined ? undefined : undo);
    if (told) this.told = told;
    return told !== null;
  }

  async #save(what: 'table' | 'calendar'): Promise<void> {
    const params = { classId: this.classId };
    const query = { lang: this.localize.locale };
    const file = await this.act(({ client }) => (what === 'table' ? client.call(exportClassFollowUp, { params, query }) : client.call(exportVisits, { params, query })));
    if (file) openFile(file as unknown as Blob, what === 'table' ? 'follow-up.csv' : 'visits.ics');
  }
}
