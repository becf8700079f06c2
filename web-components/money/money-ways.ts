// Owns the page where a seller says how they are paid: on delivery, by transfer to their own code, by card; and when goods leave the shelf.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { stockPolicies, TRANSFER_HOLD_MINUTES, type WaySettings, type WaySettingsPatch } from '../../server/protocol/cash.ts';
import { addPicture, changeWays, readWays } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon, pictureUrl } from '../ui/index.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

const HOLD_CHOICES = [30, 60, TRANSFER_HOLD_MINUTES.usual, 1440] as const;
const LIMIT_CHOICES = [1, 2, 3, 5, 10, 20] as const;
/** What the server counts by while the seller has chosen nothing. */
const USUAL = { unpaidPerBuyer: 5, unpaidPerAddress: 10 } as const;

export class FieldcastMoneyWays extends MoneyPart {
  @state() private ways: WaySettings | null = null;

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(readWays, { params: { sellerId } });
    if (outcome.ok) this.ways = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { ways } = this;
    if (!ways) return html``;
    const { settings: words } = this.words;
    return html`<div class="stack">
      <section class="card">${this.#switch(words.cod, words.codHint, ways.cod, (isOn) => this.#turn({ cod: isOn }, words.cod, isOn))}</section>
      ${this.#transfer(ways)}
      <section class="card">
        ${this.#switch(words.card, ways.stripe === null ? words.cardNone : words.cardHint, ways.stripe ?? false, (isOn) => this.#turn({ stripe: isOn }, words.card, isOn), ways.stripe === null)}
      </section>
      ${this.#kept(ways)}
      <details class="card">
        <summary>${words.limits}${icon('more')}</summary>
        <div class="stack">
          ${(['unpaidPerBuyer', 'unpaidPerAddress'] as const).map((name) => this.#limit(name, ways.limits[name]))}
          <p class="soft">${words.limitsHint}</p>
        </div>
      </details>
    </div>`;
  }

  #switch(label: string, hint: string, isOn: boolean, onChange: (isOn: boolean) => void, isDisabled = false): TemplateResult {
    return html`<button class="switch" type="button" role="switch" aria-checked=${isOn ? 'true' : 'false'} ?disabled=${isDisabled || this.isBusy} @click=${() => onChange(!isOn)}>
      <span class="grow"><strong>${label}</strong><span class="soft">${hint}</span></span><span class="knob" aria-hidden="true"></span>
    </button>`;
  }

  #transfer({ transfer, stock }: WaySettings): TemplateResult {
    const { settings: words } = this.words;
    const hasCode = transfer.qrPictureId !== null;
    return html`<section class="card">
      ${this.#switch(words.transfer, hasCode ? words.transferHint : words.transferNeeds, transfer.isOn, (isOn) => this.#turn({ transfer: { isOn } }, words.transfer, isOn), !hasCode)}
      ${transfer.qrPictureId === null
        ? html`<p class="soft">${words.codeHint}</p>`
        : html`<img class="code" src=${pictureUrl(this.room?.client.serverUrl ?? '', transfer.qrPictureId, 480)} alt=${words.code} />`}
      <div class="do">
        <span class="button ${hasCode ? '' : 'primary'} pick"
          >${icon('picture')}${this.isBusy ? words.sending : hasCode ? words.change : words.add}<input
            type="file"
            accept="image/*"
            aria-label=${hasCode ? words.change : words.add}
            ?disabled=${this.isBusy}
            @change=${(event: Event) => void this.#chosen(event.target as HTMLInputElement)}
        /></span>
        ${hasCode ? html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#takeAway(transfer)}>${icon('trash')}${words.take}</button>` : nothing}
      </div>
      ${hasCode
        ? html`<form class="field" @submit=${(event: SubmitEvent) => this.#name(event)}>
              <label for="payee">${words.payee}</label>
              <div class="row">
                <input id="payee" name="payee" maxlength="40" autocomplete="name" .value=${transfer.payeeName} placeholder=${words.payeeHint} />
                <button class="button big" type="submit" ?disabled=${this.isBusy}>${words.save}</button>
              </div>
            </form>
            <div class="field" role="group" aria-labelledby="hold">
              <span class="label" id="hold">${stock.policy === 'payment' ? words.payTime : words.hold}</span>
              <div class="choices pairs">
                ${HOLD_CHOICES.map(
                  (minutes) => html`<button class="button" type="button" aria-pressed=${minutes === transfer.holdMinutes ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#change({ transfer: { holdMinutes: minutes } })}>
                    ${minutes < 60 ? words.minutes(minutes) : words.hours(minutes / 60)}
                  </button>`,
                )}
              </div>
            </div>
            <p class="soft">${words.cents}</p>`
        : nothing}
    </section>`;
  }

  #kept({ stock }: WaySettings): TemplateResult {
    const { kept: words } = this.words.settings;
    return html`<section class="card field" role="group" aria-labelledby="kept">
      <strong class="label" id="kept">${words.heading}</strong>
      <div class="choices list">
        ${stockPolicies.map(
          (policy) => html`<button class="button told" type="button" aria-pressed=${policy === stock.policy ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#change({ stock: { policy } })}>
            <span><strong>${words[policy]}</strong><span class="soft">${words[`${policy}Hint`]}</span></span>
          </button>`,
        )}
      </div>
      <p class="soft">${words.note}</p>
    </section>`;
  }

  #limit(name: 'unpaidPerBuyer' | 'unpaidPerAddress', value: number | null): TemplateResult {
    const { settings: words } = this.words;
    const choices = value === null || LIMIT_CHOICES.some((choice) => choice === value) ? LIMIT_CHOICES : [...LIMIT_CHOICES, value].sort((a, b) => a - b);
    return html`<div class="field">
      <label for=${name}>${name === 'unpaidPerBuyer' ? words.perBuyer : words.perAddress}</label>
      <select id=${name} ?disabled=${this.isBusy} @change=${(event: Event) => void this.#change({ limits: { [name]: Number((event.target as HTMLSelectElement).value) || null } })}>
        <option value="" ?selected=${value === null}>${words.usual(USUAL[name])}</option>
        ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`)}
      </select>
    </div>`;
  }

  #turn(patch: WaySettingsPatch, way: string, isOn: boolean): void {
    const { settings: words } = this.words;
    void this.#change(patch, isOn ? words.on(way) : words.off(way));
  }

  async #change(patch: WaySettingsPatch, done = this.words.saved): Promise<void> {
    const changed = await this.act(({ client, sellerId }) => client.call(changeWays, { params: { sellerId }, body: patch }), () => done);
    if (changed) this.ways = changed;
    // A switch that was refused shows what holds.
    else this.requestUpdate();
  }

  #name(event: SubmitEvent): void {
    event.preventDefault();
    const payeeName = String(new FormData(event.target as HTMLFormElement).get('payee') ?? '').trim();
    void this.#change({ transfer: { payeeName } });
  }

  async #takeAway({ qrPictureId }: WaySettings['transfer']): Promise<void> {
    const put = async (room: MoneyRoom, id: string | null): Promise<Outcome<WaySettings>> => {
      const outcome = await room.client.call(changeWays, { params: { sellerId: room.sellerId }, body: { transfer: { qrPictureId: id } } });
      if (outcome.ok) this.ways = outcome.value;
      return outcome;
    };
    const { room } = this;
    await this.act(
      (here) => put(here, null),
      () => this.words.settings.taken,
      () => async () => room !== null && (await put(room, qrPictureId)).ok,
    );
  }

  async #chosen(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    // Not made smaller on the phone: a code has to stay sharp, and is sent once.
    const changed = await this.act(
      async ({ client, sellerId }) => {
        const picture = await client.call(addPicture, { body: file, timeoutMs: 120_000 });
        if (!picture.ok) return picture;
        return client.call(changeWays, { params: { sellerId }, body: { transfer: { qrPictureId: picture.value.id, isOn: true } } });
      },
      () => this.words.settings.on(this.words.settings.transfer),
    );
    if (changed) this.ways = changed;
  }
}
