// Owns the section in which a coach shows how to pin, and gives the pin back.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { endDemo, showDemo } from '../../server/protocol/endpoints.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { icon, picture, pictureStyles } from '../ui/index.ts';
import { CoachPart } from './coach-part.ts';

export class FieldcastCoachPin extends CoachPart {
  static override styles = [...CoachPart.styles, pictureStyles];

  @state() private isBusy = false;

  protected override render(): TemplateResult | typeof nothing {
    const { trainee, words } = this;
    const snapshot = trainee?.store.snapshot;
    if (!trainee || !snapshot) return nothing;
    const { demo } = trainee.desk;
    const shownName = snapshot.shelf.find(({ id }) => id === demo?.productId)?.name ?? '';
    return html`<div class="stack">
      ${demo
        ? html`<div class="warm row" role="status">
            <span class="grow">${demo.by === trainee.coachName ? words.pinYours(shownName) : words.pinOthers(demo.by, shownName)}</span>
            <button class="button primary" type="button" ?disabled=${this.isBusy} @click=${() => void this.#giveBack()}>${icon('undo')}${words.pinBack}</button>
          </div>`
        : html`<p class="soft">${words.pinHint}</p>`}
      ${snapshot.shelf.length === 0
        ? html`<p class="soft">${words.pinEmpty}</p>`
        : html`<ul class="list">
            ${snapshot.shelf.map((product) => this.#product(product, snapshot.pins.includes(product.id), demo?.productId === product.id))}
          </ul>`}
    </div>`;
  }

  #product(product: Product, isPinned: boolean, isShown: boolean): TemplateResult {
    const { words } = this;
    return html`<li>
      <span class="pictured">${picture(this.trainee?.client.serverUrl ?? '', product.pictures[0], '', '44px')}</span>
      <span class="what">${product.name}${isPinned ? html` <span class="seen">· ${words.pinned}</span>` : nothing}</span>
      <button class="button" type="button" ?disabled=${this.isBusy || isShown} @click=${() => void this.#show(product.id)}>${icon('pin')}${words.pinShow}</button>
    </li>`;
  }

  async #show(productId: string): Promise<void> {
    await this.#busy((trainee) => trainee.client.call(showDemo, { params: { showId: trainee.id }, body: { productId } }));
  }

  async #giveBack(): Promise<void> {
    await this.#busy((trainee) => trainee.client.call(endDemo, { params: { showId: trainee.id } }));
  }

  async #busy(work: (trainee: NonNullable<typeof this.trainee>) => Promise<Parameters<typeof this.worked>[0]>): Promise<void> {
    const { trainee } = this;
    if (!trainee) return;
    this.isBusy = true;
    this.worked(await work(trainee));
    this.isBusy = false;
  }
}
