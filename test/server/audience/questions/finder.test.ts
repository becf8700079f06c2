// The question finder on what people type in a sale, in Chinese and English: what asks is found, greetings and wonder are not.
import { describe, expect, it } from 'vitest';
import { isQuestion } from '../../../../server/audience/questions/finder.ts';

const ASKED = [
  // Chinese, with a mark
  '这苹果甜吗？', '多少钱一斤?', '包邮吗？？', '能发新疆吗？', '你好，这个怎么卖？', '红富士还有吗？', '一箱几斤？', '酸不酸？', '核桃皮薄？', '孩子能吃？',
  // Chinese, without
  '甜吗', '多少钱', '怎么卖', '包邮吗', '什么时候发货', '能不能发顺丰', '有没有小箱的', '几天能到', '可以自提吗', '哪里产的', '甜不甜', '一箱有几斤', '请问怎么下单', '新疆包邮不',
  '坏了赔吗', '是今年的新货吗', '放多久不会坏', '要放冰箱吗', '有试吃装没有', '发什么快递', '多大一个', '谁家种的', '打不打农药', '主播这个橙子酸不酸', '老板最低多少钱', '买两箱能便宜点吗',
  '有小一点的没', '这是哪个品种', '为啥这么便宜', '怎么保存', '适合送人吗', '下单了什么时候发', '糖尿病人可以吃吗', '苹果有多重', '蜂蜜会结晶么', '你们家有实体店吗', '运费怎么算',
  '刚来，这款多少钱啊', '红的甜还是黄的甜呢', '求链接', '今天下单明天能发吗亲', '黑木耳泡多久', '老乡这个辣不辣呀', '保质期多长', '到广州几天', '能货到付款不', '这个咋吃', '有礼盒装吗😊',
  '能看看里面什么样吗', '５斤装多少钱', '甜嗎？', '箱子里有没有泡沫', '是现摘的吗~',
  // English
  'How much?', 'how much is a box', 'Are they sweet?', 'are these organic', 'do you ship to Canada', 'Can I pay cash on delivery', 'what variety is this', 'when will it arrive', 'where are they grown',
  'is it fresh', 'ship to Shanghai', 'hello, how much are the red ones', 'how do I store them', 'any discount for two boxes', 'still available', 'Which one is sweeter', 'can you show the inside',
  'How long do they keep', 'does it need a fridge', 'will it go bad', 'have you got smaller boxes', 'price please', 'Love these, how big are they', 'is there a gift box', "what's the difference", 'How many in a box',
  'who grows these', 'could you cut one open', 'are the walnuts from this year', 'do they have seeds', 'how to order', 'Is shipping free', 'can kids eat it', 'so are they sour or sweet', 'deliver to Hangzhou ?',
  'i wonder if it is spicy', 'anyone know how to cook this', 'which is best for juice', 'what about the pears', 'Do you have honey too',
];

const SAID = [
  // Greetings and small talk
  '你好吗', '你好吗？', '大家好', '主播好', '在吗', '在吗？', '吃了吗', '晚上好呀', '你好', '老板你好吗', 'How are you?', 'how are you', 'hi how are you doing', "what's up", "how's it going?", 'hello everyone', 'can you hear me?',
  // Wonder and agreement
  '怎么这么好吃', '怎么会这么甜！', '好甜啊', '太好吃了吧', '真的吗？', '真的吗', '是吗', '谁不喜欢吃苹果呢', '难道不是吗？', '什么都好吃', '没什么', '不怎么样', '对吧', '哪里哪里', '哈哈哈', '???', '？？', '？',
  'really?', 'right?', 'what a lovely orchard', 'how beautiful!', "who doesn't love apples?", 'wow', 'Isn’t it lovely?', 'how nice of you', 'why not?', 'so fresh!',
  // Statements
  '甜的', '已经下单了', '买了几箱，特别好', '我上次买了好几斤', '收到了，很新鲜', '支持老乡', '加油', '这个比上次的好', '好的谢谢', '我要两箱', '1', '666', '知道怎么做了', '多少支持一点', '想买', '拍了', '不甜不要钱',
  '怎么都行', '果子很大', '发货很快', '还没到呢', '好着呢', '孩子爱吃', '便宜', '买过，不错', '每天吃几个都行', '不用谢', '今天天气不错', '红富士最甜了', '主播辛苦了',
  'thank you', 'I ordered two boxes', 'when I was a child we had these', 'they are so sweet', 'beautiful', 'nice', 'I will take three', 'can not wait', "can't wait to try", 'got mine yesterday', 'the red ones are the best',
  'looks great', 'please ship it soon', 'have a good day', 'hello from Canada', 'do it', 'what I love is the smell', 'my kids eat them every day', 'I know how to cook this', 'best honey ever', 'ordered, when it arrives I will tell you',
];

