// Owns the form of who sells by law, as receipts and labels name them, and of the logistics points.
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SellerRecord } from '../../server/protocol/desk.ts';
import { changeSellerRecord, readSellerRecord } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { OrdersPage } from './desk-page.ts';
import type { DeskPage } from './room.ts';

const fields = [['legalName', 120, 'organization'], ['address', 200, 'street-address'], ['taxNumber', 40, 'off'], ['phone', 40, 'tel']] as const;

export class FieldcastOrdersRecord extends OrdersPage {
  @property({ attribute: false }) sellerId = '';
  @state() private record: SellerRecord | null = null;
  @state() private points: readonly { name: string; areas: string }[] = [];

  protected override async read({ room }: DeskPage): Promise<Outcome<unknown>> {
    const outcome = await room.client.call(readSellerRecord, { params: { sellerId: this.sellerId } });
    if (outcome.ok) this.#take(outcome.value);
    return outcome;
  }

  protected override page(): TemplateResult {
    const { record: words, save } = this.words;
    return html`<form class="stack" @submit=${(event: SubmitEvent) => void this.#save(event)}>
      ${fields.map(
        ([name, limit, autocomplete]) => html`<div class="field">
          <label for=${name}>${words[name]}</label>
          <input id=${name} name=${name} maxlength=${limit} autocomplete=${autocomplete} placeholder=${name === 'legalName' ? (this.record?.name ?? '') : ''} .value=${this.record?.[name] ?? ''} />
        </div>`,
      )}
      <fieldset class="card">
        <legend>${words.points}</legend>
        <p class="soft">${words.pointsHint}</p>
        ${this.points.map(
          (point, index) => html`<div class="point">
            <div class="field"><label for="point-${index}">${words.point}</label><input id="point-${index}" required maxlength="60" .value=${point.name} @input=${(event: Event) => this.#change(index, { name: (event.target as HTMLInputElement).value })} /></div>
            <div class="field"><label for="areas-${index}">${words.areas}</label><input id="areas-${index}" required maxlength="600" .value=${point.areas} @input=${(event: Event) => this.#change(index, { areas: (event.target as HTMLInputElement).value })} /></div>
            <button class="icon-button" type="button" aria-label=${words.remove(point.name)} @click=${() => (this.points = this.points.filter((_, each) => each !== index))}>${icon('trash')}</button>
          </div>`,
        )}
        <button class="button" type="button" @click=${() => (this.points = [...this.points, { name: '', areas: '' }])}>${icon('plus')}${words.add}</button>
      </fieldset>
      <button class="button primary wide" type="submit" ?disabled=${this.isBusy}>${save}</button>
    </form>`;
  }

  #change(index: number, change: { name?: string; areas?: string }): void {
    this.points = this.points.map((point, each) => (each === index ? { ...point, ...change } : point));
  }

  #take(record: SellerRecord): void {
    this.record = record;
    this.points = record.points.map(({ name, areas }) => ({ name, areas: areas.join('，') }));
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!this.desk || this.isBusy) return;
    const form = new FormData(event.target as HTMLFormElement);
    const points = this.points
      .map(({ name, areas }) => ({ name: name.trim(), areas: areas.split(/[,，、;；]/).map((area) => area.trim()).filter(Boolean) }))
      .filter(({ name, areas }) => name !== '' && areas.length > 0);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    this.isBusy = true;
    const body = { legalName: text('legalName'), address: text('address'), taxNumber: text('taxNumber'), phone: text('phone'), points };
    const outcome = await this.desk.room.client.call(changeSellerRecord, { params: { sellerId: this.sellerId }, body });
    this.isBusy = false;
    if (outcome.ok) this.#take(outcome.value);
    this.settled(outcome, this.words.saved);
  }
}
