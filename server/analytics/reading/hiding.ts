// Owns what may leave the seller: no number by which one of fewer than five people could be made out.
import type { ProductFigures, PromotionEffect, ShowReport } from '../../protocol/analytics.ts';
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
  return shown as FigureValues;
}

const ofBuyers: readonly FigureName[] = figureNames.filter((name) => ['minor', 'minor per thousand', 'minor per hour'].includes(figures[name].unit) && name !== 'otherMinor');

export function reportWithoutSmallGroups(report: ShowReport): ShowReport {
  return {
    ...report,
    figures: partsWithoutSmallGroups(report.figures),
    apart: report.apart.filter(({ devices }) => !isSmall(devices)),
    funnel: report.funnel.map((step) => (step.step.endsWith('People') && isSmall(step.count) ? { ...step, count: null, share: null } : step)),
    products: report.products.map(productWithoutSmallGroups),
    promotions: report.promotions.map(promotionWithoutSmallGroups),
    quality: { ...report.quality, areas: report.quality.areas.filter(({ viewers }) => !isSmall(viewers)).map((area) => ({ ...area, checkoutPeople: isSmall(area.checkoutPeople) ? null : area.checkoutPeople })) },
  };
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

/** An order by a promotion is mostly one of one buyer, so few orders are as few buyers. */
function promotionWithoutSmallGroups(promotion: PromotionEffect): PromotionEffect {
  const people = isSmall(promotion.people) ? null : promotion.people;
  return isSmall(promotion.orders) ? { ...promotion, people, orders: null, units: null, placedMinor: null, takenOffMinor: null, ordersWithout: null, placedMinorWithout: null, sellThrough: null } : { ...promotion, people };
}

function productWithoutSmallGroups(product: ProductFigures): ProductFigures {
  const hide = (people: number | null): number | null => (isSmall(people) ? null : people);
  return { ...product, impressionPeople: hide(product.impressionPeople), clickPeople: hide(product.clickPeople), cartPeople: hide(product.cartPeople) };
}
