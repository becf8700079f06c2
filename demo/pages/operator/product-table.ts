// Owns taking products in from a spreadsheet: choose a file, look at what would change, agree to exactly that.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, PRODUCT_TABLE_MAX_BYTES, type ProductTableColumn, type ProductTableFault, type ProductTablePreview, type ProductTableRow, type Seller } from '../../../server/protocol/index.ts';
import { ApiError } from '../../api.ts';
import { say } from '../language.ts';
import type { Desk, View } from './desk.ts';

const columnNames = (): Record<ProductTableColumn, string> => ({
  name: say('商品名称', 'name'), label: say('规格', 'label'), sku: say('货号', 'sku'), unit: say('单位', 'unit'), price: say('价格', 'price'), stock: say('库存', 'stock'),
  weight_g: say('重量', 'weight'), limit_per_buyer: say('限购', 'limit per buyer'), description: say('介绍', 'description'), grade: say('等级', 'grade'), specs: say('参数', 'specs'),
  origin: say('产地', 'origin'), geographical_indication: say('地理标志', 'geographical indication'), harvested_on: say('采收日期', 'harvested on'), storage: say('储存方法', 'storage'),
  trace_code: say('追溯码', 'trace code'), return_rule: say('售后', 'returns'),
});

const faultWords = (): Record<ProductTableFault, string> => ({
  unreadable: say('有乱码，请另存为 UTF-8 再试', 'letters are broken; save it as UTF-8 and try again'),
  missing: say('没有填', 'is missing'),
  wrong: say('填写不正确', 'is not right'),
  twice: say('和前面的行重复', 'stands in an earlier row already'),
  ambiguous: say('有多件同名商品，请填货号', 'several products have this name; give the sku'),
  'other-product': say('这个货号是另一件商品的', 'this sku is another product’s'),
  differs: say('和同一商品前面的行不一致', 'differs from an earlier row of the same product'),
  'too-many-variants': say('规格太多', 'the product has too many variants'),
  'catalogue-full': say('商品数量已到上限', 'there are as many products as there may be'),
});

const goods = (count: number): string => (count === 1 ? '1 product' : `${count} products`);

