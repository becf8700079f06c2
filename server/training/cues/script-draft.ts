// Owns scripts that nobody has written yet: from a template for what is on the shelf, or from a show as it went. Pure.
import { type GoodsKind, SCRIPT_LINE_LIMIT, SCRIPT_LINES_LIMIT, SCRIPT_SECONDS_LEAST, SCRIPT_SECONDS_MOST, SCRIPT_STEPS_LIMIT, SCRIPT_TITLE_LIMIT, type ScriptLang, type ScriptPart } from '../../protocol/cue-limits.ts';
import type { ScriptDraft, ScriptStep } from '../../protocol/scripts.ts';
import { kindOf, PART_SECONDS, templates } from './templates/index.ts';

/** So many products are told in full; of the others only what is seen and what it costs, else a show of ten has an hour for two. */
const IN_FULL = 3;
const PRODUCTS_MOST = 20;

export interface ScriptGoods {
  id: string;
  name: string;
}

/** @param kind of goods whose names do not tell; undefined: words that fit anything */
export function scriptFromTemplate({ shelf, kind, lang }: { shelf: readonly ScriptGoods[]; kind: GoodsKind | undefined; lang: ScriptLang }): ScriptDraft {
  const words = templates[lang];
  const step = (part: keyof typeof PART_SECONDS, lines: readonly string[], productId: string | null = null): ScriptStep => ({ part, productId, lines: [...lines], seconds: PART_SECONDS[part] });
  // Without goods it is still a script: for whatever comes onto the shelf.
  const goods: readonly { id: string | null; name: string }[] = shelf.length > 0 ? shelf.slice(0, PRODUCTS_MOST) : [{ id: null, name: '' }];
  const steps = goods.flatMap(({ id, name }, index) => {
    const byName = kindOf(name);
    const { origin, demonstration, grade, objections } = words.kinds[byName === 'general' ? (kind ?? 'general') : byName];
    const short = [step('demonstration', demonstration, id), step('price', words.price, id)];
    if (index >= IN_FULL) return short;
    const [shown, price] = short as [ScriptStep, ScriptStep];
    const answers = objections.map(({ asked, answer }) => spoken(asked, answer, lang));
    return [step('origin', origin, id), shown, step('grade', grade, id), price, step('objections', answers, id)];
  });
  return {
    title: words.titleOf[kind ?? kindOf(goods[0]?.name ?? '')],
    lang,
    steps: [step('opening', words.opening), ...steps, step('delivery', words.delivery), step('closing', words.closing)],
  };
}

function spoken(asked: string, answer: string, lang: ScriptLang): string {
  const text = lang === 'zh-CN' ? `有人问“${asked}”：${answer}` : `“${asked}” – ${answer}`;
  return text.slice(0, SCRIPT_LINE_LIMIT);
}

/** One time the main pin was a product, server clock. */
export interface MainPin {
  productId: string;
  startedAt: number;
  endedAt: number;
}

export interface PastShow {
  title: string;
  startedAt: number;
  endedAt: number;
  /** In the order of time. */
  pins: readonly MainPin[];
  /** What was said, as captions or by the script that the show went by; in the order of time. */
  said: readonly { at: number; text: string }[];
}

/** Shorter than this a product was not explained: a slip of the thumb, or one on the way to the next. */
const SHORTEST_MS = 5_000;
/** Sounds that are a line of captions and nothing to say again. */
const SHORTEST_LINE = 4;

/** @param linesOf what there is to say of a product of which no words are known from the show itself */
export function scriptFromShow(show: PastShow, linesOf: (productId: string) => readonly string[], lang: ScriptLang): ScriptDraft {
  const words = templates[lang];
  const explained = chaptersOf(show.pins);
  const during = (from: number, to: number): string[] =>
    show.said.filter(({ at, text }) => at >= from && at < to && text.length >= SHORTEST_LINE).map(({ text }) => text.slice(0, SCRIPT_LINE_LIMIT)).slice(0, SCRIPT_LINES_LIMIT);
  const step = (part: ScriptPart, productId: string | null, from: number, to: number, usual: readonly string[]): ScriptStep[] => {
    if (to - from < SHORTEST_MS) return [];
    const lines = during(from, to);
    const seconds = Math.round((to - from) / 1000);
    return [{ part, productId, lines: lines.length > 0 ? lines : [...usual], seconds: Math.max(SCRIPT_SECONDS_LEAST, Math.min(SCRIPT_SECONDS_MOST, seconds)) }];
  };
  const firstAt = explained[0]?.startedAt ?? show.endedAt;
  const lastAt = explained.at(-1)?.endedAt ?? show.endedAt;
  const steps = [
    ...step('opening', null, show.startedAt, firstAt, words.opening),
    ...explained.slice(0, SCRIPT_STEPS_LIMIT - 2).flatMap(({ productId, startedAt, endedAt }) => step('demonstration', productId, startedAt, endedAt, linesOf(productId))),
    ...step('closing', null, lastAt, show.endedAt, words.closing),
  ];
  return { title: words.copied(show.title).slice(0, SCRIPT_TITLE_LIMIT), lang, steps };
}

/** Pins of the same product one after the other are one explanation of it. */
function chaptersOf(pins: readonly MainPin[]): MainPin[] {
  const chapters: MainPin[] = [];
  for (const pin of pins) {
    if (pin.endedAt - pin.startedAt < SHORTEST_MS) continue;
    const last = chapters.at(-1);
    if (last?.productId === pin.productId) last.endedAt = pin.endedAt;
    else chapters.push({ ...pin });
  }
  return chapters;
}
