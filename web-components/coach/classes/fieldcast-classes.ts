// Owns a trainer's classes: the list with the visits that are due, the open class with its pages, and what was just done.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ClassSummary, ClassView } from '../../../server/protocol/classes.ts';
import { exportFollowUp, listClasses, readClass, readFollowUp } from '../../../server/protocol/endpoints.ts';
import type { DueVisit, FollowUp } from '../../../server/protocol/follow-up.ts';
import type { Failure } from '../../show/index.ts';
import { OwnStaffRoom } from '../../show/own-staff-room.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart } from './class-part.ts';
import type { ClassNotice } from './class-room.ts';
import { openFile } from './open-file.ts';

const NOTICE_MS = 10_000;
const tabs = ['attendance', 'people', 'tasks', 'files', 'after'] as const;
type Tab = (typeof tabs)[number];

/**
 * The classes of a trainer, or all of them for the operator: who is here, who helps whom, tasks, files, certificates, visits afterwards.
 * Stands on the server's own origin, on a device that is signed in; inside `<fieldcast-coach>` it gets that one's connection.
 *
 * @tag fieldcast-classes
 * @prop {ClassRoom | null} room - A connection of who teaches; without it the device's own session.
 */
export class FieldcastClasses extends ClassPart {
  @state() private classes: readonly ClassSummary[] | null = null;
  @state() private told: FollowUp | null = null;
  @state() private opened: ClassView | null = null;
  @state() private tab: Tab = 'attendance';
  @state() private isMaking = false;
  @state() private notice: ClassNotice | null = null;
  @state() private fault: Failure | null = null;
  readonly #own = new OwnStaffRoom(() => {
    this.room = this.#own.room;
    this.fault = this.#own.fault;
  });
  #hushing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.room) this.#own.open('');
    else if (this.hasUpdated) void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.room === this.#own.room) this.room = null;
    this.#own.close();
    clearTimeout(this.#hushing);
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('room') as typeof this.room | undefined;
    if (changed.has('room') && this.room && before?.client !== this.room.client) void this.#read();
    if (changed.has('opened' as keyof this) && changed.get('opened' as keyof this) === null) this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const { room, opened } = this;
    return html`<div
      class="stack"
      @class-notice=${(event: CustomEvent<ClassNotice>) => this.#say(event.detail)}
      @class-change=${(event: CustomEvent<ClassView>) => (this.opened = event.detail)}
      @class-gone=${() => void this.#close()}
    >
      ${opened && room ? this.#class(opened) : this.classes && this.told ? this.#home(this.classes, this.told) : this.fault ? html`<div class="empty" role="alert"><p>${words.errors[this.fault.code]}</p><button class="button" type="button" @click=${() => void this.#read()}>${words.retry}</button></div>` : html`<p class="empty" role="status">${words.loading}</p>`}
      <div role="status" class="notice-place">
        ${this.notice ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}"><span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${() => void this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}</p>` : nothing}
      </div>
    </div>`;
  }

  #home(classes: readonly ClassSummary[], told: FollowUp): TemplateResult {
    const { home: words, stages, between } = this.words;
    return html`
      <h2 class="visually-hidden" tabindex="-1">${words.title}</h2>
      ${told.visits.length > 0 ? this.#due(told.visits) : nothing}
      ${this.isMaking
        ? html`<fieldcast-class-form .room=${this.room} .now=${told.serverTime} @class-form-close=${() => (this.isMaking = false)} @class-made=${(event: CustomEvent<ClassView>) => this.#made(event.detail)}></fieldcast-class-form>`
        : html`<button class="button primary big" type="button" @click=${() => (this.isMaking = true)}>${icon('plus')}${words.add}</button>`}
      ${classes.length === 0 && !this.isMaking ? html`<div class="empty">${icon('user')}<h3>${words.empty}</h3><p>${words.emptyHint}</p></div>` : nothing}
      <div class="stack many">
        ${classes.map(
          (each) => html`<button class="card" type="button" @click=${() => void this.#open(each.id, each.endsAt < told.serverTime ? 'after' : 'attendance')}>
            <span class="row"><span class="grow"><b>${each.title}</b><span class="soft">${[this.localize.dateTime(each.startsAt), each.place].filter(Boolean).join(between)}</span><span class="soft">${[stages[each.stage], each.isErased ? words.erased : words.people(each.trainees, each.seats), each.trainers.join('、')].filter(Boolean).join(between)}</span></span>${icon('forward')}</span>
          </button>`,
        )}
      </div>
      ${classes.length > 0
        ? html`<section class="card" aria-label=${words.trainers}>
            <h3>${words.trainers}</h3>
            ${told.trainers.map(({ name, classes: count, trainees, visitsDone, shares }) => html`<div class="grow"><b>${name}</b><span class="soft">${words.trainerLine(count, trainees, visitsDone)}</span>${shares.map(({ day, streaming, of }) => (streaming === null ? nothing : html`<span class="soft">${this.words.after.still(day)}${this.words.colon}${this.words.after.stillOf(streaming, of)}</span>`))}</div>`)}
            <button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#table()}>${icon('forward')}${words.table}</button>
          </section>`
        : nothing}
    `;
  }

  #due(visits: readonly DueVisit[]): TemplateResult {
    const { home: words, after, between } = this.words;
    return html`<section class="card" aria-label=${words.due(visits.length)}>
      <h3 class="row">${icon('bell')}${words.due(visits.length)}</h3>
      ${visits.slice(0, 8).map(
        (visit) => html`<div class="row">
          <button class="person" type="button" @click=${() => void this.#open(visit.classId, 'after')}>
            <span class="grow"><b>${visit.name}</b><span class="soft">${[visit.home, visit.classTitle, words.week(visit.week)].filter(Boolean).join(between)}</span></span>
            <span class="mark ${visit.isLate ? 'warm' : ''}">${visit.isLate ? words.late : this.localize.date(visit.plannedAt)}</span>
          </button>
          ${visit.phone ? html`<a class="icon-button" href="tel:${visit.phone.replace(/[^\d+]/g, '')}" aria-label="${after.call}: ${visit.name}">${icon('phone')}</a>` : nothing}
        </div>`,
      )}
    </section>`;
  }

  #class(view: ClassView): TemplateResult {
    const { words, room } = this;
    const page = (): TemplateResult => {
      switch (this.tab) {
        case 'attendance':
          return html`<fieldcast-class-attendance .room=${room} .view=${view}></fieldcast-class-attendance>`;
        case 'people':
          return html`<fieldcast-class-people .room=${room} .view=${view}></fieldcast-class-people>${room?.session.role === 'operator' ? html`<fieldcast-class-trainers .room=${room} .view=${view}></fieldcast-class-trainers>` : nothing}`;
        case 'tasks':
          return html`<fieldcast-class-tasks .room=${room} .view=${view}></fieldcast-class-tasks>`;
        case 'files':
          return html`<fieldcast-class-files .room=${room} .view=${view}></fieldcast-class-files>`;
        default:
          return html`<fieldcast-class-after .room=${room} .classId=${view.id}></fieldcast-class-after>`;
      }
    };
    return html`
      <div class="head">
        <button class="icon-button" type="button" aria-label=${words.back} @click=${() => void this.#close()}>${icon('back')}</button>
        <h2 tabindex="-1">${view.title}</h2>
      </div>
      <div class="tabs" role="tablist">
        ${tabs.map((tab) => html`<button type="button" role="tab" aria-selected=${tab === this.tab ? 'true' : 'false'} @click=${() => (this.tab = tab)}>${words.tabs[tab]}</button>`)}
      </div>
      <div class="stack" role="tabpanel" aria-label=${words.tabs[this.tab]}>${page()}</div>
    `;
  }

  async #read(): Promise<void> {
    const { room } = this;
    if (!room) return;
    const [listed, told] = await Promise.all([room.client.call(listClasses, {}), room.client.call(readFollowUp, {})]);
    if (room !== this.room) return;
    this.fault = listed.ok ? (told.ok ? null : told.error) : listed.error;
    if (listed.ok) this.classes = listed.value.classes;
    if (told.ok) this.told = told.value;
  }

  async #open(classId: string, tab: Tab): Promise<void> {
    const view = await this.act(({ client }) => client.call(readClass, { params: { classId } }));
    if (!view) return;
    this.tab = tab;
    this.opened = view;
  }

  #made(view: ClassView): void {
    this.isMaking = false;
    this.tab = 'attendance';
    this.opened = view;
  }

  async #close(): Promise<void> {
    this.opened = null;
    await this.#read();
  }

  async #table(): Promise<void> {
    const file = await this.act(({ client }) => client.call(exportFollowUp, { query: { lang: this.localize.locale } }));
    if (file) openFile(file as unknown as Blob, 'follow-up.csv');
  }

  #say(notice: ClassNotice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  protected override tell(notice: ClassNotice): void {
    this.#say(notice);
  }

  async #undo(): Promise<void> {
    const { notice } = this;
    this.notice = null;
    await notice?.undo?.();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-classes': FieldcastClasses;
  }
}
