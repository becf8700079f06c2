// Owns who teaches a class, for the operator: links to give, links to take back, and the end of the class itself.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { ClassView, TrainerInvitation, TrainerLink } from '../../../server/protocol/classes.ts';
import { deleteClass, endTrainer, inviteTrainer, listTrainerLinks } from '../../../server/protocol/endpoints.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart } from './class-part.ts';

/** Fires `class-gone` when the class is deleted. */
export class FieldcastClassTrainers extends ClassPart {
  @property({ attribute: false }) view!: ClassView;
  @state() private links: readonly TrainerLink[] = [];
  @state() private invitation: TrainerInvitation | null = null;

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    const words = this.words.trainers;
    return html`<section class="card" aria-label=${words.title}>
      <h3>${words.title}${this.words.colon}${this.view.trainers.join('、')}</h3>
      <form class="row wrap" @submit=${(event: SubmitEvent) => void this.#invite(event)}>
        <div class="field grow"><label for="name">${words.name}</label><input id="name" name="name" required maxlength="80" autocomplete="off" value=${this.view.trainers[0] ?? ''} /></div>
        <button class="button big" type="submit" ?disabled=${this.isBusy}>${icon('link')}${words.invite}</button>
      </form>
      ${this.invitation ? html`<div class="wall"><p>${words.hint}</p><div class="code">${unsafeHTML(this.invitation.qrSvg)}</div><p class="address">${this.invitation.url}</p></div>` : nothing}
      ${this.links.map(
        (link) => html`<div class="row">
          <span class="grow"><b>${link.name}</b><span class="soft">${link.revokedAt !== null ? words.ended : link.usedAt === null ? words.unused : words.used}</span></span>
          ${link.revokedAt === null ? html`<button class="button quiet" type="button" @click=${() => void this.#end(link.id)}>${words.end}</button>` : nothing}
        </div>`,
      )}
      <button class="button quiet" type="button" @click=${() => void this.#remove()}>${icon('trash')}${words.remove}</button>
    </section>`;
  }

  async #read(): Promise<void> {
    const listed = await this.act(({ client }) => client.call(listTrainerLinks, { params: { classId: this.view.id } }));
    if (listed) this.links = listed.links;
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get('name') ?? '').trim();
    this.invitation = await this.act(({ client }) => client.call(inviteTrainer, { params: { classId: this.view.id }, body: { name } }));
    await this.#read();
  }

  async #end(linkId: string): Promise<void> {
    await this.act(({ client }) => client.call(endTrainer, { params: { classId: this.view.id, linkId } }));
    this.invitation = null;
    await this.#read();
  }

  async #remove(): Promise<void> {
    if (!confirm(this.words.trainers.removeAsk)) return;
    const gone = await this.act(async ({ client }) => {
      const outcome = await client.call(deleteClass, { params: { classId: this.view.id } });
      return outcome.ok ? { ok: true as const, value: true } : outcome;
    });
    if (gone) this.dispatchEvent(new CustomEvent('class-gone', { bubbles: true, composed: true }));
  }
}
