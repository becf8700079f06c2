// Owns the people of a class: who they are, who helps whom, their certificates, and erasing somebody for good.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type ClassView, type Stage, stages, type Trainee } from '../../../server/protocol/classes.ts';
import { addTrainee, changeTrainee, issueCertificate, pairTrainees, readClass, removeTrainee, withdrawCertificate } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { suggestedPairs } from '../../../server/protocol/pairing.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart } from './class-part.ts';

export class FieldcastClassPeople extends ClassPart {
  @property({ attribute: false }) view!: ClassView;
  @state() private isAdding = false;
  /** Whose card is open. */
  @state() private openId = '';

  protected override render(): TemplateResult {
    const { people } = this.view;
    const words = this.words.people;
    return html`<div class="stack">
      ${this.isAdding
        ? this.#form()
        : html`<div class="row wrap">
            <button class="button primary big" type="button" @click=${() => (this.isAdding = true)}>${icon('plus')}${words.add}</button>
            ${people.length > 1 ? html`<button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#suggest()}>${icon('user')}${words.suggest}</button>` : nothing}
          </div>`}
      ${people.length === 0 ? this.empty('user', this.words.attendance.empty) : nothing}
      <div class="stack many">${repeat(people, ({ id }) => id, (person) => this.#card(person))}</div>
    </div>`;
  }

