// Owns which line is said: of the right language, kind of product and topic, and none twice before all have been said.
import type { Product } from '../../../protocol/shop.ts';
import { formatMoney, minorUnitExponent } from '../../../protocol/money-format.ts';
import type { ScriptLang } from '../../../protocol/cue-limits.ts';
import { type QuestionTopic, questionTopics, type ScenarioWords } from '../../../protocol/scenario.ts';
import { MESSAGE_LIMIT } from '../../../protocol/chat-limits.ts';
import { kindOf } from '../../cues/templates/kind-of.ts';
import { chanceOf, seedFor, shuffled } from '../chance.ts';
import type { PlannedAct } from '../plan.ts';
import type { AskedKind, Bank } from './bank.ts';
import { english } from './en.ts';
import { chinese } from './zh-CN.ts';

export const banks: Readonly<Record<ScriptLang, Bank>> = { en: english, 'zh-CN': chinese };

/** Numbers of people, as others see them, begin anew after so many. */
const NUMBERS = 20_000;

/** A share of the price that hagglers offer; the later they ask, the closer they come. */
const OFFERED = [0.6, 0.6, 0.7, 0.7, 0.75, 0.8, 0.8, 0.85, 0.85, 0.9];

export interface Saying {
  seed: number;
  language: ScriptLang;
  /** A trainer's own, asked in place of the bank's. */
  questions?: readonly ScenarioWords[] | undefined;
}

/** What is asked about goods of this name beside what is asked about everything. */
function askedKind(name: string): AskedKind | undefined {
  const kind = kindOf(name);
  if (kind === 'eggs-meat') return /蛋|\beggs?\b/iu.test(name) ? 'egg' : 'meat';
  return kind === 'general' ? undefined : kind;
}

/** What is said in an act about a product; undefined for acts in which nothing is said. */
export function lineOf(planned: PlannedAct, product: Product | undefined, saying: Saying): string | undefined {
  const bank = banks[saying.language];
  const own = planned.text ?? ownQuestion(planned, saying);
  if (own !== undefined) return filled(inLanguage(own, saying.language), planned, product, saying.language);
  const all = linesFor(planned, product, bank);
  // Without a product there is no price to speak of.
  const lines = product ? all : all?.filter((line) => !line.includes('{'));
  if (!lines) return undefined;
  // A haggler's go in their order.
  const order = planned.act === 'haggle' ? lines : shuffled(lines, chanceOf(seedFor(saying.seed, `${planned.act} ${planned.topic ?? ''}`)));
  return filled(order[planned.nth % order.length] as string, planned, product, saying.language);
}

export function nameOf(viewer: number, language: ScriptLang): string {
  const { names } = banks[language];
  // Two of one name happen in a room, numbers of five digits do not.
  const again = Math.floor((viewer % NUMBERS) / names.length);
  return `${names[viewer % names.length]}${again === 0 ? '' : again + 1}`;
}

/** Where a played order is to go: nowhere. */
export function addressOf(viewer: number, language: ScriptLang): string {
  return banks[language].address.replace('{number}', String((viewer % NUMBERS) + 1));
}

export function inLanguage(words: ScenarioWords, language: ScriptLang): string {
  return typeof words === 'string' ? words : words[language];
}

function ownQuestion({ act, nth }: PlannedAct, { questions, seed }: Saying): ScenarioWords | undefined {
  if (act !== 'question' || !questions) return undefined;
  return shuffled(questions, chanceOf(seedFor(seed, 'questions')))[nth % questions.length];
}

function linesFor({ act, topic, nth }: PlannedAct, product: Product | undefined, bank: Bank): readonly string[] | undefined {
  if (act === 'praise' || act === 'haggle' || act === 'troll') return bank[act];
  if (act !== 'question') return undefined;
  return about(topic ?? (questionTopics[nth % questionTopics.length] as QuestionTopic), product, bank);
}

function about(topic: QuestionTopic, product: Product | undefined, bank: Bank): readonly string[] {
  const kind = product && askedKind(product.name);
  return [...((kind && bank.byKind[kind][topic]) ?? []), ...bank.anything[topic]];
}

function filled(line: string, planned: PlannedAct, product: Product | undefined, language: ScriptLang): string {
  if (!line.includes('{')) return line;
  const [variant] = product?.variants ?? [];
  const price = (share: number): string => {
    if (!product || !variant) return '';
    const { currency } = product;
    return formatMoney(share === 1 ? variant.priceMinor : rounded(variant.priceMinor * share, 10 ** minorUnitExponent(currency)), currency, language);
  };
  return line
    .replaceAll('{name}', product?.name ?? '')
    .replaceAll('{price}', price(1))
    .replaceAll('{offer}', price(OFFERED[planned.nth % OFFERED.length] as number))
    .trim()
    .slice(0, MESSAGE_LIMIT);
}

/** People offer round sums, where there is room for one. */
function rounded(minor: number, major: number): number {
  return Math.max(1, minor >= 5 * major ? Math.round(minor / major) * major : Math.round(minor));
}

