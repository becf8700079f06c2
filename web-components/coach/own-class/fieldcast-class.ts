// Owns a trainee's page: coming to a class by the code on the wall, and what this phone then shows of it.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SIGNED_IN_MARK } from '../../../server/protocol/access.ts';
import type { AttendanceDoor, Come, Material, OwnClass } from '../../../server/protocol/classes.ts';
import { changeOwnClass, comeToClass, connectTrainee, forgetMe, markOwnTask, readAttendanceDoor, readMaterial, readOwnClass } from '../../../server/protocol/endpoints.ts';
import { classMessages, type ClassMessages } from '../../i18n/classes.ts';
import { Localize } from '../../i18n/index.ts';
import { type Call, createCall, type TokenProvider } from '../../show/http.ts';
import type { Outcome } from '../../show/outcome.ts';
import { createSession } from '../../show/session.ts';
import { scriptOrigin } from '../../show/server-url.ts';
import { deviceStorage } from '../../show/storage.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../../ui/index.ts';
import { classStyles } from '../classes/classes.styles.ts';
import { openFile } from '../classes/open-file.ts';
import { dropToken, keepToken, readTokens } from '../../show/class-tokens.ts';
import { ownClassStyles } from './own-class.styles.ts';

const CODE = /(?:^#|[#&])at=([A-Za-z0-9_-]{12,64})/;
const FILE_MS = 120_000;

/**
 * The page behind the code that a trainer puts on the wall: whoever scans it says who they are, is marked as here by the server's clock, and
 * has tasks, files, partner and certificate on this phone from then on. Asks nobody but its own server.
 *
 * @tag fieldcast-class
 * @attr {string} server - Origin of the server; the script's own origin by default.
 * @attr {string} lang - `zh-CN` or `en`; the page's or the browser's language by default.
 * @example <script type="module" src="/fieldcast-class.js"></script><fieldcast-class></fieldcast-class>
 */
export class FieldcastClass extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, classStyles, ownClassStyles];

  @property() server = '';
  @state() private door: AttendanceDoor | null = null;
  /** Who says so before it counts: a name of the list. */
  @state() private asWhom: { id: string; name: string } | null = null;
  @state() private isNew = false;
  @state() private own: readonly OwnClass[] | null = null;
  @state() private come: Come | null = null;
  @state() private said: { text: string; isFault: boolean } | null = null;
  @state() private isBusy = false;
  @state() private hostToken: TokenProvider | null = null;
  readonly #words = new Localize(this, classMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#enter);
    void this.#enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#enter);
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const { own } = this;
    return html`<div class="page">
      ${this.said ? html`<p class="notice ${this.said.isFault ? 'fault' : ''}" role=${this.said.isFault ? 'alert' : 'status'}><span>${this.said.text}</span></p>` : nothing}
      ${this.door && !this.come ? this.#entrance(this.door) : own === null ? html`<p role="status">${words.loading}</p>` : own.length === 0 ? this.#nothing() : own.map((each) => this.#class(each))}
    </div>`;
  }

  #nothing(): TemplateResult {
    return html`<h1>${this.#words.text.own.title}</h1><div class="empty">${icon('user')}<p>${this.#words.text.own.none}</p></div>`;
  }

  #entrance(door: AttendanceDoor): TemplateResult {
    const { own: words, back } = this.#words.text;
    const { asWhom } = this;
    const head = html`<h1>${door.title}</h1><p class="soft">${[door.place, this.#words.dateTime(door.startsAt)].filter(Boolean).join(' · ')}</p>`;
    if (asWhom) {
      return html`${head}
        <p class="count">${asWhom.name}</p>
        <button class="button primary big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#go({ traineeId: asWhom.id })}>${icon('check')}${words.come}</button>
        <button class="button big" type="button" @click=${() => (this.asWhom = null)}>${icon('back')}${back}</button>`;
    }
    if (this.isNew) {
      return html`${head}
        <form class="stack" @submit=${(event: SubmitEvent) => this.#goNew(event)}>
          <div class="field"><label for="name">${words.yourName}</label><input id="name" name="name" required maxlength="60" autocomplete="name" /></div>
          <div class="field"><label for="home">${words.yourHome}</label><input id="home" name="home" maxlength="80" autocomplete="off" /></div>
          <div class="field"><label for="phone">${words.yourPhone}</label><input id="phone" name="phone" type="tel" maxlength="24" autocomplete="tel" /></div>
          <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.come}</button>
          <button class="button big" type="button" @click=${() => (this.isNew = false)}>${icon('back')}${back}</button>
        </form>`;
    }
    return html`${head}
      <h2>${words.welcome}</h2>
      ${door.people.length > 0 ? html`<p class="soft">${words.tapName}</p>` : nothing}
      <div class="stack">
        ${door.people.map(
          (person) => html`<button class="person" type="button" ?disabled=${person.isTaken} @click=${() => (this.asWhom = person)}><b class="grow">${person.name}</b>${person.isTaken ? html`<span class="soft">${words.taken}</span>` : icon('forward')}</button>`,
        )}
      </div>
      ${door.hasRoom ? html`<button class="button big" type="button" @click=${() => (this.isNew = true)}>${icon('plus')}${words.notInList}</button>` : html`<p>${words.full}</p>`}`;
  }

  #class(own: OwnClass): TemplateResult {
    const words = this.#words.text.own;
    const { come } = this;
    const isJustHere = come?.classId === own.classId;
    return html`
      ${isJustHere ? html`<p class="hello" role="status">${icon('check')}<span>${words.isHere(come.name, this.#time(come.at))}</span></p>` : nothing}
      <h1>${own.title}</h1>
      <p class="soft">${[own.place, own.trainers.length > 0 ? words.trainer(own.trainers.join('、')) : ''].filter(Boolean).join(' · ')}</p>
      ${own.tasks.length > 0 ? html`<h2>${words.tasks}</h2><div class="stack">${own.tasks.map((task) => this.#task(own, task))}</div>` : nothing}
      ${own.senior || own.juniors.length > 0
        ? html`<h2>${words.partner}</h2>
            ${[...(own.senior ? [{ ...own.senior, text: words.helpedBy(own.senior.name) }] : []), ...own.juniors.map((each) => ({ ...each, text: words.help(each.name) }))].map(
              ({ name, phone, text }) => html`<div class="card row"><span class="grow">${text}</span>${phone ? html`<a class="button" href="tel:${phone.replace(/[^\d+]/g, '')}" aria-label="${words.call}: ${name}">${icon('phone')}${words.call}</a>` : nothing}</div>`,
            )}`
        : nothing}
      ${own.materials.length > 0 ? html`<h2>${words.files}</h2><div class="stack">${own.materials.map((file) => html`<button class="person" type="button" ?disabled=${this.isBusy} @click=${() => void this.#open(own, file)}>${icon('picture')}<b class="grow">${file.name}</b>${icon('forward')}</button>`)}</div>` : nothing}
      ${own.certificate ? html`<h2>${words.certificate}</h2><a class="button big" target="_blank" rel="noopener" href="${this.#serverUrl}/certificates/${own.certificate.id}?lang=${this.#words.locale}">${icon('check')}${words.open}</a>` : nothing}
      <h2>${words.days}</h2>
      <div class="stack">${own.meetings.map((meeting) => html`<div class="row"><span class="grow">${this.#words.dateTime(meeting.startsAt)}</span><span class="mark ${meeting.wasThere ? 'good' : ''}">${meeting.wasThere ? words.there : meeting.endsAt > own.serverTime ? words.coming : words.missed}</span></div>`)}</div>
      ${this.#numbers(own)}
      <button class="button quiet" type="button" @click=${() => void this.#forget(own)}>${icon('trash')}${words.forget}</button>
    `;
  }

  #task(own: OwnClass, { id, title, text, dueAt, doneAt }: OwnClass['tasks'][number]): TemplateResult {
    const words = this.#words.text.own;
    const isDone = doneAt !== null;
    return html`<div class="card">
      <div class="row"><div class="grow"><b>${title}</b>${text ? html`<p>${text}</p>` : nothing}</div><span class="mark ${isDone ? 'good' : dueAt < own.serverTime ? 'warm' : ''}">${isDone ? words.done : words.until(this.#words.date(dueAt))}</span></div>
      <button class="button ${isDone ? 'quiet' : 'big'}" type="button" ?disabled=${this.isBusy} @click=${() => void this.#change(own, (call) => call(markOwnTask, { params: { taskId: id }, body: { isDone: !isDone } }))}>${isDone ? icon('undo') : icon('check')}${isDone ? words.notDone : words.markDone}</button>
    </div>`;
  }

  #numbers(own: OwnClass): TemplateResult | typeof nothing {
    const words = this.#words.text.own;
    if (!own.isHostKnown && !this.hostToken) return nothing;
    if (!own.isHostKnown) {
      return html`<div class="card"><p>${words.connectHint}</p><button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#connect(own)}>${icon('link')}${words.connect}</button></div>`;
    }
    return html`<div class="card">
      <button class="switch" type="button" role="switch" aria-checked=${own.showsNumbers ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#change(own, (call) => call(changeOwnClass, { body: { showsNumbers: !own.showsNumbers } }))}>
        <span class="grow"><b>${words.numbers}</b><span class="soft">${words.numbersHint}</span></span><span class="knob"></span>
      </button>
    </div>`;
  }

  get #serverUrl(): string {
    return this.server || scriptOrigin || location.origin;
  }

  #time(at: number): string {
    return new Intl.DateTimeFormat(this.#words.locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  }

  #as(token: string | null): Call {
    return createCall({ serverUrl: this.#serverUrl, token: () => Promise.resolve(token) });
  }

  readonly #enter = async (): Promise<void> => {
    const code = CODE.exec(location.hash)?.[1];
    this.come = null;
    this.said = null;
    await this.#findHost();
    if (code === undefined) {
      this.door = null;
      return this.#read();
    }
    const door = await this.#as(null)(readAttendanceDoor, { params: { code } });
    if (!door.ok) {
      this.door = null;
      this.#tell(this.#errors(door.error.code), true);
      return this.#read();
    }
    // The same phone on the second day: it is known, and nobody is asked anything.
    for (const { token } of readTokens()) {
      const again = await this.#as(token)(comeToClass, { params: { code }, body: {} });
      if (again.ok) return this.#arrived(again.value);
    }
    this.door = door.value;
  };

  /** Where this phone also sells, its shows can be connected; only a phone that is signed in is asked. */
  async #findHost(): Promise<void> {
    if (this.hostToken || deviceStorage().getItem(SIGNED_IN_MARK) === null) return;
    const session = createSession({ serverUrl: this.#serverUrl });
    const known = await session.renew();
    if (known.ok && known.value.role === 'host') this.hostToken = session.token;
  }

  async #read(): Promise<void> {
    const classes: OwnClass[] = [];
    for (const { classId, token } of readTokens()) {
      const own = await this.#as(token)(readOwnClass, {});
      if (own.ok) classes.push(own.value);
      // Erased there, or too old to be known: nothing to keep here.
      else if (own.error.code === 'not-found' || own.error.code === 'auth.invalid') dropToken(classId);
      else this.#tell(this.#errors(own.error.code), true);
    }
    this.own = classes;
  }

  #goNew(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const value = (name: string): string => String(data.get(name) ?? '').trim();
    void this.#go({ name: value('name'), phone: value('phone'), home: value('home') });
  }

  async #go(body: { traineeId: string } | { name: string; phone: string; home: string }): Promise<void> {
    const code = CODE.exec(location.hash)?.[1];
    if (code === undefined || this.isBusy) return;
    this.isBusy = true;
    const come = await this.#as(null)(comeToClass, { params: { code }, body });
    this.isBusy = false;
    if (come.ok) return this.#arrived(come.value);
    this.#tell(this.#errors(come.error.code), true);
    this.asWhom = null;
    const door = await this.#as(null)(readAttendanceDoor, { params: { code } });
    if (door.ok) this.door = door.value;
  }

  async #arrived(come: Come): Promise<void> {
    keepToken(come);
    this.said = null;
    this.come = come;
    this.door = null;
    await this.#read();
  }

  async #change(own: OwnClass, work: (call: Call) => Promise<Outcome<OwnClass>>): Promise<boolean> {
    const token = readTokens().find(({ classId }) => classId === own.classId)?.token;
    if (token === undefined || this.isBusy) return false;
    this.isBusy = true;
    const outcome = await work(this.#as(token));
    this.isBusy = false;
    if (outcome.ok) this.own = (this.own ?? []).map((each) => (each.classId === own.classId ? outcome.value : each));
    else this.#tell(this.#errors(outcome.error.code), true);
    return outcome.ok;
  }

  async #connect(own: OwnClass): Promise<void> {
    const token = readTokens().find(({ classId }) => classId === own.classId)?.token;
    if (!this.hostToken || token === undefined) return;
    const call = createCall({ serverUrl: this.#serverUrl, token: this.hostToken });
    if (await this.#change(own, () => call(connectTrainee, { body: { trainee: token, showsNumbers: false } }))) this.#tell(this.#words.text.own.connected, false);
  }

  async #open({ classId }: OwnClass, { id, name }: Material): Promise<void> {
    const token = readTokens().find((each) => each.classId === classId)?.token ?? null;
    this.isBusy = true;
    const file = await this.#as(token)(readMaterial, { params: { materialId: id }, timeoutMs: FILE_MS });
    this.isBusy = false;
    if (file.ok) openFile(file.value as unknown as Blob, name);
    else this.#tell(this.#errors(file.error.code), true);
  }

  async #forget({ classId }: OwnClass): Promise<void> {
    const words = this.#words.text.own;
    const token = readTokens().find((each) => each.classId === classId)?.token;
    if (token === undefined || !confirm(words.forgetAsk)) return;
    const gone = await this.#as(token)(forgetMe, {});
    if (!gone.ok) return this.#tell(this.#errors(gone.error.code), true);
    dropToken(classId);
    this.come = null;
    await this.#read();
    this.#tell(words.forgotten, false);
  }

  #errors(code: keyof ClassMessages['errors']): string {
    return this.#words.text.errors[code];
  }

  #tell(text: string, isFault: boolean): void {
    this.said = { text, isFault };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-class': FieldcastClass;
  }
}
