// Owns which figures are put before a seller, in which order, and what each is called.
import { type FigureName, figures } from '../../server/protocol/figures.ts';
import type { ExploreMessages } from '../i18n/explore.ts';

/** Beside the last shows. */
export const compared = ['viewers', 'averageWatchSeconds', 'peakOnline', 'interactionRate', 'orders', 'placedMinor', 'averageOrderMinor', 'viewToBuyer', 'valuePerHour'] as const satisfies readonly FigureName[];

/** Those that can be chosen in the explorer, by what they are about. */
export const explored = [
  'placedMinor', 'paidMinor', 'keptMinor', 'orders', 'units', 'buyers', 'averageOrderMinor', 'valuePerViewer', 'gpm', 'valuePerHour', 'viewToBuyer', 'clickToOrder', 'returningBuyerRate', 'refundRate', 'codRefusalRate', 'unpaidOrderRate',
  'viewers', 'entries', 'reach', 'enterRate', 'validViews', 'engagedViews', 'watchSeconds', 'averageWatchSeconds', 'retention60s', 'retention300s', 'averageOnline', 'peakOnline', 'onAirSeconds',
  'interactionRate', 'comments', 'likes', 'shares', 'newFollowers', 'followRate',
  'productImpressions', 'productClicks', 'productClickRate', 'cartRate', 'valuePerExplainedMinute',
  'startP50Ms', 'startP95Ms', 'failedStartRate', 'stallRatio', 'averageKbps', 'outages', 'outageSeconds', 'ordersAfterOutage',
] as const satisfies readonly FigureName[];

export const nameOf = ({ figures: names }: ExploreMessages, name: FigureName): string => names[name]?.[0] ?? figures[name].name;
export const formulaOf = ({ figures: names }: ExploreMessages, name: FigureName): string => names[name]?.[1] ?? figures[name].formula;
