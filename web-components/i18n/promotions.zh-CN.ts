// Owns the Chinese words of promotions as viewers see them. Each kind has its block.
import { couponZhCN } from './coupon.ts';
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
  soldOut: '已售罄',
  gone: '秒杀价已抢完',
  before: (amount) => `原价 ${amount}`,
  lowest: (amount) => `近30天最低 ${amount}`,
};

const coupon: PromotionMessages['coupon'] = {
  from: (amount) => `满${amount}可用`,
  anyAmount: '无门槛',
  only: (name) => `仅限${name}`,
  once: '每人限用一次',
  live: '仅本场直播可用',
  until: (when) => `${when}前可用`,
  left: (count) => `剩 ${count} 张`,
  take: '领取',
  taken: '优惠券已领到，结算时自动使用。',
  use: '去使用',
  gone: '已领完',
  over: '优惠券已失效',
};

export const promotionsZhCN: PromotionMessages = {
  label: '优惠',
  close: '关闭',
  announce: (kind, name) => (name ? `${kind}：${name}` : kind),
  errors: errorsZhCN,
  units: unitsZhCN,
  kinds: promotionKindsZhCN,
  flashSale,
  couponWords: couponZhCN,
  coupon,
};
