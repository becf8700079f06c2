// Owns the Chinese words of a product's facts and of delivery.
import type { ProductMessages } from './product.en.ts';

export const productZhCN: ProductMessages = {
  facts: '商品信息',
  grade: '等级',
  origin: '产地',
  geographicalIndication: '地理标志',
  harvestedOn: '采收日期',
  weight: '重量',
  storage: '储存方法',
  traceCode: '追溯码',
  openTrace: '查看来源',
  returnRule: '售后',
  limit: (count) => `每人限购 ${count} 件`,
  delivery: '配送',
  everywhereFree: '各地包邮。',
  deliveryFailed: '运费没有加载出来，下单前会显示。',
  free: '包邮',
  notServed: '不配送',
  fee: (amount) => `运费 ${amount}`,
  byWeight: (first, firstKg, step, stepKg) => `${firstKg}以内 ${first}，每加 ${stepKg}加 ${step}`,
  byPiece: (first, pieces, step) => `${pieces} 件以内 ${first}，每加 1 件加 ${step}`,
  freeFrom: (amount) => `满 ${amount} 包邮`,
  minimum: (amount) => `${amount} 起送`,
  kilograms: (amount) => `${amount} 公斤`,
  grams: (amount) => `${amount} 克`,
  moreAreas: (count) => `还有 ${count} 个地区`,
};
