// Owns which figures are put before a seller, in which order, and what each is called.
import type { Fulfilment } from '../../server/protocol/analytics.ts';
import { type FigureName, figureNames, figures, type FulfilmentName } from '../../server/protocol/figures.ts';
import type { ExploreMessages } from '../i18n/explore.ts';

/** Beside the last shows. */
export const compared = ['viewers', 'averageWatchSeconds', 'peakOnline', 'interactionRate', 'orders', 'placedMinor', 'averageOrderMinor', 'viewToBuyer', 'valuePerHour'] as const satisfies readonly FigureName[];

/** Those that can be chosen in the explorer, by what they are about. */
export const explored = [
  'placedMinor', 'paidMinor', 'keptMinor', 'orders', 'units', 'buyers', 'averageOrderMinor', 'valuePerViewer', 'gpm', 'valuePerHour', 'viewToBuyer', 'clickToOrder', 'returningBuyerRate', 'returningValueShare', 'refundRate', 'codRefusalRate', 'lateShipRate', 'unpaidOrderRate', 'couponClaims', 'couponUseRate', 'contributionMinor',
  'viewers', 'entries', 'reach', 'enterRate', 'validViews', 'engagedViews', 'watchSeconds', 'averageWatchSeconds', 'retention60s', 'retention300s', 'averageOnline', 'peakOnline', 'onAirSeconds',
  'interactionRate', 'comments', 'likes', 'shares', 'newFollowers', 'followRate', 'negativeFeedback',
  'productImpressions', 'productClicks', 'productClickRate', 'cartRate', 'valuePerExplainedMinute',
  'startP50Ms', 'startP95Ms', 'failedStartRate', 'stallRatio', 'averageKbps', 'outages', 'outageSeconds', 'ordersAfterOutage',
] as const satisfies readonly FigureName[];

/** All there are: those first, then of what they are made. */
export const everyFigure: readonly FigureName[] = [...new Set<FigureName>([...explored, ...figureNames])];

/** Of products, areas, packers and couriers, in the chart. */
export const ofFulfilment = ['lateShipRate', 'refundRate', 'codRefusalRate', 'orders', 'lateOrders', 'refundedMinor', 'codRefused'] as const satisfies readonly FulfilmentName[];
export type OfFulfilment = (typeof ofFulfilment)[number];

/** What a product, an area, a packer or a courier is called; also where nobody knows which. */
export function groupName({ by, id, name }: Pick<Fulfilment, 'by' | 'id' | 'name'>, { explore: { rest, roles } }: ExploreMessages): string {
  if (id === '') return rest[by];
  // Who signed in without a name.
  return by === 'staff' && id === `${name} ` ? roles[name as keyof typeof roles] : name;
}

export const nameOf = ({ figures: names }: ExploreMessages, name: FigureName): string => names[name]?.[0] ?? figures[name].name;
export const formulaOf = ({ figures: names }: ExploreMessages, name: FigureName): string => names[name]?.[1] ?? figures[name].formula;
