// Owns what a seller is advised after a show: rules over its figures, each with the numbers behind it, the strongest three. Pure.
import type { Comparison, ProductFigures, Suggestion } from '../../protocol/analytics.ts';
import type { FigureValues } from '../../protocol/figures.ts';
import type { CountedQuality } from './quality.ts';

export interface Evidence {
  /** Of all phases together. */
  values: FigureValues;
  products: readonly ProductFigures[];
  quality: CountedQuality;
  comparison: Comparison;
}

/** 0 is nothing to say, 1 is a show that was lost by it. */
interface Weighed extends Suggestion {
  weight: number;
}
type Rule = (evidence: Evidence) => Weighed[];

/** Fewer than this say nothing about the next show. */
const FEW_CLICKS = 10;
const FEW_STARTS = 20;
const FEW_ORDERS = 10;

const rules: readonly Rule[] = [
  function explainLonger({ values, products }) {
    const usual = values.valuePerExplainedMinute;
    if (usual === null || usual === 0 || values.explainedSeconds === null) return [];
    const explained = values.explainedSeconds;
    return products.flatMap((product) => {
      const each = product.placedMinorPerMinute;
      if (each === null || product.orders < 3 || each < usual * 1.5) return [];
      const share = product.explainedSeconds / explained;
      return ofProduct('explain-longer', product, (1 - share) * Math.min(1, each / usual / 4), { valuePerMinute: each, usualPerMinute: usual, explainedSeconds: product.explainedSeconds, share });
    });
  },
  function showMore({ values, products }) {
    const usual = values.clickToOrder;
    const seen = products.reduce((sum, { impressions }) => sum + impressions, 0);
    if (usual === null || usual === 0 || seen === 0) return [];
    return products.flatMap((product) => {
      const share = product.impressions / seen;
      if (product.orderRate === null || product.clicks < FEW_CLICKS || product.orderRate < usual * 1.5 || share > 1 / Math.max(2, products.length)) return [];
      return ofProduct('show-more', product, 0.6 * (1 - share), { orderRate: product.orderRate, usualOrderRate: usual, impressions: product.impressions, share });
    });
  },
  function priceOrCard({ values, products }) {
    const usual = values.clickToOrder;
    if (usual === null || usual === 0) return [];
    return products.flatMap((product) => {
      if (product.clicks < FEW_CLICKS || product.orderRate === null || product.orderRate > usual / 3) return [];
      const share = product.clicks / Math.max(1, values.productClicks ?? 0);
      return ofProduct('price-or-card', product, 0.3 + share * 0.6, { clicks: product.clicks, orders: product.orders, orderRate: product.orderRate, usualOrderRate: usual });
    });
  },
  function network({ quality, values }) {
    const outageSeconds = values.outageSeconds ?? 0;
    if (quality.lostOrders < 1 && outageSeconds < 60) return [];
    return ofShow('network', Math.min(1, 0.4 + quality.lostOrders / Math.max(1, values.orders ?? 0)), { outages: values.outages ?? 0, outageSeconds, lostOrders: quality.lostOrders, lostMinor: quality.lostMinor });
  },
  function startUp({ values }) {
    if (values.startP95Ms === null || (values.startAttempts ?? 0) < FEW_STARTS) return [];
    const failedRate = values.failedStartRate ?? 0;
    if (values.startP95Ms < 5_000 && failedRate < 0.05) return [];
    return ofShow('start-up', Math.min(1, failedRate * 4 + values.startP95Ms / 40_000), { startP95Ms: values.startP95Ms, failedStarts: values.failedStarts ?? 0, failedRate });
  },
  function holdStart({ values, comparison }) {
    const { now = null, before = null } = comparison.figures.retention60s ?? {};
    if (now === null || (values.viewers ?? 0) < FEW_STARTS) return [];
    const usual = before ?? 0.5;
    return now >= usual * 0.85 ? [] : ofShow('hold-start', Math.min(1, 1 - now / usual), { retention: now, usualRetention: usual, left: (values.viewers ?? 0) - (values.stayed60s ?? 0) });
  },
  function collectPayments({ values }) {
    const unpaid = values.unpaidOrders ?? 0;
    const rate = values.unpaidOrderRate ?? 0;
    return unpaid < 3 || rate < 0.1 ? [] : ofShow('collect-payments', Math.min(1, 0.2 + rate), { unpaidOrders: unpaid, begunOrders: values.begunOrders ?? 0, rate });
  },
  function callBeforeSending({ values }) {
    const rate = values.codRefusalRate ?? 0;
    return (values.codReached ?? 0) < FEW_ORDERS || rate < 0.1 ? [] : ofShow('call-before-sending', Math.min(1, 0.2 + rate * 2), { refused: values.codRefused ?? 0, reached: values.codReached ?? 0, rate });
  },
  function goOnLonger({ values, comparison }) {
    const { now = null, before = null } = comparison.figures.valuePerHour ?? {};
    const hours = (values.onAirSeconds ?? 0) / 3600;
    if (now === null || before === null || hours === 0 || hours > 3 || now < before * 1.2 || (values.orders ?? 0) < FEW_ORDERS) return [];
    return ofShow('go-on-longer', Math.min(0.6, now / before / 5), { valuePerHour: now, usualPerHour: before, hours });
  },
  function answerMore({ comparison }) {
    const { now = null, before = null } = comparison.figures.interactionRate ?? {};
    if (now === null || before === null || before === 0 || now > before * 0.7) return [];
    return ofShow('answer-more', 0.5 * (1 - now / before), { rate: now, usualRate: before });
  },
];

export function suggestionsFrom(evidence: Evidence, most = 3): Suggestion[] {
  const found = rules.flatMap((rule) => rule(evidence)).sort((a, b) => b.weight - a.weight);
  // One of each kind: three products with the same trouble are one piece of advice.
  const kinds = new Set<string>();
  return found
    .filter(({ kind }) => !kinds.has(kind) && kinds.add(kind))
    .slice(0, most)
    .map(({ kind, productId, productName, numbers }) => ({ kind, productId, productName, numbers }));
}

function ofProduct(kind: Suggestion['kind'], { productId, name }: ProductFigures, weight: number, numbers: Record<string, number>): Weighed[] {
  return [{ kind, productId, productName: name, weight, numbers }];
}

function ofShow(kind: Suggestion['kind'], weight: number, numbers: Record<string, number>): Weighed[] {
  return [{ kind, productId: null, productName: '', weight, numbers }];
}
