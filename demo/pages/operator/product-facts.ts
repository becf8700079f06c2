// Owns the part of a product's form about origin, harvest, storage, trace and returns, and what one buyer may have of it.
import { html, type TemplateResult } from 'lit';
import type { Product, ProductFactsPatch, Specs } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';

/** As typed in; specs one a line, `name: value`. */
export interface FactsDraft {
  grade: string;
  specs: string;
  origin: string;
  geographicalIndication: string;
  harvestedOn: string;
  storage: string;
  traceCode: string;
  returnRule: string;
  limitPerBuyer: string;
}

export function factsDraft({ facts = {}, limitPerBuyer }: Pick<Product, 'facts' | 'limitPerBuyer'>): FactsDraft {
  const { grade = '', specs = [], origin = '', geographicalIndication = '', harvestedOn = '', storage = '', traceCode = '', returnRule = '' } = facts;
  return {
    grade, origin, geographicalIndication, harvestedOn, storage, traceCode, returnRule,
    specs: specsText(specs),
    limitPerBuyer: limitPerBuyer === undefined ? '' : String(limitPerBuyer),
  };
}

/** Everything, also what is empty: an emptied field takes its fact away. */
export function factsPatch(draft: FactsDraft): { facts: ProductFactsPatch; limitPerBuyer: number | null } {
  const { specs, limitPerBuyer, harvestedOn, ...words } = draft;
  return {
    facts: {
      ...words,
      harvestedOn: harvestedOn === '' ? null : harvestedOn,
      specs: readSpecs(specs),
    },
    limitPerBuyer: limitPerBuyer === '' ? null : Number(limitPerBuyer),
  };
}

/** One a line, `name: value`. */
export const specsText = (specs: Specs = []): string => specs.map(({ name, value }) => `${name}: ${value}`).join('\n');
export const readSpecs = (text: string): Specs => text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map(specOf);

function specOf(line: string): { name: string; value: string } {
  const [name = '', ...value] = line.split(/[:：]/);
  return { name: name.trim(), value: value.join(':').trim() };
}

export function factsForm(draft: FactsDraft): TemplateResult {
  const put = (field: keyof FactsDraft) => (event: Event): void => {
    draft[field] = (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  };
  const field = (name: keyof FactsDraft, label: string, max: number, example = ''): TemplateResult =>
    html`<label>${label}<input name=${name} maxlength=${max} placeholder=${example} .value=${draft[name]} @input=${put(name)} /></label>`;
  const area = (name: keyof FactsDraft, label: string, max: number, example = ''): TemplateResult =>
    html`<label class="whole">${label}<textarea name=${name} rows="2" maxlength=${max} placeholder=${example} .value=${draft[name]} @input=${put(name)}></textarea></label>`;
  return html`<details class="stack" ?open=${Object.values(draft).some((value) => value !== '')}>
    <summary><h2>${say('产地、采收与售后', 'Origin, harvest and returns')}</h2></summary>
    <div class="inline facts">
      ${field('grade', say('等级', 'Grade'), 40, say('一级', 'Grade A'))}
      ${field('origin', say('产地', 'Origin'), 80, say('陕西延安洛川县', 'Luochuan, Shaanxi'))}
      ${field('geographicalIndication', say('地理标志', 'Geographical indication'), 80, say('洛川苹果', 'Luochuan apples'))}
      <label>${say('采收日期', 'Harvested on')}<input type="date" name="harvestedOn" .value=${draft.harvestedOn} @input=${put('harvestedOn')} /></label>
      ${field('traceCode', say('追溯码或网址', 'Trace code or address'), 200)}
      <label>${say('每人限购（每场）', 'Most for one buyer in a show')}<input type="number" name="limitPerBuyer" inputmode="numeric" min="1" max="999" step="1" placeholder=${say('不限', 'no limit')} .value=${draft.limitPerBuyer} @input=${put('limitPerBuyer')} /></label>
      ${area('specs', say('参数，每行一个', 'Specifications, one a line'), 1_400, say('糖度: 14 以上', 'Sugar: 14 °Bx and up'))}
      ${area('storage', say('储存方法', 'Storage'), 300, say('放冰箱冷藏，可存 30 天', 'Keep in the fridge, good for 30 days'))}
      ${area('returnRule', say('售后', 'Returns'), 300, say('坏果拍照包赔，48 小时内', 'Send a photo of bruised fruit within 48 hours, we replace it'))}
    </div>
  </details>`;
}
