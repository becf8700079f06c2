// Owns the names of selling units, of a lowest price and of order states in both languages, shared by the viewer's and the seller's elements.
import type { OrderState } from '../../server/protocol/order.ts';
import type { Unit } from '../../server/protocol/shop.ts';

/** What one price buys, as written after the slash in "¥12.80 / kg". */
export const unitsEn: Record<Unit, string> = {
  kg: 'kg', jin: 'jin (500 g)', g: 'g', box: 'box', bag: 'bag', jar: 'jar', bottle: 'bottle', piece: 'piece', pack: 'pack', bunch: 'bunch',
};
export const unitsZhCN: Record<Unit, string> = {
  kg: '公斤', jin: '斤', g: '克', box: '箱', bag: '袋', jar: '罐', bottle: '瓶', piece: '个', pack: '包', bunch: '把',
};

/** The lowest of several prices. */
export const priceFromEn = (amount: string): string => `from ${amount}`;
export const priceFromZhCN = (amount: string): string => `${amount} 起`;

export const orderStatesEn: Record<OrderState, string> = {
  'awaiting-payment': 'Waiting for payment', placed: 'Placed', confirmed: 'Confirmed', packed: 'Packed', shipped: 'On its way', delivered: 'Delivered', refused: 'Refused at the door', cancelled: 'Cancelled',
};
export const orderStatesZhCN: Record<OrderState, string> = {
  'awaiting-payment': '待付款', placed: '已下单', confirmed: '已确认', packed: '已打包', shipped: '配送中', delivered: '已送达', refused: '已拒收', cancelled: '已取消',
};
