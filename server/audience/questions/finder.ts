// Owns telling a question from other talk, in Chinese and English, by rules: no network, no model, a few microseconds a message. Pure.
import { fold } from '../chat/fold.ts';

/** Longer than any message; what calls this with more is only looked at so far. */
const LOOKED_AT = 300;

// Signs that soften the end of a sentence and hide how it ends: 吗啊 and 吗~ end as 吗 does.
const TAIL = /[\s~～。.!！,，、…啊呀哈哦噢喔呐哟嘞嗯\p{Extended_Pictographic}\p{Emoji_Component}]+$/u;
const TAIL_OF_LATIN = /[\s~.!,…\p{Extended_Pictographic}]+$/u;

const NAMES = '(?:主播|老板娘|老板|掌柜|老乡|大哥|大姐|小哥|小姐姐|阿姨|大叔|亲|家人们|朋友们|各位|大家)';

// 能发吗亲, but not 谢谢老板: what is left would be no question either.
const CALLED_LAST = new RegExp(`(?<=.[吗么嘛呢不没])[，,\\s]*${NAMES}$`);

/** Greetings and small talk that look like questions. */
const SMALL_TALK: readonly RegExp[] = [
  new RegExp(`^${NAMES}?(?:你|您|你们|大家)?(?:们)?(?:好|早|早上好|晚上好|下午好|好久不见)(?:吗|呀|嘛)?${NAMES}?$`),
  new RegExp(`^${NAMES}?(?:你|您|大家)?(?:今天|最近)?(?:还)?(?:好|好不好|忙|累|冷|热|辛苦|怎么样)(?:吗|不|么)?(?:${NAMES})?$`),
  new RegExp(`^${NAMES}?(?:在吗|在不在|在么|在不|吃了吗|吃饭了吗|吃了没|吃饭没|辛苦了吧|听得到吗|听得见吗|看得到吗)${NAMES}?$`),
  /^(?:hi|hello|hey|yo)?[ ,]*(?:how are (?:you|u|things|we|y'?all)|how r u|how do you do|how(?:'s| is) (?:it going|everything|life|your day|everyone|everybody)|how have you been|what'?s (?:up|new|going on)|wass?up|sup|you ok(?:ay)?|are you (?:ok|okay|well)|can you hear (?:me|us)|is (?:anyone|anybody) (?:here|there))\b[^?]{0,24}$/,
];

/** Said for the sound of it: wonder, agreement, indifference. */
const RHETORICAL: readonly RegExp[] = [
  /(?:怎么|咋)(?:会|能|可以)?(?:这么|那么|这样|如此)(?:好|香|甜|美|漂亮|可爱|厉害|棒|便宜|贵|大|多|新鲜|会|能|快)/,
  /^(?:这么|那么|好|真|太|超)\S{0,8}(?:啊|呀|吗|了吧|吧)?$/,
  // No alternative may begin with another one that stands alone: 是真 beside 是 and 真 took hours over 是真是真….
  /^(?:真的|真|是|不会|不是|没|确定|当真|可以|行|好|对|懂|啥|什么|嗯|啊|哦|哈|额|厉害|牛)*(?:吗|吧|么|嘛)?$/,
  /(?:谁(?:不|会不|能不|都|也|还不|知道呢)|谁说|难道|何必|何苦|不是吗|可不是|岂不|关.{0,4}什么事|有什么(?:好|用|了不起|关系)|算什么|怕什么|急什么|凭什么不)/,
  /(?:什么|怎么|哪|哪里|哪个|谁|多少|几|啥)\S{0,6}(?:都|也)(?:行|好|可以|没|有|不|要|想|是|能|会|爱|喜欢|买|吃|来|一样)/,
  /(?:没什么|不算什么|没多少|不怎么|哪里哪里|哪有|多少(?:支持|买|来|给|有)一?点|多少都|什么的$|等等什么|有几(?:个|次)|算不算)/,
  /(?:对吧|是吧|好吧|行吧|是不是(?:很|特别|超|都)?(?:棒|赞|厉害|好看|漂亮)|对不对|好不好看都|好不好都|要不要脸)$/,
  /^(?:really|seriously|right|ok(?:ay)?|no way|for real|is it|are you sure|sure|what|huh|eh|why not|you know what|guess what|who knows|who cares|so what|what else is new|isn'?t (?:it|that|she|he) \w+|aren'?t (?:they|you) \w+)$/,
  /^(?:how|so) (?:nice|beautiful|lovely|cute|pretty|cool|great|sweet of|kind|funny|wonderful|amazing|exciting|fresh|delicious|i (?:love|wish|like)|good is that)\b/,
  /^(?:wow )?what (?:an? |lovely|beautiful|great|amazing|nice|wonderful|delicious|i (?:love|like|want|need)|you (?:see|get) is)/,
  /\bwho (?:doesn'?t|wouldn'?t|does not|would not|can say no|needs)\b|\bwhat could (?:be better|go wrong)\b|\bhow could (?:i|anyone|you) (?:say no|not|resist)\b|\b(?:am i|isn'?t it|aren'?t they|right|don'?t you think|you know|innit|huh|eh)$/,
];

// Statements in which a word of asking asks nothing.
const STATED = /(?:(?:我|已经|刚|都)?(?:买|下单|拍|吃|要|来|订|抢|收)(?:了|过)(?:好)?几|好几|十几|几(?:十|百|千|万)|知道(?:怎么|什么|哪|多少|几)|不管|无论|告诉(?:大家|你们)|教(?:大家|你们))/;

const CHINESE: readonly RegExp[] = [
  /请问.{2,}/,
  // The end of the sentence.
  /.(?:吗|么|嘛)$/,
  /^(?!.*(?:还没|还在|正在|在.{0,3}着|才|可)).*(?<!着|得很|不错|可以)呢$/,
  /.(?:了|过|有|的|到|货|好)?(?:没有|没)$/,
  /(?<=\p{Script=Han}{2,})(?<!我|就|才|都|绝|从|也|要|了|偏)不$/u,
  // 甜不甜, 有没有, 能不能, 包不包邮.
  /(\p{Script=Han})(?:不|没)\1/u,
  /(可|应|需|喜)(?:不|没)\1[以该要欢]/,
  // Words of asking.
  /多少|多(?:大|重|长|久|高|远|甜|厚|宽|快|深|粗)/,
  /(?<!好|十|过|了)几(?:斤|个|颗|只|箱|盒|袋|瓶|包|件|份|块|元|毛|角|钱|天|月|年|岁|种|级|折|公斤|克|两|寸|度|点|号|时|分|厘米|公分|层|头|条|家|成|月份)/,
  /怎么|如何|咋/,
  /(?:是|要|选|买|的).{1,8}还是.{1,8}/,
  /什么|啥/,
  /哪(?!怕)/,
  /(?:^|[^\p{Script=Han}]|是|给|找|问|跟)谁|谁(?:家|种|养|做|发货|知道)/u,
  /为何|为啥/,
  /^求(?:个)?(?:价格|价|链接|地址|尺寸|购买方式)/,
];

const ENGLISH: readonly RegExp[] = [
  /\bhow (?:come|much|many|long|big|heavy|large|small|old|far|often|soon|fast|sweet|fresh|ripe|thick|tall|ripe|spicy|sour|do|does|did|can|could|should|is|are|to|about|will|would)\b/,
  /^(?:and |so |but )?what(?:'?s| is| are| was| does| do| did| kind| sort| type| time| size| sizes| colou?r| about| if| variety| brand| weight| price| happens| else| day| country| village| region| grade)\b/,
  /^(?:and |so |but )?(?:when|where|why)(?:'s| is| are| was| were| do| does| did| can| could| will| would| should| from)\b/,
  /^(?:and |so |from |to |in |at )?(?:which|whose)\b(?! (?:i|makes|means|was)\b| (?:is|are) (?!(?:the )?(?:best|better|\w+er|\w+est|your|for|from)\b))/,
  /^(?:and |so )?who(?:'s| is| are| grows| grew| makes| made| picks| delivers| ships| sells| farms| do| does| can)\b/,
  /^(?:and |so |but |or )?(?:can|could|may|shall|should) (?:i|we|you|u|they|it|this|these|those|someone|anyone|kids|children|dogs)\b/,
  /^(?:and |so |but |or )?(?:do|does|did|don'?t|doesn'?t) (?:you|u|ya|they|it|this|these|those|we|i|the|your|all|any|one|each|shipping|delivery)\b/,
  /^(?:and |so |but |or )?(?:is|are|was|were|isn'?t|aren'?t) (?:it|this|that|they|these|those|there|the|your|you|u|shipping|delivery|all|any|we|i|one|each|everything|anything|payment|cash)\b/,
  /^(?:and |so |but |or )?(?:will|would|has|have|had) (?:it|this|they|these|those|there|you|u|we|the|your|i|anyone|anybody)\b/,
  // "are walnuts shelled", "do apples keep"
  /^(?:do|are) (?!always|as|yes|us|less|this)[a-z]{3,}s \S/,
  /^(?:do |can |could |will |would )?(?:you |u )?(?:still )?(?:ship|deliver|send|post|shipping|delivery)(?:s|ing|ed)? (?:to|outside|abroad|overseas|internationally|worldwide)\b/,
  /^(?:any|anything|anyone|anybody)\b(?! (?:way|more than|of these))/,
  /^(?:still )?(?:available|in stock)(?: (?:now|in|for|yet)\b.*)?$|\bstill (?:available|in stock|got|have any)\b|^(?:got|have) any\b/,
  /\b(?:may|can|could|wanted to|want to|like to|let me) (?:i )?(?:ask|know)\b|\b(?:tell|let) (?:me|us) (?:know )?(?:how|what|when|where|which|if|whether)\b|\b(?:i )?(?:wonder|wondering) (?:how|what|when|where|which|if|whether)\b/,
  /^(?:price|cost|size|weight|origin|discount|delivery|shipping)(?: (?:cost|fee|time|price|of (?:the|this|these|one|a)\b.*|for (?:the|this|these|one|a)\b.*))?(?: (?:please|pls|plz))?$/,
];
/** Sentences that begin with a word of asking and tell something. */
const ENGLISH_STATED =
  /^(?:(?:when|where|what|how|why) (?:i|we|they|he|she|my) |how (?:to|about) that|how much (?:i|we) (?:love|like|enjoy|miss)|do (?:it|this|that)$|have (?:a|fun|it|the)\b|any(?:way|time)\b|are we (?:ready|having)|can(?:'t| not) wait|can'?t\b|will (?:do|buy|order|take)\b|may you\b|is the best\b|(?:i|we|they|he|she) (?:already |now |finally )?(?:know|knew|learned|remember|understand|see) (?:how|what|when|where|which|why)\b|do you like it or not)/;

/** Whether a message asks something that somebody could answer. Greetings, wonder and empty "???" do not count. */
export function isQuestion(message: string): boolean {
  const plain = fold(message.slice(0, LOOKED_AT)).replace(/[‘’`´]/g, "'").replace(/\s+/g, ' ').trim();
  // Half of what is typed comes in sentences; one of them asking is enough.
  return plain
    .split(/(?<=[?!。！\n])|[;；]/)
    .some((sentence) => asks(sentence.trim()));
}

function asks(sentence: string): boolean {
  const isMarked = /\?[\s\S]{0,6}$/.test(sentence);
  const bare = sentence.replace(/\?+/g, ' ').trim();
  const isChinese = /\p{Script=Han}/u.test(bare);
  const text = (isChinese ? bare.replace(TAIL, '').replace(CALLED_LAST, '') : bare.replace(TAIL_OF_LATIN, '')).replace(/^[\s@,，、]+/, '');
  const letters = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (letters.length < 2 || SMALL_TALK.some((rule) => rule.test(text))) return false;
  const body = isChinese ? text.replace(new RegExp(`^${NAMES}+[，,\\s]*`), '') : text.replace(/^(?:(?:hi|hello|hey|please|excuse me|sorry|um|ok|okay|host|seller|boss|sir|madam|farmer|guys|everyone|good (?:morning|evening|afternoon))[ ,]+)+/, '');
  if (RHETORICAL.some((rule) => rule.test(body))) return false;
  if (isMarked) return /[\p{L}]{2,}|\p{Script=Han}/u.test(body);
  if (isChinese) return !STATED.test(body) && CHINESE.some((rule) => rule.test(body));
  return !ENGLISH_STATED.test(body) && clauses(body).some((clause) => !ENGLISH_STATED.test(clause) && ENGLISH.some((rule) => rule.test(clause)));
}

// "love these, how much": what comes after a comma may ask by itself.
function clauses(text: string): string[] {
  return text.split(/[,.:!]\s*|\s+-\s+| but | and (?=how|what|when|where|can|do|is|are)/).map((clause) => clause.trim());
}
