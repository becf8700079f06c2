// Owns the form of one product, new or known: pictures with progress, words, variants with unit, price and stock.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Currency, endpoints, minorUnitExponent, newId, PICTURE_LIMIT, type Product, type Seller, type Unit, units, VARIANT_LIMIT } from '../../../server/protocol/index.ts';
import { pictureUrl, unitName } from '../goods.ts';
import { say } from '../language.ts';
import { explain } from '../problem.ts';
import type { Desk, View } from './desk.ts';
import { type FactsDraft, factsDraft, factsForm, factsPatch, readSpecs, specsText } from './product-facts.ts';
import { upload } from './upload.ts';

interface DraftPicture {
  key: string;
  /** Known once it is on the server. */
  id: string | null;
  preview: string;
  share: number;
  fault: string;
}

interface DraftVariant {
  key: string;
  id: string | null;
  label: string;
  unit: Unit;
  price: string;
  stock: string;
  sku: string;
  /** In kg, as typed in. */
  weight: string;
  grade: string;
  /** One a line. */
  specs: string;
  /** Stock as it was shown: what is saved is the difference, so that orders of meanwhile are not undone. */
  stockBefore: number;
}

const blankVariant = (): DraftVariant => ({ key: newId('key'), id: null, label: '', unit: 'box', price: '', stock: '', sku: '', weight: '', grade: '', specs: '', stockBefore: 0 });