  #card(person: Trainee): TemplateResult {
    const { people: words, stages: names, between } = this.words;
    const { id, name, phone, home, stage, seniorId, host } = person;
    const { people, meetings } = this.view;
    const there = meetings.filter(({ present }) => present.some(({ traineeId }) => traineeId === id)).length;
    const juniors = people.filter((each) => each.seniorId === id).map((each) => each.name);
    const isOpen = this.openId === id;
    const senior = people.find((each) => each.id === seniorId);
    return html`<section class="card" aria-label=${name}>
      <div class="row">
        <div class="grow">
          <h3>${name}</h3>
          <span class="soft">${[names[stage], home, words.attended(there, meetings.length)].filter(Boolean).join(between)}</span>
          <span class="soft">${[senior ? `${words.senior}${this.words.colon}${senior.name}` : '', juniors.length > 0 ? words.helps(juniors.join('、')) : '', host ? words.connected(host.name) : words.unconnected].filter(Boolean).join(between)}</span>
        </div>
        ${phone ? html`<a class="icon-button" href="tel:${phone.replace(/[^\d+]/g, '')}" aria-label="${words.phone}: ${name}">${icon('phone')}</a>` : nothing}
        <button class="icon-button" type="button" aria-expanded=${isOpen ? 'true' : 'false'} aria-label="${words.change}: ${name}" @click=${() => (this.openId = isOpen ? '' : id)}>${icon(isOpen ? 'minus' : 'edit')}</button>
      </div>
      ${isOpen ? this.#details(person) : nothing}
    </section>`;
  }

  #details(person: Trainee): TemplateResult {
    const { people: words, stages: names } = this.words;
    const { id, stage, certificate } = person;
    const seniors = this.view.people.filter((each) => each.id !== id && stages.indexOf(each.stage) >= stages.indexOf(stage));
    return html`
      <div class="field" role="group" aria-label=${words.stage}>
        <span class="label">${words.stage}</span>
        <div class="choices">${stages.map((each) => html`<button type="button" aria-pressed=${each === stage ? 'true' : 'false'} @click=${() => void this.#patch(person, { stage: each })}>${names[each]}</button>`)}</div>
      </div>
      <div class="field"><label for="senior-${id}">${words.senior}</label><select id="senior-${id}" @change=${(event: Event) => void this.#pair(id, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${person.seniorId === null}>${words.nobody}</option>
        ${seniors.map((each) => html`<option value=${each.id} ?selected=${person.seniorId === each.id}>${each.name}</option>`)}
      </select></div>
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#save(event, person)}>
        <div class="two wide">${this.#fields(person)}</div>
        <button class="button big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${this.words.save}</button>
      </form>
      <div class="row wrap">
        ${certificate
          ? html`<a class="button big" target="_blank" rel="noopener" href="${this.room?.client.serverUrl ?? ''}/certificates/${certificate.id}?lang=${this.localize.locale}">${icon('check')}${words.print}</a>
              <button class="button quiet big" type="button" @click=${() => void this.#certify(person, false)}>${words.withdraw}</button>`
          : html`<button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#certify(person, true)}>${icon('check')}${words.give}</button>`}
        ${person.hasDevice ? html`<button class="button quiet big" type="button" @click=${() => void this.change(({ client }) => client.call(changeTrainee, { params: { traineeId: id }, body: { isFreed: true } }), words.freed)}>${words.otherPhone}</button>` : nothing}
        <button class="button quiet big" type="button" @click=${() => void this.#remove(person)}>${icon('trash')}${words.remove}</button>
      </div>`;
  }

  #fields(person: Pick<Trainee, 'id' | 'name' | 'phone' | 'home'> = { id: 'new', name: '', phone: '', home: '' }): TemplateResult {
    const { people: words } = this.words;
    const field = (name: 'name' | 'phone' | 'home', most: number): TemplateResult =>
      html`<div class="field"><label for="${name}-${person.id}">${words[name]}</label><input id="${name}-${person.id}" name=${name} type=${name === 'phone' ? 'tel' : 'text'} ?required=${name === 'name'} maxlength=${most} autocomplete="off" .value=${person[name]} /></div>`;
    return html`${field('name', 60)} ${field('phone', 24)} ${field('home', 80)}`;
  }

  #form(): TemplateResult {
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <div class="two wide">${this.#fields()}</div>
      <div class="row wrap">
        <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${this.words.people.add}</button>
        <button class="button big" type="button" @click=${() => (this.isAdding = false)}>${this.words.back}</button>
      </div>
    </form>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = said(form);
    const added = await this.change(({ client }) => client.call(addTrainee, { params: { classId: this.view.id }, body, idempotencyKey: newId('key') }), this.words.people.added(body.name));
    if (!added) return;
    // A list is written down name by name.
    form.reset();
    form.querySelector('input')?.focus();
  }

  async #save(event: SubmitEvent, person: Trainee): Promise<void> {
    event.preventDefault();
    await this.#patch(person, said(event.target as HTMLFormElement));
  }

  async #patch(person: Trainee, patch: { stage?: Stage; name?: string; phone?: string; home?: string }): Promise<void> {
    const { id: traineeId, stage, name, phone, home } = person;
    const put = (body: typeof patch) => this.change(({ client }) => client.call(changeTrainee, { params: { traineeId }, body }));
    const { changed } = this.words.people;
    await this.change(({ client }) => client.call(changeTrainee, { params: { traineeId }, body: patch }), changed, () => put({ stage, name, phone, home }));
  }

  #pairs(): { juniorId: string; seniorId: string }[] {
    return this.view.people.flatMap(({ id, seniorId }) => (seniorId === null ? [] : [{ juniorId: id, seniorId }]));
  }

  async #put(pairs: { juniorId: string; seniorId: string }[], done: string): Promise<void> {
    const before = this.#pairs();
    const { id: classId } = this.view;
    await this.change(({ client }) => client.call(pairTrainees, { params: { classId }, body: { pairs } }), done, () => this.change(({ client }) => client.call(pairTrainees, { params: { classId }, body: { pairs: before } })));
  }

  async #pair(juniorId: string, seniorId: string): Promise<void> {
    await this.#put([...this.#pairs().filter((pair) => pair.juniorId !== juniorId), ...(seniorId ? [{ juniorId, seniorId }] : [])], this.words.people.changed);
  }

  async #suggest(): Promise<void> {
    const { people: words } = this.words;
    const pairs = suggestedPairs(this.view.people);
    if (pairs.length === 0) this.tell({ text: words.none });
    else await this.#put(pairs, words.suggested(pairs.length));
  }

  async #certify({ id: traineeId }: Trainee, isGiven: boolean): Promise<void> {
    const { given, withdrawn } = this.words.people;
    if (isGiven) await this.change(({ client }) => client.call(issueCertificate, { params: { traineeId }, body: {} }), given);
    else await this.change(({ client }) => client.call(withdrawCertificate, { params: { traineeId } }), withdrawn);
  }

  async #remove({ id, name }: Trainee): Promise<void> {
    const { people: words } = this.words;
    if (!confirm(words.removeAsk(name))) return;
    const gone = await this.act(async ({ client }) => {
      const removed = await client.call(removeTrainee, { params: { traineeId: id } });
      return removed.ok ? client.call(readClass, { params: { classId: this.view.id } }) : removed;
    }, words.removed(name));
    if (gone) this.dispatchEvent(new CustomEvent<ClassView>('class-change', { detail: gone, bubbles: true, composed: true }));
  }
}

function said(form: HTMLFormElement): { name: string; phone: string; home: string } {
  const data = new FormData(form);
  const value = (name: string): string => String(data.get(name) ?? '').trim();
  return { name: value('name'), phone: value('phone'), home: value('home') };
}
