// Owns the pairing of the catalogues of paying an order.
import type { Catalogues } from './localize.ts';
import { paymentEn, type PaymentMessages } from './payment.en.ts';
import { paymentZhCN } from './payment.zh-CN.ts';

/** Words of the part of checkout and order page in which an order is paid. */
export const paymentMessages: Catalogues<PaymentMessages> = { en: paymentEn, 'zh-CN': paymentZhCN };
export type { PaymentMessages } from './payment.en.ts';
