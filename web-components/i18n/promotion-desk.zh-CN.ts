// Owns the Chinese words of the page where staff start promotions. Each kind has its block.
import { errorsZhCN } from './errors.zh-CN.ts';
import type { PromotionDeskMessages } from './promotion-desk.en.ts';
import { promotionKindsZhCN } from './promotion-kinds.ts';
import { unitsZhCN } from './units.ts';

const hints: PromotionDeskMessages['hints'] = {
  'flash-sale': '一样货便宜几分钟',
  coupon: '发券码，减点钱',
  draw: '给观众抽个奖',
  'group-buy': '人越多越便宜',
  auction: '出价高的人得',
};

const endedWhy: PromotionDeskMessages['endedWhy'] = { time: '时间到了', 'sold-out': '抢完了', staff: '手动结束' };

const flashSale: PromotionDeskMessages['flashSale'] = {
  product: '商品',
  otherProduct: '换一样商品',
  price: '秒杀价',
  priceHint: (amount) => `近30天最低卖过 ${amount}，秒杀价要比它低。`,
  priceTooHigh: (amount) => `要定在 ${amount} 以下，不然不算优惠。`,
  off: (percent) => ({ 10: '9折', 20: '8折', 30: '7折' })[percent] ?? `减${percent}%`,
  otherPrice: '自己定价',
  units: '卖多少件',
  all: (count) => `全部 ${count}`,
  other: '其他',
  minutes: '卖多久',
  minutesShort: (count) => `${count}分钟`,
  more: '倒计时、限购、开始时间',
  countdown: '开始前倒计时',
  seconds: (count) => (count < 60 ? `${count}秒` : `${count / 60}分钟`),
  perBuyer: '每人最多买',
  noLimit: '不限',
  when: '什么时候开始',
  atOnce: '现在',
  later: '定个时间',
  start: (amount) => `${amount} 开秒`,
  plan: (amount) => `${amount} 预约开秒`,
  nothing: '货架上没有能卖的',
  nothingHint: '先把有库存的商品放上货架。',
  soldOut: '已售罄',
  started: '倒计时开始了',
  planned: '已经预约好了',
};

export const promotionDeskZhCN: PromotionDeskMessages = {
  errors: errorsZhCN,
  units: unitsZhCN,
  title: '优惠',
  loading: '正在加载…',
  retry: '再试一次',
  close: '关闭',
  undo: '撤销',
  kinds: promotionKindsZhCN,
  hints,
  start: '搞个活动',
  on: '正在进行',
  earlier: '本场已结束的',
  none: '还没有活动，点下面一个就能开始。',
  planned: (when) => `${when} 开始`,
  startsIn: (clock) => `${clock} 后开始`,
  endsIn: (clock) => `还剩 ${clock}`,
  untilEnded: '一直到您结束它',
  figures: (units, orders) => `卖了 ${units} 件，${orders} 单`,
  left: (left, units) => `还剩 ${left}/${units}`,
  takenOff: (amount) => `共优惠 ${amount}`,
  end: '结束',
  takeBack: '撤回',
  endTitle: (title) => `现在就结束“${title}”吗？`,
  endHint: '结束后不能接着来。已下的订单不变。',
  endYes: '是，结束',
  endNo: '不，继续',
  ended: '已结束',
  endedWhy,
  flashSale,
};