// Written down before the rules were tried on them.
const ASKED_UNSEEN = [
  '这个季节寄过去会不会冻坏', '一斤大概几个', '有优惠券吗', '主播多高啊', '我在成都多久收到', '跟上次那批一样甜吗', '要自己剥壳吗', '能开发票不', '两斤起卖吗', '收到坏果怎么办', '下午还播吗', '明天几点开播', '哪个更适合老人',
  '这款和刚才那款有啥区别', '链接在哪', '怎么没有链接', '能讲讲3号吗', '3号链接什么价', '还有优惠没', '今年雨水多会影响口感吗', '是不是有机的', '可不可以挑大的', '想问下能送货上门吗', '可以拼单吗', '给个价吧', '价格？', '云南能到吗',
  '这个是脆的还是粉的', '有没有农残检测报告', '怎么退货', 'whats the price', 'how much for 10 kg', 'Do u have bigger boxes', 'can i get a refund if they are bad',
  'is the honey raw', 'how are they packed', 'Where do I click to order', 'when is the next show', 'are you shipping today', 'what is the shelf life',
  'could I pick it up myself', 'is it this year\'s harvest', 'does the price include shipping', 'Which is cheaper', 'how many pieces per kg',
  'are the peaches ripe', 'any pesticides?', 'would it survive a 5 day trip', 'how tall are the trees', 'can you peel one', 'is that per kilo',
  'what do you feed the chickens', 'do I need to wash them', 'how can I contact you', 'delivery time?', 'are walnuts shelled', 'shipping to Beijing',
  'is this the same as last week', 'so which do you recommend', 'how come it is so cheap',
];
const SAID_UNSEEN = [
  '主播声音好听', '刚刚到家', '苹果很脆', '我家孩子一天吃三个', '买它买它', '上次的梨有点酸', '退货了', '大家多支持一下', '给老乡点赞', '已拍三箱', '第一次来', '看起来不错啊', '我是湖北的', '橙子到了，甜', '明天再来', '这么好的果子',
  '好想吃', '没抢到', '又没货了', '有人买过，说不错', '谢谢主播', '几年没吃到这个味道了', '什么时候都可以', '他家的确实好', '多买点送人', '怎么吃都好吃', '还不错呢', '我妈说甜', '价格公道', '可以的', '哈哈 太逗了', '下单成功',
  'hello', 'good evening from Berlin', 'just ordered', 'this looks amazing', 'my mum loves these', 'they arrived fast', 'is what I wanted',
  'will order again', 'so sweet', 'five stars', 'what a view', 'how I miss home', 'thanks for the answer', 'greetings',
  'I can ship it to my sister myself', 'love the red ones', 'that is how we do it too', 'are so good', 'I asked where it was and they told me',
  'you are the best', 'lol', 'the price is fair', 'do not wait, buy', 'one box please', 'I am in',
];

describe('the question finder', () => {
  it.each(ASKED)('finds %s', (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  it.each(SAID)('leaves %s alone', (text) => {
    expect(isQuestion(text)).toBe(false);
  });

  it('finds nine of ten questions it was not written for, and nine of ten that it finds are some', () => {
    const found = ASKED_UNSEEN.filter(isQuestion).length;
    const wrong = SAID_UNSEEN.filter(isQuestion).length;
    expect(found / ASKED_UNSEEN.length).toBeGreaterThan(0.9);
    expect(found / (found + wrong)).toBeGreaterThan(0.9);
  });

  it('looks at a message of any length without taking long over it', () => {
    for (const text of ['是真'.repeat(150), '真的是'.repeat(100), '真不是不会'.repeat(60), '不是真'.repeat(100), 'hi '.repeat(100), '吗'.repeat(10_000), '多少'.repeat(5_000), 'how '.repeat(2_500), `${'什么'.repeat(140)}都好`, `${'a '.repeat(4_999)}?`]) isQuestion(text);
    expect(isQuestion(`${' '.repeat(20)}${'好'.repeat(10_000)}吗`)).toBe(false);
  });
});
