// Owns what may leave the seller: no number by which one of fewer than five people could be made out.
import type { Comparison, MinuteFigures, ProductFigures, PromotionEffect, Quality, ShowReport } from '../../protocol/analytics.ts';
import { type CountName, type Figure, type FigureName, figureNames, figures, type FigureValues } from '../../protocol/figures.ts';

/** A group of fewer is hidden. */
export const SMALLEST_GROUP = 5;

export function isSmall(people: number | null): boolean {
  return people !== null && people > 0 && people < SMALLEST_GROUP;
}

/** Small groups, and the ratios from which they could be worked out again, are null. */
export function withoutSmallGroups(values: FigureValues): FigureValues {
  const isHidden = (name: CountName): boolean => figures[name].unit === 'people' && isSmall(values[name]);
  const shown: Partial<FigureValues> = {};
  for (const name of figureNames) {
    const figure: Figure = figures[name];
    const hides = figure.kind === 'count' ? isHidden(name as CountName) : isHidden(figure.of as CountName) || isHidden(figure.per as CountName);
    shown[name] = hides ? null : values[name];
  }
  // What few people bought tells of each of them.
  if (isSmall(values.buyers)) for (const name of ofBuyers) shown[name] = null;
  if (isSmall(values.returningBuyers)) shown.returningMinor = shown.returningValueShare = null;
  return shown as FigureValues;
}

const ofBuyers: readonly FigureName[] = figureNames.filter((name) => ['minor', 'minor per thousand', 'minor per hour'].includes(figures[name].unit) && name !== 'otherMinor');

/** @param before figures of the shows that it is compared with */
export function reportWithoutSmallGroups(report: ShowReport, before: readonly FigureValues[]): ShowReport {
  const areFewBuyers = isSmall(report.figures.total.buyers);
  const promotions = report.promotions.map(promotionWithoutSmallGroups);
  return {
    ...report,
    figures: couponsWithoutSmallGroups(partsWithoutSmallGroups(report.figures), report, promotions),
    apart: report.apart.filter(({ devices }) => !isSmall(devices)),
    funnel: report.funnel.map((step) => (step.step.endsWith('People') && isSmall(step.count) ? { ...step, count: null, share: null } : step)),
    products: report.products.map(productWithoutSmallGroups),
    promotions,
    quality: qualityWithoutSmallGroups(report.quality, areFewBuyers),
    comparison: comparisonWithoutSmallGroups(report.comparison, [report.figures.live, ...before]),
    // Their numbers are of buyers, or of a product's.
    suggestions: report.suggestions.filter(({ productId }) => !areFewBuyers && !isSmall(report.products.find((product) => product.productId === productId)?.orders ?? null)),
  };
}

/** What was lost is worth so many average orders. */
function qualityWithoutSmallGroups(quality: Quality, areFewBuyers: boolean): Quality {
  const worth = areFewBuyers ? { lostMinor: null } : {};
  return {
    ...quality,
    areas: quality.areas.filter(({ viewers }) => !isSmall(viewers)).map((area) => ({ ...area, checkoutPeople: isSmall(area.checkoutPeople) ? null : area.checkoutPeople })),
    outages: quality.outages.map((outage) => ({ ...outage, ...worth })),
    ...worth,
  };
}

/** What is hidden of one of the shows is not compared at all. */
function comparisonWithoutSmallGroups({ shows, figures: compared }: Comparison, of: readonly FigureValues[]): Comparison {
  const told = of.map((values) => [values, withoutSmallGroups(values)] as const);
  const isHidden = (name: FigureName): boolean => told.some(([values, shown]) => shown[name] !== values[name]);
  return { shows, figures: Object.fromEntries(Object.entries(compared).map(([name, each]) => [name, isHidden(name as FigureName) ? { now: null, before: null, change: null } : each])) };
}

type ToldMinute = Omit<MinuteFigures, 'online' | 'watchers' | 'entered' | 'left' | 'placedMinor'> & Record<'online' | 'watchers' | 'entered' | 'left' | 'placedMinor', number | null>;
export function minuteWithoutSmallGroups(minute: MinuteFigures): ToldMinute {
  const hide = (people: number): number | null => (isSmall(people) ? null : people);
  return { ...minute, online: hide(minute.online), watchers: hide(minute.watchers), entered: hide(minute.entered), left: hide(minute.left), placedMinor: isSmall(minute.orders) ? null : minute.placedMinor };
}

/** Where one part is hidden all parts are: it could be worked out from the total and the others. */
function partsWithoutSmallGroups(figures: ShowReport['figures']): ShowReport['figures'] {
  const parts = ['live', 'replay', 'after'] as const;
  const shown = { live: withoutSmallGroups(figures.live), replay: withoutSmallGroups(figures.replay), after: withoutSmallGroups(figures.after), total: withoutSmallGroups(figures.total) };
  for (const name of figureNames) {
    if (parts.every((part) => shown[part][name] === figures[part][name])) continue;
    for (const part of parts) shown[part][name] = null;
  }
  return shown;
}

/** Nor by what is told of the show without one of its coupons, or without the days after it. */
function couponsWithoutSmallGroups(shown: ShowReport['figures'], { figures: { live, total }, promotions }: ShowReport, told: readonly PromotionEffect[]): ShowReport['figures'] {
  const hidden = { couponClaims: null, couponUsers: null, couponUseRate: null };
  const names = ['couponClaims', 'couponUsers'] as const;
  const isAfterSmall = names.some((name) => total[name] !== null && live[name] !== null && isSmall(total[name] - live[name]));
  const isOneHidden = promotions.some((promotion, index) => names.some((name) => told[index]?.[name] !== promotion[name]));
  return { ...shown, ...(isAfterSmall || isOneHidden ? { live: { ...shown.live, ...hidden } } : {}), ...(isOneHidden ? { total: { ...shown.total, ...hidden } } : {}) };
}

/** An order by a promotion is mostly one of one buyer, so few orders are as few buyers. */
function promotionWithoutSmallGroups(promotion: PromotionEffect): PromotionEffect {
  const people = isSmall(promotion.people) ? null : promotion.people;
  const { couponClaims, couponUsers } = promotion;
  const taken = isSmall(couponUsers) || isSmall(couponClaims) ? { couponClaims: isSmall(couponClaims) ? null : couponClaims, couponUsers: null, couponUseRate: null } : {};
  const shown = { ...promotion, people, ...taken };
  return isSmall(promotion.orders) ? { ...shown, orders: null, units: null, placedMinor: null, takenOffMinor: null, ordersWithout: null, placedMinorWithout: null, sellThrough: null } : shown;
}

function productWithoutSmallGroups(product: ProductFigures): ProductFigures {
  const hide = (people: number | null): number | null => (isSmall(people) ? null : people);
  const ofFewOrders = isSmall(product.orders) ? { units: null, placedMinor: null, placedMinorPerMinute: null } : {};
  return { ...product, impressionPeople: hide(product.impressionPeople), clickPeople: hide(product.clickPeople), cartPeople: hide(product.cartPeople), ...ofFewOrders };
}