export function productTableView(desk: Desk): View {
  let sellers: readonly Seller[] = [];
  let sellerId = '';
  let file: File | null = null;
  let preview: ProductTablePreview | null = null;
  let fault = '';
  let isBusy = false;

  async function send(apply: boolean): Promise<void> {
    if (!file || isBusy) return;
    isBusy = true;
    fault = '';
    desk.redraw();
    try {
      if (file.size > PRODUCT_TABLE_MAX_BYTES) fault = say('文件太大，请分成几个。', 'This file is too large. Split it into several.');
      else {
        const query = { sellerId, ...(apply && preview ? { apply: 'true' as const, expect: preview.fingerprint } : {}) };
        preview = await desk.call(endpoints.importProducts, { query, body: file });
        if (apply) desk.say({ text: say('已导入', 'Taken in'), isFault: false });
      }
    } catch (error) {
      fault = faultOf(error);
      if (error instanceof ApiError && error.problem.code === 'import.changed') {
        isBusy = false;
        const before = fault;
        await send(false);
        fault = before;
      } else preview = null;
    }
    isBusy = false;
    desk.redraw();
  }

  function faultOf(error: unknown): string {
    if (!(error instanceof ApiError)) return say('文件读不出来，请重新选择。', 'The file cannot be read. Choose it again.');
    const { code, params } = error.problem;
    if (code === 'import.changed') return say('商品刚刚有变动，请再看一遍下面的预览。', 'The products have changed meanwhile. Look at the preview again.');
    if (code !== 'table.unreadable') return say('没有成功，请稍后再试。', 'That did not work. Try again in a moment.');
    const line = params?.['line'] ?? 1;
    switch (params?.['reason']) {
      case 'heading':
        return say('第一行要有“商品名称”或“货号”这一列。下载一份表格照着填最简单。', 'The first row needs a column “name” or “sku”. The easiest way: download the table and fill that in.');
      case 'quote':
        return say(`第 ${line} 行有一个引号没有闭合。`, `A quotation mark in line ${line} is never closed.`);
      case 'rows':
        return say('行数太多，请分成几个文件。', 'There are too many rows. Split the file.');
      default:
        return say('这个文件不是表格。请在表格软件里另存为 CSV。', 'This file is no table. Save it as CSV in your spreadsheet.');
    }
  }

  async function download(): Promise<void> {
    const table = (await desk.call(endpoints.exportProducts, { query: { sellerId } })) as unknown as Blob;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(table);
    link.download = say('商品.csv', 'products.csv');
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function counts({ counts: { new: fresh, changed, unchanged, refused }, newProducts, isApplied }: ProductTablePreview): TemplateResult {
    return html`<ul class="counts">
      <li><b>${fresh}</b> ${isApplied ? say(`新增（${newProducts} 件商品）`, `added (${goods(newProducts)})`) : say(`将新增（${newProducts} 件商品）`, `new (${goods(newProducts)})`)}</li>
      <li><b>${changed}</b> ${isApplied ? say('已更改', 'changed') : say('将更改', 'will change')}</li>
      <li><b>${unchanged}</b> ${say('没有变化', 'unchanged')}</li>
      <li class=${refused > 0 ? 'out' : ''}><b>${refused}</b> ${say('不能导入', 'cannot be taken in')}</li>
    </ul>`;
  }

  const states = (): Record<ProductTableRow['state'], string> => ({ new: say('新增', 'new'), changed: say('更改', 'changed'), unchanged: say('不变', 'same'), refused: say('不导入', 'refused') });

  function row({ line, state, name, label, changes, fault: why }: ProductTableRow): TemplateResult {
    const names = columnNames();
    return html`<tr class=${state}>
      <td>${line}</td>
      <td><span class="state ${state}">${states()[state]}</span></td>
      <th scope="row">${name}${label ? html` <span class="soft">${label}</span>` : nothing}</th>
      <td>
        ${why
          ? html`<span class="out">${why.column ? `${names[why.column]}${say('：', ': ')}` : ''}${faultWords()[why.kind]}</span>`
          : state === 'new'
            ? nothing
            : changes.map(({ column, from, to }) => html`<div>${names[column]}${say('：', ': ')}<del>${from || say('空', 'empty')}</del> → <ins>${to}</ins></div>`)}
      </td>
    </tr>`;
  }

  function outcome(shown: ProductTablePreview): TemplateResult {
    const touched = shown.counts.new + shown.counts.changed;
    const told = shown.rows.filter(({ state }) => state !== 'unchanged');
    const all = touched + shown.counts.refused;
    return html`<section class="panel" aria-live="polite">
      <h2>${shown.isApplied ? say('已导入', 'Taken in') : say('预览：还没有任何改动', 'Preview: nothing is changed yet')}</h2>
      ${counts(shown)}
      ${shown.unknownColumns.length > 0 ? html`<p class="soft">${say('没有用到的列：', 'Columns left aside: ')}${shown.unknownColumns.join(say('、', ', '))}</p>` : nothing}
      ${shown.isApplied
        ? html`<p><a class="button" href="#/products">${say('去看商品', 'See the products')}</a></p>`
        : html`<div class="row">
            <button class="button" ?disabled=${isBusy || touched === 0} @click=${() => void send(true)}>${isBusy ? say('正在导入…', 'Working…') : touched === 0 ? say('没有要导入的', 'Nothing to take in') : say(`导入 ${touched} 行`, touched === 1 ? 'Take in 1 row' : `Take in ${touched} rows`)}</button>
            ${shown.counts.refused > 0 && touched > 0 ? html`<span class="soft">${say('不能导入的行会跳过', 'Refused rows are left out')}</span>` : nothing}
          </div>`}
      ${told.length === 0
        ? nothing
        : html`<div class="scroll-x" tabindex="0" role="region" aria-label=${say('每一行', 'Row by row')}>
              <table class="rows">
                <thead><tr><th scope="col">${say('行', 'Line')}</th><th scope="col">${say('结果', 'Result')}</th><th scope="col">${say('商品', 'Product')}</th><th scope="col">${say('说明', 'What')}</th></tr></thead>
                <tbody>${told.map(row)}</tbody>
              </table>
            </div>
            ${all > told.length ? html`<p class="soft">${say(`只列出前 ${told.length} 行，共 ${all} 行。`, `The first ${told.length} of ${all} rows.`)}</p>` : nothing}`}
    </section>`;
  }

  return {
    title: () => say('导入商品', 'Products from a table'),
    async load() {
      sellers = (await desk.call(endpoints.listSellers, {})).sellers;
      sellerId = sellers[0]?.id ?? '';
    },
    draw: () => html`
      <p><a href="#/products">${say('← 全部商品', '← All products')}</a></p>
      <h1>${say('用表格导入商品', 'Products from a table')}</h1>
      <div class="panel form">
        <p>${say('先下载现有商品的表格，在表格软件里改好、加好，另存为 CSV 再传上来。空着的格子保持不变，不会删除商品。', 'Download the table of your products, change and add rows in your spreadsheet, save it as CSV and choose it here. Blank cells stay as they are; nothing is deleted.')}</p>
        ${sellers.length > 1
          ? html`<label>${say('卖家', 'Seller')}<select @change=${(event: Event) => { sellerId = (event.target as HTMLSelectElement).value; preview = null; desk.redraw(); }}>${sellers.map((seller) => html`<option value=${seller.id} ?selected=${seller.id === sellerId}>${seller.name}</option>`)}</select></label>`
          : nothing}
        <button class="button quiet" ?disabled=${!sellerId} @click=${() => void desk.act(download)}>${say('下载商品表格', 'Download the table')}</button>
        <label>${say('CSV 表格', 'CSV table')}<input type="file" accept=".csv,.txt,text/csv" ?disabled=${isBusy || !sellerId} @change=${(event: Event) => { file = (event.target as HTMLInputElement).files?.[0] ?? null; preview = null; void send(false); }} /></label>
        ${isBusy && !preview ? html`<p role="status">${say('正在读取…', 'Reading…')}</p>` : nothing}
        ${fault ? html`<p class="note fault" role="alert">${fault}</p>` : nothing}
      </div>
      ${preview ? outcome(preview) : nothing}
    `,
  };
}
