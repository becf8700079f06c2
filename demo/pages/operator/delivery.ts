// Owns a seller's delivery: areas in the order in which they are tried, what each costs, and trying an address before buyers do.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { AREA_LIMIT, type Currency, type DeliveryArea, type DeliveryFee, endpoints, minorUnitExponent, newId, type Seller } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk, View } from './desk.ts';

type FeeBy = DeliveryFee['by'];

/** An area as it is typed in: amounts as people write them. */
interface Draft {
  key: string;
  name: string;
  words: string;
  isElsewhere: boolean;
  by: FeeBy;
  first: string;
  firstAmount: string;
  step: string;
  stepAmount: string;
  other: string;
  freeFrom: string;
  minimum: string;
}

const blank = (isElsewhere: boolean): Draft => ({
  key: newId('key'), name: isElsewhere ? say('其他地区', 'Everywhere else') : '', words: '', isElsewhere, by: 'order', first: '1', firstAmount: '', step: '1', stepAmount: '', other: '1', freeFrom: '', minimum: '',
});

export function deliveryView(desk: Desk, sellerId: string): View {
  let seller: Seller | undefined;
  let drafts: Draft[] = [];
  let isSaving = false;

  const currency = (): Currency => seller?.currency ?? 'CNY';
  const digits = (): number => minorUnitExponent(currency());
  const amount = (minor: number): string => (minor / 10 ** digits()).toFixed(digits());
  const minor = (text: string): number => Math.round(Number(text.replace(',', '.')) * 10 ** digits());

  function draftOf({ name, words, fee, freeFromMinor, minimumMinor }: DeliveryArea): Draft {
    const draft: Draft = {
      ...blank(words.length === 0), name, words: words.join(' '), by: fee.by,
      freeFrom: freeFromMinor === null ? '' : amount(freeFromMinor), minimum: minimumMinor === 0 ? '' : amount(minimumMinor),
    };
    if (fee.by === 'order') draft.firstAmount = amount(fee.feeMinor);
    if (fee.by === 'weight') {
      Object.assign(draft, { first: String(fee.firstGrams / 1_000), firstAmount: amount(fee.firstMinor), step: String(fee.stepGrams / 1_000), stepAmount: amount(fee.stepMinor), other: String(fee.otherGrams / 1_000) });
    }
    if (fee.by === 'piece') Object.assign(draft, { first: String(fee.firstPieces), firstAmount: amount(fee.firstMinor), stepAmount: amount(fee.stepMinor) });
    return draft;
  }

  function areaOf(draft: Draft): DeliveryArea {
    return {
      name: draft.name,
      words: draft.isElsewhere ? [] : draft.words.split(/[\s,，、;；]+/).filter((word) => word !== ''),
      fee: feeOf(draft),
      freeFromMinor: draft.by === 'none' || draft.freeFrom === '' ? null : minor(draft.freeFrom),
      minimumMinor: draft.by === 'none' || draft.minimum === '' ? 0 : minor(draft.minimum),
    };
  }

  function feeOf({ by, first, firstAmount, step, stepAmount, other }: Draft): DeliveryFee {
    const grams = (kg: string): number => Math.round(Number(kg.replace(',', '.')) * 1_000);
    if (by === 'none') return { by };
    if (by === 'order') return { by, feeMinor: minor(firstAmount) };
    if (by === 'piece') return { by, firstPieces: Number(first), firstMinor: minor(firstAmount), stepMinor: minor(stepAmount) };
    return { by, firstGrams: grams(first), firstMinor: minor(firstAmount), stepGrams: grams(step), stepMinor: minor(stepAmount), otherGrams: grams(other) };
  }

  async function load(): Promise<void> {
    seller = (await desk.call(endpoints.listSellers, {})).sellers.find(({ id }) => id === sellerId);
    drafts = (await desk.call(endpoints.readDeliveryRules, { params: { sellerId } })).areas.map(draftOf);
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    const before = await desk.call(endpoints.readDeliveryRules, { params: { sellerId } }).catch(() => null);
    await desk.act(
      async () => {
        drafts = (await desk.call(endpoints.changeDeliveryRules, { params: { sellerId }, body: { areas: drafts.map(areaOf) } })).areas.map(draftOf);
      },
      {
        text: say('已保存，之后的订单按新运费计算', 'Saved; orders from now on are counted by it'),
        ...(before ? { undo: async () => void (drafts = (await desk.call(endpoints.changeDeliveryRules, { params: { sellerId }, body: before })).areas.map(draftOf)) } : {}),
      },
    );
    isSaving = false;
    desk.redraw();
  }

  function add(): void {
    const last = drafts.at(-1);
    // What is for everywhere else stays last: nothing after it would ever be tried.
    drafts = last?.isElsewhere ? [...drafts.slice(0, -1), blank(false), last] : [...drafts, blank(false)];
    desk.redraw();
  }

  function move(draft: Draft): void {
    const at = drafts.indexOf(draft);
    drafts = [...drafts.slice(0, at - 1), draft, drafts[at - 1]!, ...drafts.slice(at + 1)];
    desk.redraw();
  }

  function remove(draft: Draft): void {
    const before = drafts;
    drafts = drafts.filter((other) => other !== draft);
    desk.say({ text: say('已移除，保存后生效', 'Removed; it takes effect when you save'), isFault: false, undo: async () => void (drafts = before) });
  }

  function row(draft: Draft, index: number): TemplateResult {
    const put = (field: 'name' | 'words' | 'first' | 'firstAmount' | 'step' | 'stepAmount' | 'other' | 'freeFrom' | 'minimum') => (event: Event): void => {
      draft[field] = (event.target as HTMLInputElement).value;
    };
    const money = (field: 'firstAmount' | 'stepAmount' | 'freeFrom' | 'minimum', label: string, isRequired: boolean, example = ''): TemplateResult =>
      html`<label>${label}<input ?required=${isRequired} inputmode="decimal" pattern=${digits() === 0 ? '[0-9]{1,7}' : '[0-9]{1,7}([.,][0-9]{1,2})?'} title=${say('例如 8 或 8.50', 'e.g. 8 or 8.50')} placeholder=${example} .value=${draft[field]} @input=${put(field)} /></label>`;
    const kilos = (field: 'first' | 'step' | 'other', label: string): TemplateResult =>
      html`<label>${label}<input required inputmode="decimal" pattern="[0-9]{1,3}([.,][0-9]{1,2})?" title=${say('例如 1 或 0.5', 'e.g. 1 or 0.5')} .value=${draft[field]} @input=${put(field)} /></label>`;
    const unit = currency();
    return html`<fieldset class="variant area">
      <legend>${say(`地区 ${index + 1}`, `Area ${index + 1}`)}</legend>
      <label>${say('名称', 'Name')}<input required maxlength="40" .value=${draft.name} placeholder=${say('本县', 'Our county')} @input=${put('name')} /></label>
      ${draft.isElsewhere
        ? html`<p class="soft words">${say('上面都不符合的地址', 'Every address that fits none above')}</p>`
        : html`<label class="words">${say('地址里有这些词之一', 'One of these stands in the address')}<input required .value=${draft.words} placeholder=${say('洛川 黄陵 富县', 'Luochuan, Fuxian')} @input=${put('words')} /></label>`}
      <label>${say('运费', 'Fee')}<select @change=${(event: Event) => { draft.by = (event.target as HTMLSelectElement).value as FeeBy; desk.redraw(); }}>
        ${([
          ['order', say('每单一个价', 'One fee for an order')],
          ['weight', say('按重量', 'By weight')],
          ['piece', say('按件数', 'By piece')],
          ['none', say('不配送', 'Not delivered')],
        ] as const).map(([value, words]) => html`<option value=${value} ?selected=${value === draft.by}>${words}</option>`)}
      </select></label>
      ${draft.by === 'order' ? money('firstAmount', say(`运费（${unit}，0 为包邮）`, `Fee (${unit}; 0 is free)`), true) : nothing}
      ${draft.by === 'weight'
        ? html`${kilos('first', say('首重（公斤）', 'First (kg)'))} ${money('firstAmount', say(`首重运费（${unit}）`, `Fee for the first (${unit})`), true)}
            ${kilos('step', say('续重每（公斤）', 'Then each (kg)'))} ${money('stepAmount', say(`续重运费（${unit}）`, `Fee for each (${unit})`), true)}
            ${kilos('other', say('没写重量的商品算（公斤）', 'Goods without a weight count (kg)'))}`
        : nothing}
      ${draft.by === 'piece'
        ? html`<label>${say('首件数', 'First pieces')}<input required type="number" inputmode="numeric" min="1" max="999" .value=${draft.first} @input=${put('first')} /></label>
            ${money('firstAmount', say(`首件运费（${unit}）`, `Fee for the first (${unit})`), true)} ${money('stepAmount', say(`每加一件（${unit}）`, `Fee for each more (${unit})`), true)}`
        : nothing}
      ${draft.by === 'none'
        ? nothing
        : html`${money('freeFrom', say(`满多少包邮（${unit}）`, `Free from (${unit})`), false, say('不包邮', 'never'))} ${money('minimum', say(`起送金额（${unit}）`, `Least order (${unit})`), false, say('不限', 'none'))}`}
      <span class="row tight whole">
        ${index > 0 && !draft.isElsewhere ? html`<button type="button" class="button quiet small" aria-label=${say(`${draft.name} 上移`, `Move ${draft.name} up`)} @click=${() => move(draft)}>${say('↑ 上移', '↑ Up')}</button>` : nothing}
        <button type="button" class="button quiet small" aria-label=${say(`移除 ${draft.name}`, `Remove ${draft.name}`)} @click=${() => remove(draft)}>${say('移除', 'Remove')}</button>
      </span>
    </fieldset>`;
  }

  return {
    title: () => say('配送', 'Delivery'),
    load,
    draw: () => html`
      <p><a href="#/sellers">${say('← 全部卖家', '← All sellers')}</a></p>
      <h1>${say('配送', 'Delivery')} · ${seller?.name ?? ''}</h1>
      <p class="soft">${say('从上到下找第一个符合的地区。近的放前面，远的放后面。没有地区就是各地包邮。', 'The first area that fits an address counts, from the top. Near ones first. Without any area, delivery is free everywhere.')}</p>
      <form class="panel form wide" @submit=${save}>
        ${repeat(drafts, ({ key }) => key, row)}
        <div class="row">
          ${drafts.length < AREA_LIMIT ? html`<button type="button" class="button quiet small" @click=${add}>${say('＋ 添加地区', '+ Add an area')}</button>` : nothing}
          ${drafts.length < AREA_LIMIT && !drafts.some(({ isElsewhere }) => isElsewhere)
            ? html`<button type="button" class="button quiet small" @click=${() => { drafts = [...drafts, blank(true)]; desk.redraw(); }}>${say('＋ 其他地区', '+ Everywhere else')}</button>`
            : nothing}
        </div>
        ${drafts.length > 0 && !drafts.some(({ isElsewhere }) => isElsewhere) ? html`<p class="note">${say('没有“其他地区”：上面以外的地址不能下单。', 'There is no “everywhere else”: other addresses cannot order.')}</p>` : nothing}
        <div class="row end"><button class="button" ?disabled=${isSaving}>${isSaving ? say('正在保存…', 'Saving…') : say('保存', 'Save')}</button></div>
      </form>
    `,
  };
}
