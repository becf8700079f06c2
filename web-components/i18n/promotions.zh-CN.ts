// Owns the Chinese words of promotions as viewers see them. Each kind has its block.
import { errorsZhCN } from './errors.zh-CN.ts';
import type { PromotionMessages } from './promotions.en.ts';
import { promotionKindsZhCN } from './promotion-kinds.ts';
import { unitsZhCN } from './units.ts';

const flashSale: PromotionMessages['flashSale'] = {
  startsIn: '距开始',
  endsIn: '距结束',
  left: (count) => `剩 ${count} 件`,
  most: (count) => `每人限 ${count} 件`,
  buy: '抢购',
  buyLabel: (name) => `按秒杀价把${name}加入购物车`,
  soon: '即将开始',
  toCart: '去结算',
  toCartLabel: (count) => `购物车里有 ${count} 件，去结算`,
  over: '秒杀结束了',
  gone: '秒杀价已抢完',
  before: (amount) => `原价 ${amount}`,
  lowest: (amount) => `近30天最低 ${amount}`,
};

export const promotionsZhCN: PromotionMessages = {
  label: '优惠',
  close: '关闭',
  between: '：',
  errors: errorsZhCN,
  units: unitsZhCN,
  kinds: promotionKindsZhCN,
  flashSale,
};
