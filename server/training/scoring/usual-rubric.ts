// Owns the rubric that comes with the server: nine things that a seller learns, in words that praise what is there.
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import type { Criterion, Rubric } from '../../protocol/scoring.ts';

export const USUAL_RUBRIC_ID = 'rub_usual';

const ids = ['opening', 'voice', 'showing', 'price', 'origin', 'answering', 'objections', 'picture', 'closing'] as const;

const words: Record<ScriptLang, { title: string; criteria: Record<(typeof ids)[number], [title: string, hint: string]> }> = {
  'zh-CN': {
    title: '常用评分表',
    criteria: {
      opening: ['开场', '打招呼，说清楚我是谁、今天卖什么'],
      voice: ['说话', '声音听得清，不快不慢，没有长时间冷场'],
      showing: ['展示', '切开、尝一口、上秤，让人看见东西好在哪儿'],
      price: ['报价', '价格、规格说得清楚，一款至少说两遍'],
      origin: ['产地和等级', '哪儿来的、什么等级，实话实说'],
      answering: ['回答提问', '看得到提问，叫得出名字，答得上来'],
      objections: ['应对质疑', '有人嫌贵、有人不信，不生气，好好说'],
      picture: ['画面', '光线够，东西在画面中间，手机不晃'],
      closing: ['收尾', '说明什么时候发货，请大家关注，下次什么时候播'],
    },
  },
  en: {
    title: 'The usual rubric',
    criteria: {
      opening: ['Opening', 'Greets, says who they are and what there is today'],
      voice: ['Speaking', 'Clear to hear, neither rushed nor slow, no long silence'],
      showing: ['Showing', 'Cuts, tastes, weighs: people see what is good about it'],
      price: ['The price', 'Price and size are clear, twice for each product'],
      origin: ['Origin and grade', 'Where it is from and which grade, told honestly'],
      answering: ['Answering', 'Sees the questions, uses names, knows the answer'],
      objections: ['Objections', '“Too dear”, “is it real?”: stays friendly and explains'],
      picture: ['Picture', 'Enough light, goods in the middle, a steady phone'],
      closing: ['Closing', 'When it is sent, follow us, when the next show is'],
    },
  },
};

/** The same ids in both languages: marks stay where a trainer changes the language. */
export function usualCriteria(lang: ScriptLang): Criterion[] {
  return ids.map((id) => ({ id: `crt_${id}`, title: words[lang].criteria[id][0], hint: words[lang].criteria[id][1] }));
}

export function usualRubric(lang: ScriptLang): Rubric {
  return { id: USUAL_RUBRIC_ID, title: words[lang].title, criteria: usualCriteria(lang), isUsual: true, isMine: false };
}
