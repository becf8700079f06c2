// Owns the names of the kinds of promotions in both languages, as a sum, a card and a desk call them.
import type { PromotionKind } from '../../server/protocol/promotion-shape.ts';

export const promotionKindsEn: Record<PromotionKind, string> = { 'flash-sale': 'Flash sale', coupon: 'Coupon', draw: 'Lucky draw', 'group-buy': 'Group buy', auction: 'Auction' };
export const promotionKindsZhCN: Record<PromotionKind, string> = { 'flash-sale': '秒杀', coupon: '优惠券', draw: '抽奖', 'group-buy': '拼团', auction: '拍卖' };
