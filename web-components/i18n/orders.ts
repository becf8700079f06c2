// Owns the pairing of the order desk's catalogues, which only the staff load.
import type { Catalogues } from './localize.ts';
import { ordersEn, type OrdersMessages } from './orders.en.ts';
import { ordersZhCN } from './orders.zh-CN.ts';

export const ordersMessages: Catalogues<OrdersMessages> = { en: ordersEn, 'zh-CN': ordersZhCN };
export type { OrdersMessages } from './orders.en.ts';
