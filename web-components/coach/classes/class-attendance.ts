// Owns who is here: the code on the wall, and the list where one tap marks and another one takes back.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { AttendanceSheet, ClassView, Meeting, Trainee } from '../../../server/protocol/classes.ts';
import { closeAttendance, markAttendance, openAttendance, readClass } from '../../../server/protocol/endpoints.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart } from './class-part.ts';

/** While the code is up, so often is looked who has come. */
const LOOK_MS = 3_000;

export class FieldcastClassAttendance extends ClassPart {
  @property({ attribute: false }) view!: ClassView;
  @state() private meetingId = '';
  @state() private sheet: AttendanceSheet | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.sheet = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('view') || this.view.meetings.some(({ id }) => id === this.meetingId)) return;
    const { meetings, serverTime } = this.view;
    // The one that is on or comes next; after all of them the last one.
    this.meetingId = (meetings.find(({ endsAt }) => endsAt > serverTime) ?? meetings.at(-1))?.id ?? '';
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const words = this.words.attendance;
    const meeting = view.meetings.find(({ id }) => id === this.meetingId);
    if (!meeting) return html``;
    return html`<div class="side">
      <div class="stack">
        ${view.meetings.length > 1
          ? html`<div class="field"><label for="meeting">${words.meeting}</label><select id="meeting" .value=${this.meetingId} @change=${(event: Event) => this.#pick((event.target as HTMLSelectElement).value)}>
              ${view.meetings.map(({ id, startsAt }) => html`<option value=${id} ?selected=${id === this.meetingId}>${this.localize.dateTime(startsAt)}</option>`)}
            </select></div>`
          : html`<p class="soft">${this.localize.dateTime(meeting.startsAt)} – ${this.clock(meeting.endsAt)}</p>`}
        ${this.sheet ? this.#wall(this.sheet, meeting.present.length) : html`<button class="button primary big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#show(meeting)}>${icon('user')}${words.show}</button><p class="soft">${words.hint}</p>`}
      </div>
      <div class="stack">
        ${view.people.length === 0 ? this.empty('user', words.empty) : html`<p class="count" role="status">${words.count(meeting.present.length, view.people.length)}</p>`}
        ${view.people.map((person) => this.#row(meeting, person))}
      </div>
    </div>`;
  }

  #wall({ url, qrSvg, openUntil }: AttendanceSheet, here: number): TemplateResult {
    const words = this.words.attendance;
    return html`<div class="card wall">
      <div class="code" role="img" aria-label=${words.show}>${unsafeHTML(qrSvg)}</div>
      <p class="count" aria-hidden="true">${words.count(here, this.view.people.length)}</p>
      <p>${words.until(this.clock(openUntil))}</p>
      <p class="soft">${words.address}<br /><span class="address">${url}</span></p>
      <button class="button big" type="button" @click=${() => void this.#close()}>${icon('close')}${words.close}</button>
    </div>`;
  }

  #row(meeting: Meeting, { id, name, home }: Trainee): TemplateResult {
    const words = this.words.attendance;
    const mark = meeting.present.find(({ traineeId }) => traineeId === id);
    return html`<button class="person ${mark ? 'on' : ''}" type="button" aria-pressed=${mark ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#mark(meeting.id, id, !mark)}>
      <span class="sign">${mark ? icon('check') : nothing}</span>
      <span class="grow"><b>${name}</b><span class="soft">${home}</span></span>
      <span class="soft">${mark ? `${this.clock(mark.at)} ${mark.how === 'code' ? words.byCode : words.byTrainer}` : words.notHere}</span>
    </button>`;
  }

  #pick(meetingId: string): void {
    this.meetingId = meetingId;
    this.sheet = null;
    clearInterval(this.#timer);
  }

  async #show({ id }: Meeting): Promise<void> {
    this.sheet = await this.act(({ client }) => client.call(openAttendance, { params: { meetingId: id }, body: {} }));
    clearInterval(this.#timer);
    if (this.sheet) this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    this.sheet = null;
    await this.act(({ client }) => client.call(closeAttendance, { params: { meetingId: this.meetingId } }), this.words.attendance.closed);
  }

  async #look(): Promise<void> {
    const seen = await this.room?.client.call(readClass, { params: { classId: this.view.id } });
    if (seen?.ok && !this.isBusy) this.dispatchEvent(new CustomEvent<ClassView>('class-change', { detail: seen.value, bubbles: true, composed: true }));
  }

  async #mark(meetingId: string, traineeId: string, wasThere: boolean): Promise<boolean> {
    return this.change(({ client }) => client.call(markAttendance, { params: { meetingId, traineeId }, body: { wasThere } }));
  }
}
