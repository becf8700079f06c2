// Owns the second pair of hands as the host sees it: a QR code for a second phone, who helps with what, other rights, and taking them back.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { type Link, type LinkSummary, type Right, rights } from '../../server/protocol/access.ts';
import { changeLink, createLink, listLinks, revokeLink } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import { qrCode } from './qr-code.ts';
import type { DeskRoom } from './room.ts';
import { switchRow } from './switch-row.ts';

const PRESETS: Readonly<Record<'all' | 'talk' | 'goods' | 'pack', readonly Right[]>> = {
  all: ['shelf', 'stock', 'chat', 'orders', 'captions'],
  talk: ['chat', 'captions'],
  goods: ['shelf', 'stock'],
  pack: ['orders'],
};
/** Somebody stands there with a phone and waits for the other screen to say that it worked. */
const LOOK_MS = 2_000;

type Page = { name: 'list' } | { name: 'new' } | { name: 'code'; link: Link } | { name: 'rights'; linkId: string } | { name: 'revoke'; linkId: string };

export class FieldcastDeskHelpers extends DeskPart {
  @state() private links: readonly LinkSummary[] = [];
  @state() private step: Page = { name: 'list' };
  @state() private chosen: readonly Right[] = PRESETS.all;
  @state() private name = '';
  @state() private isCopied = false;
  @state() private isBusy = false;
  #look: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#look = setInterval(() => document.visibilityState === 'visible' && void this.load(), LOOK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#look);
  }

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(listLinks, { params: { showId } });
    // Who is out, and codes that nobody used, are of no use any more.
    if (outcome.ok) this.links = outcome.value.links.filter(({ role, revokedAt, usedAt, expiresAt }) => role === 'helper' && revokedAt === null && (usedAt !== null || expiresAt > Date.now()));
    return outcome;
  }

  protected override updated(changed: PropertyValues): void {
    // A new page begins at its top, however far the one before was scrolled.
    if (changed.has('step') && changed.get('step') !== undefined) ((this.getRootNode() as ShadowRoot).host ?? this).scrollIntoView({ block: 'start' });
  }

  protected override page(): TemplateResult {
    const { step } = this;
    const link = step.name === 'rights' || step.name === 'revoke' ? this.links.find(({ id }) => id === step.linkId) : undefined;
    if (step.name === 'new') return this.#newPage();
    if (step.name === 'code') return this.#codePage(step.link);
    if (step.name === 'rights' && link) return this.#rightsPage(link);
    if (step.name === 'revoke' && link) return this.#revokePage(link);
    return this.#list();
  }

  #list(): TemplateResult {
    const { helpers } = this.words;
    return html`
      ${this.links.length === 0 ? html`<div class="empty">${icon('user')}<h3>${helpers.empty}</h3><p>${helpers.emptyHint}</p></div>` : nothing}
      <ul class="cards">
        ${this.links.map(
          (link) => html`<li class="card">
            <p class="about"><strong>${link.name}</strong><span class="mark ${link.isOnline ? 'good' : ''}">${this.#presence(link)}</span></p>
            <p class="soft">${this.#may(link.rights)}</p>
            <div class="do">
              <button class="button" type="button" aria-label="${helpers.change} ${link.name}" @click=${() => (this.step = { name: 'rights', linkId: link.id })}>${icon('edit')}${helpers.change}</button>
              <button class="button danger" type="button" aria-label="${helpers.revoke} ${link.name}" @click=${() => (this.step = { name: 'revoke', linkId: link.id })}>${icon('close')}${helpers.revoke}</button>
            </div>
          </li>`,
        )}
      </ul>
      <button class="button primary wide" type="button" @click=${() => this.#begin()}>${icon('plus')}${helpers.add}</button>
    `;
  }

  #presence(link: LinkSummary): string {
    const { helpers } = this.words;
    if (link.isOnline) return helpers.online;
    if (link.usedAt === null) return link.expiresAt > Date.now() ? helpers.unused(this.time(link.expiresAt)) : helpers.expired;
    return helpers.seen(this.time(link.seenAt ?? link.usedAt));
  }

  #may(given: readonly Right[]): string {
    const { helpers } = this.words;
    return given.length === 0 ? helpers.nothing : given.map((right) => helpers.rights[right][0]).join(helpers.between);
  }

  #begin(): void {
    this.name = '';
    this.chosen = PRESETS.all;
    this.step = { name: 'new' };
  }

  #newPage(): TemplateResult {
    const { helpers } = this.words;
    const isPreset = (preset: readonly Right[]): boolean => preset.length === this.chosen.length && preset.every((right) => this.chosen.includes(right));
    return html`<form
      class="stack"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        void this.#make();
      }}
    >
      <div class="field">
        <label for="helper-name">${helpers.name}</label>
        <input id="helper-name" maxlength="40" autocomplete="off" placeholder=${helpers.namePlaceholder} .value=${this.name} @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)} />
      </div>
      <fieldset class="card">
        <legend>${helpers.may}</legend>
        <div class="choices pairs">
          ${(Object.keys(PRESETS) as (keyof typeof PRESETS)[]).map(
            (name) => html`<button class="button choice" type="button" aria-pressed=${isPreset(PRESETS[name]) ? 'true' : 'false'} @click=${() => (this.chosen = PRESETS[name])}>${helpers.presets[name]}</button>`,
          )}
        </div>
        ${this.#switches(this.chosen, (given) => (this.chosen = given))}
      </fieldset>
      <button class="button primary wide" type="submit" ?disabled=${this.isBusy || this.chosen.length === 0}>${helpers.show}</button>
      <button class="button wide" type="button" @click=${() => (this.step = { name: 'list' })}>${this.words.back}</button>
    </form>`;
  }

  #switches(given: readonly Right[], onChange: (given: readonly Right[]) => void): TemplateResult {
    const { helpers } = this.words;
    return html`${rights.map((right) => {
      const [label, hint] = helpers.rights[right];
      return switchRow({ label, hint, isOn: given.includes(right), onChange: (isOn) => onChange(rights.filter((each) => (each === right ? isOn : given.includes(each)))) });
    })}`;
  }

  #codePage(link: Link): TemplateResult {
    const { helpers } = this.words;
    const isUsed = this.links.some(({ id, usedAt }) => id === link.id && usedAt !== null);
    return html`<div class="code">
      <h3 role="status">${isUsed ? html`${icon('check')} ${helpers.joined(link.name)}` : helpers.scan(link.name)}</h3>
      ${isUsed
        ? html`<p class="soft">${this.#may(link.rights)}</p>`
        : html`${qrCode(link.qrSvg, helpers.scan(link.name))}
            <p>${helpers.scanHint}</p>
            <input readonly aria-label=${helpers.link} .value=${link.url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
            <button class="button wide" type="button" @click=${() => void this.#copy(link)}>${icon(this.isCopied ? 'check' : 'link')}${this.isCopied ? helpers.copied : helpers.copy}</button>`}
      <button class="button primary wide" type="button" @click=${() => (this.step = { name: 'list' })}>${helpers.done}</button>
    </div>`;
  }

  #rightsPage(link: LinkSummary): TemplateResult {
    const { helpers } = this.words;
    return html`<div class="stack">
      <fieldset class="card">
        <legend>${link.name}${this.words.colon}${helpers.may}</legend>
        ${this.#switches(link.rights, (given) => void this.#change(link, given))}
      </fieldset>
      <button class="button primary wide" type="button" @click=${() => (this.step = { name: 'list' })}>${helpers.done}</button>
    </div>`;
  }

  #revokePage(link: LinkSummary): TemplateResult {
    const { helpers } = this.words;
    return html`<div class="stack card">
      <h3>${helpers.revokeTitle(link.name)}</h3>
      <p>${helpers.revokeHint}</p>
      <button class="button primary wide" type="button" @click=${() => (this.step = { name: 'list' })}>${helpers.revokeNo}</button>
      <button class="button danger wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#revoke(link)}>${helpers.revokeYes}</button>
    </div>`;
  }

  async #make(): Promise<void> {
    const { room } = this;
    if (!room || this.isBusy) return;
    this.isBusy = true;
    const body = { role: 'helper' as const, name: this.name.trim() || this.words.helpers.usualName, rights: [...this.chosen] };
    const outcome = await room.client.call(createLink, { params: { showId: room.showId }, body });
    this.isBusy = false;
    this.isCopied = false;
    if (outcome.ok) this.step = { name: 'code', link: outcome.value };
    else this.tell({ text: this.words.errors[outcome.error.code], isFault: true });
    await this.load();
  }

  async #change(link: LinkSummary, given: readonly Right[]): Promise<void> {
    const { room } = this;
    if (!room) return;
    const put = async (next: readonly Right[]): Promise<Outcome<LinkSummary>> => {
      const outcome = await room.client.call(changeLink, { params: { linkId: link.id }, body: { rights: [...next] } });
      if (outcome.ok) this.links = this.links.map((each) => (each.id === link.id ? outcome.value : each));
      return outcome;
    };
    this.settled(await put(given), this.words.helpers.changed, async () => (await put(link.rights)).ok);
  }

  async #revoke(link: LinkSummary): Promise<void> {
    const { room } = this;
    if (!room) return;
    this.isBusy = true;
    const outcome = await room.client.call(revokeLink, { params: { linkId: link.id } });
    this.isBusy = false;
    this.settled(outcome, this.words.helpers.revoked(link.name));
    await this.load();
    this.step = { name: 'list' };
  }

  async #copy(link: Link): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.url);
      this.isCopied = true;
    } catch {
      // Without a clipboard it stands in a field: selected, it can be copied by hand.
      this.renderRoot.querySelector<HTMLInputElement>('input')?.focus();
    }
  }
}