export function productView(desk: Desk, productId: string): View {
  const isNew = productId === 'new';
  let product: Product | null = null;
  let sellers: readonly Seller[] = [];
  let sellerId = '';
  let name = '';
  let description = '';
  let pictures: DraftPicture[] = [];
  let variants: DraftVariant[] = [blankVariant()];
  let facts: FactsDraft = factsDraft({});
  let isSaving = false;

  const currency = (): Currency => product?.currency ?? sellers.find((seller) => seller.id === sellerId)?.currency ?? 'CNY';

  function take(known: Product): void {
    product = known;
    sellerId = known.sellerId;
    name = known.name;
    description = known.description;
    facts = factsDraft(known);
    pictures = known.pictures.map((id) => ({ key: id, id, preview: pictureUrl(id, 480), share: 1, fault: '' }));
    variants = known.variants.map((variant) => ({
      key: variant.id,
      id: variant.id,
      label: variant.label,
      unit: variant.unit,
      price: (variant.priceMinor / 10 ** minorUnitExponent(known.currency)).toFixed(minorUnitExponent(known.currency)),
      stock: String(variant.stock),
      sku: variant.sku ?? '',
      weight: variant.weightGrams === undefined ? '' : String(variant.weightGrams / 1000),
      grade: variant.grade ?? '',
      specs: specsText(variant.specs),
      stockBefore: variant.stock,
    }));
  }

  async function addPictures(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])].slice(0, PICTURE_LIMIT - pictures.length);
    input.value = '';
    const drafts = files.map((file) => ({ file, draft: { key: newId('key'), id: null, preview: URL.createObjectURL(file), share: 0, fault: '' } as DraftPicture }));
    pictures = [...pictures, ...drafts.map(({ draft }) => draft)];
    desk.redraw();
    for (const { file, draft } of drafts) {
      try {
        draft.id = (
          await upload(desk, file, (share) => {
            draft.share = share;
            desk.redraw();
          })
        ).id;
      } catch (error) {
        draft.fault = explain(error);
      }
      desk.redraw();
    }
  }

  function putFirst(picture: DraftPicture): void {
    pictures = [picture, ...pictures.filter((other) => other !== picture)];
    desk.redraw();
  }

  function remove(picture: DraftPicture): void {
    const before = pictures;
    pictures = pictures.filter((other) => other !== picture);
    desk.say({
      text: say('已移除图片，保存后生效', 'Picture removed; it takes effect when you save'),
      isFault: false,
      async undo() {
        pictures = before;
      },
    });
  }

  const minor = (price: string): number => Math.round(Number(price.replace(',', '.')) * 10 ** minorUnitExponent(currency()));

  function words({ label, unit, price, sku, weight, grade, specs }: DraftVariant) {
    return { label, unit, priceMinor: minor(price), sku, grade, specs: readSpecs(specs), weightGrams: weight === '' ? null : Math.round(Number(weight.replace(',', '.')) * 1000) };
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    desk.redraw();
    const kept = pictures.flatMap((picture) => picture.id ?? []);
    const done = await desk.act(
      async () => {
        if (!product) {
          take(
            await desk.call(endpoints.createProduct, {
              body: {
                sellerId,
                name,
                description,
                pictures: kept,
                variants: variants.map((variant) => ({ ...words(variant), stock: Number(variant.stock) })),
                ...factsPatch(facts),
              },
            }),
          );
          return;
        }
        await desk.call(endpoints.changeProduct, { params: { productId: product.id }, body: { name, description, pictures: kept, ...factsPatch(facts) } });
        for (const variant of variants) {
          const { id, stock, stockBefore } = variant;
          if (!id) await desk.call(endpoints.addVariant, { params: { productId: product.id }, body: { ...words(variant), stock: Number(stock) } });
          else {
            const stockDelta = Number(stock) - stockBefore;
            await desk.call(endpoints.changeVariant, { params: { variantId: id }, body: { ...words(variant), ...(stockDelta === 0 ? {} : { stockDelta }) } });
          }
        }
        take(await desk.call(endpoints.readProduct, { params: { productId: product.id } }));
      },
      { text: say('已保存', 'Saved') },
    );
    isSaving = false;
    if (done && isNew && product) location.hash = `#/products`;
    else desk.redraw();
  }

  /** At once, and taken back as one: what else is typed stays as it is. */
  async function putAway(variant: DraftVariant): Promise<void> {
    const change = (archived: boolean) => desk.call(endpoints.changeVariant, { params: { variantId: variant.id ?? '' }, body: { archived } });
    await desk.act(
      async () => {
        await change(true);
        variants = variants.filter((other) => other !== variant);
      },
      {
        text: say(`${variant.label || name} 已停卖`, `${variant.label || name} is no longer sold`),
        undo: async () => {
          await change(false);
          variants = [...variants, variant];
        },
      },
    );
  }

  function pictureTile(picture: DraftPicture, index: number): TemplateResult {
    return html`<li class="tile">
      <img src=${picture.preview} width="120" height="120" alt=${say(`图片 ${index + 1}`, `Picture ${index + 1}`)} />
      ${picture.fault
        ? html`<p class="out" role="alert">${picture.fault}</p>`
        : picture.id
          ? nothing
          : html`<progress max="1" .value=${picture.share} aria-label=${say('上传进度', 'Upload')}></progress>`}
      <span class="row tight">
        ${index === 0 ? html`<span class="chip planned">${say('主图', 'Main')}</span>` : html`<button type="button" class="button quiet small" @click=${() => putFirst(picture)}>${say('设为主图', 'Make main')}</button>`}
        <button type="button" class="button quiet small" aria-label=${say(`移除图片 ${index + 1}`, `Remove picture ${index + 1}`)} @click=${() => remove(picture)}>✕</button>
      </span>
    </li>`;
  }

  function variantRow(variant: DraftVariant, index: number): TemplateResult {
    const text = (event: Event): string => (event.target as HTMLInputElement).value;
    const digits = minorUnitExponent(currency());
    return html`<fieldset class="variant">
      <legend>${say(`规格 ${index + 1}`, `Variant ${index + 1}`)}</legend>
      <label>${say('说明', 'Label')}<input maxlength="40" .value=${variant.label} placeholder=${say('5 公斤装', '5 kg box')} @input=${(event: Event) => (variant.label = text(event))} /></label>
      <label>${say('单位', 'Unit')}<select @change=${(event: Event) => (variant.unit = text(event) as Unit)}>${units.map((unit) => html`<option value=${unit} ?selected=${unit === variant.unit}>${unitName(unit)}</option>`)}</select></label>
      <label>${say(`价格（${currency()}）`, `Price (${currency()})`)}<input required inputmode="decimal" pattern=${digits === 0 ? '[0-9]{1,8}' : '[0-9]{1,8}([.,][0-9]{1,2})?'} title=${say('例如 68 或 68.50', 'e.g. 68 or 68.50')} .value=${variant.price} @input=${(event: Event) => (variant.price = text(event))} /></label>
      <label>${say('库存', 'Stock')}<input required type="number" inputmode="numeric" min="0" max="1000000" step="1" .value=${variant.stock} @input=${(event: Event) => (variant.stock = text(event))} /></label>
      <label>${say('每件重量（公斤）', 'Weight of one (kg)')}<input inputmode="decimal" pattern="[0-9]{1,3}([.,][0-9]{1,3})?" title=${say('例如 5 或 0.5', 'e.g. 5 or 0.5')} .value=${variant.weight} @input=${(event: Event) => (variant.weight = text(event))} /></label>
      <label>${say('等级（与商品不同时）', 'Grade, where it is another')}<input maxlength="40" placeholder=${facts.grade} .value=${variant.grade} @input=${(event: Event) => (variant.grade = text(event))} /></label>
      <label>${say('参数（与商品不同时）', 'Specs, where they are others')}<textarea rows="2" maxlength="1400" placeholder=${facts.specs || say('果径: 80 毫米', 'Size: 80 mm')} .value=${variant.specs} @input=${(event: Event) => (variant.specs = text(event))}></textarea></label>
      <label>${say('货号', 'SKU')}<input maxlength="40" .value=${variant.sku} @input=${(event: Event) => (variant.sku = text(event))} /></label>
      ${variants.length === 1
        ? nothing
        : variant.id
        ? html`<button type="button" class="button quiet small" aria-label=${say(`停卖规格 ${index + 1}`, `Stop selling variant ${index + 1}`)} @click=${() => void putAway(variant)}>${say('停卖', 'Stop selling')}</button>`
        : html`<button type="button" class="button quiet small" aria-label=${say(`移除规格 ${index + 1}`, `Remove variant ${index + 1}`)} @click=${() => { variants = variants.filter((other) => other !== variant); desk.redraw(); }}>${say('移除', 'Remove')}</button>`}
    </fieldset>`;
  }

  return {
    title: () => (isNew ? say('添加商品', 'Add a product') : name || say('商品', 'Product')),
    async load() {
      sellers = (await desk.call(endpoints.listSellers, {})).sellers;
      sellerId = sellers[0]?.id ?? '';
      if (!isNew) take(await desk.call(endpoints.readProduct, { params: { productId } }));
    },
    draw: () => html`
      <p><a href="#/products">${say('← 全部商品', '← All products')}</a></p>
      <h1>${isNew ? say('添加商品', 'Add a product') : name}</h1>
      <form class="panel form wide" @submit=${save}>
        <div>
          <h2>${say('图片', 'Pictures')}</h2>
          <ul class="tiles">
            ${repeat(pictures, (picture) => picture.key, pictureTile)}
            ${pictures.length < PICTURE_LIMIT
              ? html`<li class="tile add">
                  <label><span>${say('＋ 添加图片', '+ Add pictures')}</span><input type="file" accept="image/jpeg,image/png,image/webp" multiple @change=${(event: Event) => void addPictures(event.target as HTMLInputElement)} /></label>
                </li>`
              : nothing}
          </ul>
        </div>
        ${isNew && sellers.length > 1
          ? html`<label>${say('卖家', 'Seller')}<select @change=${(event: Event) => { sellerId = (event.target as HTMLSelectElement).value; desk.redraw(); }}>${sellers.map((seller) => html`<option value=${seller.id} ?selected=${seller.id === sellerId}>${seller.name}</option>`)}</select></label>`
          : nothing}
        <label>${say('名称', 'Name')}<input required maxlength="80" .value=${name} @input=${(event: Event) => (name = (event.target as HTMLInputElement).value)} /></label>
        <label>${say('介绍', 'Description')}<textarea rows="4" maxlength="2000" .value=${description} @input=${(event: Event) => (description = (event.target as HTMLTextAreaElement).value)}></textarea></label>
        <div class="stack">
          <h2>${say('规格与价格', 'Variants and prices')}</h2>
          ${repeat(variants, (variant) => variant.key, variantRow)}
          ${variants.length < VARIANT_LIMIT
            ? html`<button type="button" class="button quiet small" @click=${() => { variants = [...variants, blankVariant()]; desk.redraw(); }}>${say('＋ 添加规格', '+ Add a variant')}</button>`
            : nothing}
        </div>
        ${factsForm(facts)}
        <div class="row end">
          <a class="button quiet" href="#/products">${say('返回', 'Back')}</a>
          <button class="button" ?disabled=${isSaving || pictures.some((picture) => !picture.id && !picture.fault)}>${isSaving ? say('正在保存…', 'Saving…') : say('保存', 'Save')}</button>
        </div>
      </form>
    `,
  };
}
