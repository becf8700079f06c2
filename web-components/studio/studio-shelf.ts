// Owns the shelf as its seller works it: what is shown now, price, what is left, sold out, adding and taking off.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Right, rights } from '../../server/protocol/access.ts';
import { gradeOf, kindText } from '../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, picture, pictureStyles, tokens } from '../ui/index.ts';
import { tell } from './notice.ts';
import { readPhoto, toJpeg } from './photo.ts';
import type { Deed, ShelfDesk } from './shelf-desk.ts';
import type { FactsChange } from './studio-facts.ts';
import type { KindWords, NewKind } from './studio-kinds.ts';
import { studioStyles } from './studio.styles.ts';

type Sheet = { name: 'price' | 'stock'; product: Product; variant: Variant } | { name: 'more'; product: Product } | { name: 'facts'; product: Product } | { name: 'kinds'; product: Product } | { name: 'add' };

/** From so many products on, finding one needs a search field. */
const SEARCH_FROM = 8;

export class FieldcastStudioShelf extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    pictureStyles,
    css`
      :host {
        padding: 10px 12px 96px;
      }
      .head {
        display: flex;
        gap: 8px;
        margin-block-end: 10px;
      }
      .head input {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 56px;
        padding: 0 14px;
        border: 2px solid var(--fc-field-line);
        border-radius: 16px;
        background: var(--fc-surface);
        color: var(--fc-text);
        font-size: 18px;
      }
      .head .act {
        flex: 1;
      }
      .head input + .act {
        flex: none;
      }
      ul {
        display: grid;
        gap: 10px;
      }
      li {
        padding: 10px;
        border: 2px solid var(--fc-line);
        border-radius: 18px;
        background: var(--fc-surface);
        content-visibility: auto;
        contain-intrinsic-block-size: auto 160px;
      }
      li.main {
        border-color: var(--fc-accent);
      }
      .top {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      .top .picture {
        inline-size: 64px;
        block-size: 64px;
      }
      .name {
        flex: 1;
        min-inline-size: 0;
        font-size: 19px;
        font-weight: 700;
        line-height: 1.25;
      }
      .name button {
        all: unset;
        display: flex;
        align-items: center;
        min-block-size: 64px;
        inline-size: 100%;
        cursor: pointer;
      }
      .name button:focus-visible {
        outline: 3px solid var(--fc-accent);
        border-radius: 8px;
      }
      .pin {
        flex: none;
        flex-direction: column;
        gap: 2px;
        min-block-size: 64px;
        min-inline-size: 76px;
        padding: 4px 6px;
        font-size: 15px;
      }
      .label {
        margin-block: 10px 0;
        color: var(--fc-muted);
        font-size: 16px;
        font-weight: 600;
      }
      .row {
        display: grid;
        grid-template-columns: 1.25fr 1fr 0.9fr;
        gap: 8px;
        margin-block-start: 8px;
      }
      .row .act {
        flex-direction: column;
        gap: 0;
        min-block-size: 62px;
        min-inline-size: 0;
        padding: 4px;
        font-size: 19px;
      }
      .row small {
        color: var(--fc-muted);
        font-size: 14px;
        font-weight: 600;
      }
      .row .gone {
        border-color: transparent;
        background: #5b1410;
        color: #fff;
        font-size: 16px;
      }
      .more {
        display: grid;
        gap: 10px;
      }
      .pick {
        position: relative;
      }
      .pick input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        opacity: 0;
        cursor: pointer;
      }
      .pick:focus-within {
        outline: 3px solid var(--fc-accent);
        outline-offset: 2px;
      }
      /* In large letters: what goes beside each other on a small phone goes below. */
      @container (max-width: 300px) {
        .top {
          flex-wrap: wrap;
        }
        .pin {
          flex: 1 0 100%;
          flex-direction: row;
          min-block-size: 52px;
        }
        .row {
          grid-template-columns: 1.4fr 0.9fr 0.9fr;
          gap: 5px;
        }
        .row .act {
          padding-inline: 0;
          font-size: 16px;
        }
      }
    `,
  ];

  @property({ attribute: false }) snapshot: ShowSnapshot | null = null;
  @property({ attribute: false }) desk: ShelfDesk | null = null;
  /** What is not in here cannot be tapped. */
  @property({ attribute: false }) rights: readonly Right[] = rights;
  @property({ attribute: false }) serverUrl = '';
  /** The running camera, for taking a product's picture without leaving the page; null when it is off. */
  @property({ attribute: false }) stream: MediaStream | null = null;
  @state() private sheet: Sheet | null = null;
  @state() private search = '';
  @state() private busy: ReadonlySet<string> = new Set();
  readonly #words = new Localize(this, studioMessages);

  protected override render(): TemplateResult {
    const { shelf = [], pins = [] } = this.snapshot ?? {};
    const words = this.#words.text;
    const wanted = this.search.trim().toLowerCase();
    const shown = wanted ? shelf.filter(({ name }) => name.toLowerCase().includes(wanted)) : shelf;
    return html`
      <h2 class="visually-hidden">${words.shelf.title}</h2>
      <div class="head">
        ${shelf.length >= SEARCH_FROM
          ? html`<input
              type="search"
              aria-label=${words.shelf.search}
              placeholder=${words.shelf.search}
              .value=${this.search}
              @input=${(event: InputEvent) => (this.search = (event.target as HTMLInputElement).value)}
            />`
          : nothing}
        ${this.#may('shelf') && this.#may('stock') ? html`<button class="act main" type="button" @click=${() => (this.sheet = { name: 'add' })}>${icon('plus')}${words.shelf.add}</button>` : nothing}
      </div>
      ${shelf.length === 0
        ? html`<div class="empty">
            ${icon('basket')}
            <h3>${words.shelf.empty}</h3>
            <p>${words.shelf.emptyHint}</p>
          </div>`
        : html`<ul>
            ${repeat(
              shown,
              ({ id }) => id,
              (product) => this.#product(product, pins),
            )}
          </ul>`}
      ${this.#sheet()}
    `;
  }

  #product(product: Product, pins: readonly string[]): TemplateResult {
    const { shelf: words } = this.#words.text;
    const isMain = pins[0] === product.id;
    return html`<li class=${isMain ? 'main' : ''}>
      <div class="top">
        ${picture(this.serverUrl, product.pictures[0], '', '64px')}
        <h3 class="name">
          ${this.#may('shelf') || this.#may('stock') ? html`<button type="button" aria-haspopup="dialog" @click=${() => (this.sheet = { name: 'more', product })}>${product.name}</button>` : product.name}
        </h3>
        <button
          class="act pin ${isMain ? 'main' : pins.includes(product.id) ? 'on' : ''}"
          type="button"
          aria-pressed=${isMain ? 'true' : 'false'}
          ?disabled=${this.busy.has(product.id) || !this.#may('shelf')}
          @click=${() => this.#togglePin(product, isMain)}
        >
          ${icon('pin')}${isMain ? words.pinned : words.pin}<span class="visually-hidden">${isMain ? words.unpinLabel(product.name) : words.pinLabel(product.name)}</span>
        </button>
      </div>
      ${product.variants.map((variant) => this.#variant(product, variant))}
    </li>`;
  }

  #may(right: Right): boolean {
    return this.rights.includes(right);
  }

  #variant(product: Product, variant: Variant): TemplateResult {
    const { shelf: words, units } = this.#words.text;
    const kind = kindText({ name: product.name, label: variant.label, grade: gradeOf(product, variant) });
    const name = kind ? `${product.name}, ${kind}` : product.name;
    const isBusy = this.busy.has(variant.id) || !this.#may('stock');
    const isGone = variant.stock === 0;
    return html`
      ${kind ? html`<p class="label" dir="auto">${kind}</p>` : nothing}
      <div class="row">
        <button class="act" type="button" ?disabled=${isBusy} @click=${() => (this.sheet = { name: 'price', product, variant })}>
          <span class="visually-hidden">${words.priceOf(name)}</span><span class="price">${this.#words.money(variant.priceMinor, product.currency)}</span><small>/ ${units[variant.unit]}</small>
        </button>
        <button class="act ${isGone ? 'gone' : ''}" type="button" ?disabled=${isBusy} @click=${() => (this.sheet = { name: 'stock', product, variant })}>
          <span class="visually-hidden">${words.stockOf(name)}</span>${isGone ? words.isSoldOut : html`<small>${words.stock}</small>${variant.stock}`}
        </button>
        <button class="act" type="button" ?disabled=${isBusy || isGone} @click=${() => this.#setStock(product, variant, 0)}>
          ${icon('close')}<span class="visually-hidden">${words.sellOut(name)}</span><small>${words.soldOut}</small>
        </button>
      </div>
    `;
  }

  #sheet(): TemplateResult | typeof nothing {
    const { sheet } = this;
    if (!sheet || !this.snapshot) return nothing;
    const { shelf: words, add, kinds, common } = this.#words.text;
    const close = (): void => void (this.sheet = null);
    if (sheet.name === 'add') {
      return html`<fieldcast-studio-sheet .heading=${add.title} .closeLabel=${common.close} @sheet-close=${close}>
        <fieldcast-studio-add
          .desk=${this.desk}
          .serverUrl=${this.serverUrl}
          .stream=${this.stream}
          .currency=${this.snapshot.show.currency}
          .sellerId=${this.snapshot.show.sellerId}
          @add-done=${close}
        ></fieldcast-studio-add>
      </fieldcast-studio-sheet>`;
    }
    if (sheet.name === 'more') {
      const { product } = sheet;
      return html`<fieldcast-studio-sheet .heading=${product.name} .closeLabel=${common.close} @sheet-close=${close}>
        <div class="more">
          ${this.snapshot.pins.includes(product.id) && this.#may('shelf')
            ? html`<button class="act wide" type="button" @click=${() => this.#do(product.id, (desk) => desk.unpin(product.id), words.doneUnpinned)}>${icon('pin')}${words.unpinLabel('')}</button>`
            : nothing}
          ${this.#may('stock') ? html`<button class="act wide" type="button" @click=${() => (this.sheet = { name: 'facts', product })}>${icon('edit')}${words.more}</button>
                <button class="act wide" type="button" @click=${() => (this.sheet = { name: 'kinds', product })}>${icon('basket')}${kinds.open}</button>
                <span class="act wide pick"
                  >${icon('camera')}${words.photo}<input type="file" accept="image/*" aria-label=${words.photo} @change=${(event: Event) => void this.#addPhoto(product, event.target as HTMLInputElement)}
                /></span>` : nothing}
          ${this.#may('shelf')
            ? html`<button class="act wide red" type="button" @click=${() => this.#do(product.id, (desk) => desk.remove(product.id), words.doneRemoved(product.name))}>${icon('trash')}${words.remove}</button>`
            : nothing}
        </div>
      </fieldcast-studio-sheet>`;
    }
    if (sheet.name === 'facts') {
      const { product } = sheet;
      return html`<fieldcast-studio-sheet .heading=${product.name} .closeLabel=${common.close} @sheet-close=${close}>
        <fieldcast-studio-facts
          .product=${product}
          @facts-save=${(event: CustomEvent<FactsChange>) => this.#do(product.id, (desk) => desk.tellFacts(product, event.detail), words.doneFacts(product.name))}
        ></fieldcast-studio-facts>
      </fieldcast-studio-sheet>`;
    }
    if (sheet.name === 'kinds') {
      const { product } = sheet;
      const { name } = product;
      return html`<fieldcast-studio-sheet .heading=${name} .closeLabel=${common.close} @sheet-close=${close}>
        <fieldcast-studio-kinds
          .product=${product}
          @kind-add=${(event: CustomEvent<NewKind>) => this.#do(product.id, (desk) => desk.addKind(product, event.detail), kinds.doneAdd(name))}
          @kind-change=${(event: CustomEvent<{ variant: Variant; words: KindWords }>) => this.#do(product.id, (desk) => desk.changeKind(event.detail.variant, event.detail.words), kinds.doneChange(name))}
          @kind-away=${(event: CustomEvent<Variant>) => this.#do(product.id, (desk) => desk.putKindAway(event.detail), kinds.doneAway(name))}
        ></fieldcast-studio-kinds>
      </fieldcast-studio-sheet>`;
    }
    const { product, variant } = sheet;
    const isPrice = sheet.name === 'price';
    const heading = `${isPrice ? words.price : words.stock} · ${product.name}`;
    return html`<fieldcast-studio-sheet .heading=${heading} .closeLabel=${common.close} @sheet-close=${close}>
      <fieldcast-studio-pad
        .mode=${isPrice ? 'price' : 'count'}
        .currency=${product.currency}
        .value=${isPrice ? variant.priceMinor : variant.stock}
        .min=${isPrice ? 1 : 0}
        @pad-save=${(event: CustomEvent<number>) => (isPrice ? this.#setPrice(product, variant, event.detail) : this.#setStock(product, variant, event.detail))}
      ></fieldcast-studio-pad>
    </fieldcast-studio-sheet>`;
  }

  #togglePin(product: Product, isMain: boolean): void {
    const { shelf: words } = this.#words.text;
    if (isMain) void this.#do(product.id, (desk) => desk.unpin(product.id), words.doneUnpinned);
    else void this.#do(product.id, (desk) => desk.pin(product.id), words.donePinned(product.name));
  }

  #setPrice(product: Product, variant: Variant, priceMinor: number): void {
    const text = this.#words.text.shelf.donePrice(product.name, this.#words.money(priceMinor, product.currency));
    void this.#do(variant.id, (desk) => desk.setPrice(variant, priceMinor), text);
  }

  #setStock(product: Product, variant: Variant, stock: number): void {
    const { shelf: words } = this.#words.text;
    void this.#do(variant.id, (desk) => desk.setStock(variant, stock), stock === 0 ? words.doneSoldOut(product.name) : words.doneStock(product.name, stock));
  }

  async #addPhoto(product: Product, input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    const { shelf: words, add } = this.#words.text;
    try {
      const photo = await toJpeg(await readPhoto(file));
      await this.#do(product.id, (desk) => desk.addPhoto(product, photo), words.donePhoto(product.name));
    } catch {
      this.sheet = null;
      tell(this, { text: add.photoFailed, isFault: true });
    }
  }

  async #do(id: string, act: (desk: ShelfDesk) => Promise<Deed>, text: string): Promise<void> {
    const { desk } = this;
    this.sheet = null;
    if (!desk || this.busy.has(id)) return;
    this.busy = new Set([...this.busy, id]);
    const { outcome, undo } = await act(desk);
    this.busy = new Set([...this.busy].filter((other) => other !== id));
    if (outcome.ok) tell(this, { text, undo: async () => (await undo()).ok });
    else tell(this, { text: this.#words.text.errors[outcome.error.code], isFault: true });
  }
}
