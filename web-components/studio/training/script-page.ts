// Owns a host's scripts on the phone: which there are, which the show goes by, new ones from a template or a show, older versions.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { goodsKinds } from '../../../server/protocol/cue-limits.ts';
import { changeScript, createScript, deleteScript, draftScript, listScripts, readScript, useScript } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Script, ScriptDraft, ScriptList, ScriptRequest } from '../../../server/protocol/scripts.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { Localize } from '../../i18n/index.ts';
import { prompterMessages } from '../../i18n/prompter.ts';
import { type Failure, type Outcome } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import { prompterFormStyles } from './prompter-form.styles.ts';

/** What is on the page: the list, how a new one begins, or one that is written. `script` is null for one that is not kept yet. */
type Page = { name: 'list' } | { name: 'begin' } | { name: 'write'; draft: ScriptDraft; script: Script | null };

/** Fires `prompter-change` when the show may go by something else. */
export class FieldcastStudioScripts extends LitElement {
  static override styles = [tokens, studioStyles, prompterFormStyles];

  @property({ attribute: false }) room!: StaffRoom;
  /** A line as it would be read now, about a product or none. */
  @property({ attribute: false }) fill: (line: string, product: Product | null) => string = (line) => line;
  @state() private list: ScriptList | null = null;
  @state() private fault: Failure | null = null;
  @state() private page: Page = { name: 'list' };
  @state() private isBusy = false;
  @state() private isDeleting = false;
  readonly #words = new Localize(this, prompterMessages);
  #key = newId('key');

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('page') && changed.get('page') !== undefined) this.scrollIntoView({ block: 'start' });
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    if (!this.list) {
      return this.fault
        ? html`<div class="stack" role="alert"><p>${words.errors[this.fault.code]}</p><button class="act wide" type="button" @click=${() => void this.#read()}>${icon('retry')}${words.retry}</button></div>`
        : html`<p role="status">${words.loading}</p>`;
    }
    switch (this.page.name) {
      case 'begin':
        return this.#begin(this.list);
      case 'write':
        return this.#write(this.page);
      default:
        return this.#all(this.list);
    }
  }

  #all({ scripts, usedId }: ScriptList): TemplateResult {
    const words = this.#words.text;
    const isFirst = scripts.length === 0;
    return html`<div class="stack">
      ${isFirst ? html`<div><h3>${words.noScript}</h3><p class="hint">${words.noScriptHint}</p></div>` : nothing}
      <div class="list">
        ${scripts.map(
          ({ id, title, steps, seconds }) => html`<button class="act ${id === usedId ? 'on' : ''}" type="button" @click=${() => void this.#open(id)}>
            <span class="what">${title}<small>${words.minutes(Math.round(seconds / 60))} · ${words.steps(steps)}${id === usedId ? ` · ${words.using}` : ''}</small></span>${icon('forward')}
          </button>`,
        )}
      </div>
      <button class="act ${isFirst ? 'main' : ''} wide" type="button" @click=${() => (this.page = { name: 'begin' })}>${icon('plus')}${words.newScript}</button>
      ${usedId === null ? nothing : html`<button class="act wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#use(null)}>${words.stopUsing}</button>`}
    </div>`;
  }

  #begin({ sources }: ScriptList): TemplateResult {
    const words = this.#words.text;
    return html`<div class="stack">
      ${this.#back()}
      <h3>${words.fromTemplate}</h3>
      <div class="choice">${goodsKinds.map((kind) => html`<button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#draft({ kind })}>${words.kinds[kind]}</button>`)}</div>
      <h3>${words.fromShow}</h3>
      ${sources.length === 0
        ? html`<p class="hint">${words.noSources}</p>`
        : html`<div class="list">
            ${sources.map(
              ({ showId, title, startedAt, seconds, products, orders }) => html`<button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#draft({ fromShowId: showId })}>
                <span class="what">${title}<small>${this.#words.date(startedAt)} · ${words.source(Math.round(seconds / 60), products, orders)}</small></span>${icon('forward')}
              </button>`,
            )}
          </div>`}
    </div>`;
  }

  #write({ draft, script }: Page & { name: 'write' }): TemplateResult {
    const words = this.#words.text;
    const newest = script?.versions[0]?.version;
    const isOld = script !== null && newest !== undefined && script.version !== newest;
    return html`<div class="stack">
      ${this.#back()} ${isOld ? html`<p class="note">${words.oldVersion(script.version)}</p>` : nothing}
      ${script && this.list?.usedId !== script.id ? html`<button class="act wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#use(script.id)}>${icon('check')}${words.use}</button>` : nothing}
      <fieldcast-studio-script-form .script=${draft} .shelf=${this.room.store.snapshot?.shelf ?? []} .fill=${this.fill} ?busy=${this.isBusy} @script-save=${(event: CustomEvent<ScriptRequest>) => void this.#save(event.detail, script)}></fieldcast-studio-script-form>
      ${script ? this.#older(script) : nothing}
    </div>`;
  }

  #older(script: Script): TemplateResult {
    const words = this.#words.text;
    return html`${script.versions.length > 1
        ? html`<details>
            <summary>${words.versions} (${script.versions.length})</summary>
            <div class="list">
              ${script.versions.map(
                ({ version, at, byName }) => html`<button class="act ${version === script.version ? 'on' : ''}" type="button" aria-current=${version === script.version ? 'true' : nothing} ?disabled=${this.isBusy} @click=${() => void this.#open(script.id, version)}>
                  <span class="what">${words.version(version, this.#words.dateTime(at), byName)}</span>
                </button>`,
              )}
            </div>
          </details>`
        : nothing}
      ${this.isDeleting
        ? html`<div class="note stack" role="alert">
            <p>${words.deleteSure}</p>
            <div class="two">
              <button class="act" type="button" @click=${() => (this.isDeleting = false)}>${words.deleteNo}</button>
              <button class="act red" type="button" ?disabled=${this.isBusy} @click=${() => void this.#delete(script.id)}>${words.deleteYes}</button>
            </div>
          </div>`
        : html`<button class="act plain" type="button" @click=${() => (this.isDeleting = true)}>${icon('trash')}${words.deleteScript}</button>`}`;
  }

  #back(): TemplateResult {
    return html`<button class="act plain way-back" type="button" @click=${() => this.#leave()}>${icon('back')}${this.#words.text.script}</button>`;
  }

  #leave(): void {
    this.page = { name: 'list' };
    this.isDeleting = false;
  }

  // What is done

  async #read(): Promise<void> {
    const { client, showId } = this.room;
    const listed = await client.call(listScripts, { params: { showId } });
    this.fault = listed.ok ? null : listed.error;
    if (listed.ok) this.list = listed.value;
  }

  async #open(scriptId: string, version?: number): Promise<void> {
    const { client, showId } = this.room;
    const script = await this.#busy(client.call(readScript, { params: { showId, scriptId }, query: version === undefined ? {} : { version: String(version) } }));
    if (script) this.#to(script);
  }

  async #draft(query: { kind?: (typeof goodsKinds)[number]; fromShowId?: string }): Promise<void> {
    const { client, showId } = this.room;
    const draft = await this.#busy(client.call(draftScript, { params: { showId }, query: { ...query, lang: this.#words.locale } }));
    this.#key = newId('key');
    if (draft) this.page = { name: 'write', draft, script: null };
  }

  async #save(body: ScriptRequest, script: Script | null): Promise<void> {
    const { client, showId } = this.room;
    const newest = script?.versions[0]?.version ?? 1;
    const saved = await this.#busy(
      script ? client.call(changeScript, { params: { showId, scriptId: script.id }, body: { ...body, basedOn: newest } }) : client.call(createScript, { params: { showId }, body, idempotencyKey: this.#key }),
    );
    if (!saved) return;
    this.#key = newId('key');
    tell(this, { text: this.#words.text.scriptSaved });
    await this.#changed();
    this.#to(saved);
  }

  async #use(scriptId: string | null): Promise<void> {
    const { client, showId } = this.room;
    if (await this.#busy(client.call(useScript, { params: { showId }, body: { scriptId } }))) await this.#changed();
  }

  async #delete(scriptId: string): Promise<void> {
    const { client, showId } = this.room;
    const deleted = await this.#settle(client.call(deleteScript, { params: { showId, scriptId } }));
    if (!deleted.ok) return;
    this.#leave();
    tell(this, { text: this.#words.text.scriptDeleted });
    await this.#changed();
  }

  #to(script: Script): void {
    this.page = { name: 'write', draft: { title: script.title, lang: script.lang, steps: script.steps }, script };
    this.isDeleting = false;
  }

  async #changed(): Promise<void> {
    this.dispatchEvent(new CustomEvent('prompter-change', { bubbles: true, composed: true }));
    await this.#read();
  }

  async #busy<T>(call: Promise<Outcome<T>>): Promise<T | undefined> {
    const outcome = await this.#settle(call);
    return outcome.ok ? outcome.value : undefined;
  }

  async #settle<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
    this.isBusy = true;
    const outcome = await call;
    this.isBusy = false;
    if (!outcome.ok) tell(this, { text: this.#words.text.errors[outcome.error.code], isFault: true });
    return outcome;
  }
}
