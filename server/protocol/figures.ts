// Owns every figure by name: what it is, of what it is made, its unit and its window. Element, API and docs print it from here, and the
// ratios are computed from here, so that a figure means the same wherever it stands.

export type FigureUnit = 'people' | 'times' | 'units' | 'orders' | 'seconds' | 'ms' | 'minor' | 'minor per thousand' | 'minor per hour' | 'share' | 'kbit' | 'kbit/s';

/**
 * `live` is everything until the end of a show, `replay` what comes from watching it again, `after` what comes without that, within the
 * attribution window (7 days, a setting); `total` is all three, with nobody counted twice.
 */
export const figurePhases = ['live', 'replay', 'after', 'total'] as const;
export type FigurePhase = (typeof figurePhases)[number];

/** What a figure is told apart by, besides: a product, the county of the address, who packed it, who carried it; a coupon. */
export const figureGroups = ['product', 'area', 'staff', 'courier', 'coupon'] as const;
export type FigureGroup = (typeof figureGroups)[number];

interface Named {
  name: string;
  unit: FigureUnit;
  /** In words, for whoever asks where the number comes from. */
  formula: string;
  /** In which time it is counted. */
  window: string;
  /** Of each of what it is told, beside the show. */
  by?: readonly FigureGroup[];
}
export interface CountFigure extends Named {
  kind: 'count';
}
/** Sums are divided, ratios never averaged; null where there is nothing to divide by. */
export interface RatioFigure extends Named {
  kind: 'ratio';
  of: string;
  per: string;
  times: number;
}
export type Figure = CountFigure | RatioFigure;

const EACH = 'live, replay, after and total apart';
const ON_AIR = 'from the start of the show to its end';
const OF_COUPONS = 'live, and total with the days after';
const ORDERS = ['product', 'area', 'staff', 'courier'] as const satisfies readonly FigureGroup[];
const COUPON = ['coupon'] as const satisfies readonly FigureGroup[];

const count = (name: string, unit: FigureUnit, formula: string, window = EACH): CountFigure => ({ kind: 'count', name, unit, formula, window });
const ratio = <Of extends string, Per extends string>(name: string, unit: FigureUnit, of: Of, per: Per, times = 1, window = EACH) =>
  ({ kind: 'ratio', name, unit, of, per, times, formula: `${of} / ${per}${times === 1 ? '' : ` x ${times.toLocaleString('en')}`}`, window }) as const;

const by = <Own extends Figure, Groups extends readonly FigureGroup[]>(groups: Groups, figure: Own) => ({ ...figure, by: groups });

export const figures = {
  // Who came.
  reach: count('Reach', 'times', 'times half of the player was visible for more than a second'),
  entries: count('Entries', 'times', 'times a device began to receive picture or sound; coming back within 30 minutes of its last heartbeat is the same entry'),
  viewers: count('Viewers', 'people', 'devices that received picture or sound'),
  validViews: count('Valid views', 'times', 'entries with at least 3 s of watch time'),
  engagedViews: count('Engaged views', 'times', 'entries with at least 10 s of watch time'),
  enterRate: ratio('Enter rate', 'share', 'entries', 'reach'),
  // How long.
  watchSeconds: count('Watch time', 'seconds', 'time proved by heartbeats, each moment of a device once, on every path; not in hidden pages without sound'),
  averageWatchSeconds: ratio('Average watch time', 'seconds', 'watchSeconds', 'viewers'),
  stayed30s: count('Stayed 30 s', 'people', 'viewers with at least 30 s of watch time'),
  stayed60s: count('Stayed 1 min', 'people', 'viewers with at least 60 s of watch time'),
  stayed180s: count('Stayed 3 min', 'people', 'viewers with at least 180 s of watch time'),
  stayed300s: count('Stayed 5 min', 'people', 'viewers with at least 300 s of watch time'),
  retention30s: ratio('Retention at 30 s', 'share', 'stayed30s', 'viewers'),
  retention60s: ratio('Retention at 1 min', 'share', 'stayed60s', 'viewers'),
  retention180s: ratio('Retention at 3 min', 'share', 'stayed180s', 'viewers'),
  retention300s: ratio('Retention at 5 min', 'share', 'stayed300s', 'viewers'),
  onAirSeconds: count('Time on the air', 'seconds', 'time in which the host sent picture or sound', ON_AIR),
  averageOnline: ratio('Average online', 'people', 'watchSeconds', 'onAirSeconds', 1, ON_AIR),
  peakOnline: count('Most online', 'people', 'the most devices with watch time within one quarter of a minute', ON_AIR),
  // What they did.
  interactors: count('Interactors', 'people', 'viewers who wrote, liked, shared or followed'),
  interactionRate: ratio('Interaction rate', 'share', 'interactors', 'viewers'),
  comments: count('Comments', 'times', 'messages that viewers sent'),
  commenters: count('Commenters', 'people', 'viewers who wrote'),
  commentRate: ratio('Comment rate', 'share', 'commenters', 'viewers'),
  likes: count('Likes', 'times', 'hearts and thumbs'),
  likers: count('People who liked', 'people', 'viewers who gave a heart or a thumb'),
  shares: count('Shares', 'times', 'times the show was shared'),
  sharers: count('People who shared', 'people', 'viewers who shared the show'),
  newFollowers: count('New followers', 'people', 'viewers who followed the seller in the show'),
  notFollowing: count('Not following at entry', 'people', 'viewers who did not follow the seller when they came'),
  followRate: ratio('Follow rate', 'share', 'newFollowers', 'notFollowing'),
  negativeFeedback: count('Negative feedback', 'times', 'reports, "not interested", and times that a viewer was kept from writing in the chat; not those lifted again'),
  // What they saw of the goods.
  productImpressions: count('Product impressions', 'times', 'times the pinned card or the shelf row of a product was visible for a second'),
  impressionPeople: count('Saw a product', 'people', 'viewers with a product impression'),
  productClicks: count('Product clicks', 'times', 'times a product was opened'),
  clickPeople: count('Opened a product', 'people', 'viewers who opened a product'),
  cartPeople: count('Put in the cart', 'people', 'viewers who put something in the cart'),
  cartUnits: count('Units put in the cart', 'units', 'units put in the cart'),
  checkoutPeople: count('Began to order', 'people', 'viewers who opened the order form'),
  productClickRate: ratio('Product click rate (people)', 'share', 'clickPeople', 'viewers'),
  impressionClickRate: ratio('Clicks per impression', 'share', 'productClicks', 'productImpressions'),
  clickThrough: ratio('Clicks per entry', 'share', 'productClicks', 'entries'),
  cartRate: ratio('Cart rate', 'share', 'cartPeople', 'clickPeople'),
  // What they ordered.
  orders: by(ORDERS, count('Orders', 'orders', 'orders placed: cash on delivery when it is ordered, other ways when they are paid; cancelled ones stay counted')),
  units: count('Units', 'units', 'units in these orders'),
  buyers: count('Buyers', 'people', 'phone numbers in these orders; the seller knows them as keyed hashes'),
  begunOrders: count('Orders begun', 'orders', 'orders, and those that wait or waited for a payment'),
  unpaidOrders: count('Unpaid orders', 'orders', 'orders begun that ask for payment first and had none after 30 minutes'),
  unpaidOrderRate: ratio('Unpaid-order rate', 'share', 'unpaidOrders', 'begunOrders'),
  clickToOrder: ratio('Orders per click', 'share', 'orders', 'productClicks'),
  clickToBuyer: ratio('Buyers per person who clicked', 'share', 'buyers', 'clickPeople'),
  viewToBuyer: ratio('Buyers per viewer', 'share', 'buyers', 'viewers'),
  returningBuyers: count('Returning buyers', 'people', 'buyers of whose earlier order the seller had and kept the money when they ordered again'),
  returningBuyerRate: ratio('Share of returning buyers', 'share', 'returningBuyers', 'buyers'),
  returningMinor: count('Value of returning buyers', 'minor', 'value placed by returning buyers, in the orders by which they returned'),
  // What that is in money. From the orders alone, never from a page.
  placedMinor: count('Value placed', 'minor', 'what buyers pay for the orders, with delivery; nothing taken out'),
  paidMinor: by(ORDERS, count('Value paid', 'minor', 'money that came: captured by the gateway, seen by the seller, or collected at the door')),
  refundedMinor: by(ORDERS, count('Given back', 'minor', 'money that went back to buyers')),
  keptMinor: count('Value kept', 'minor', 'paid less given back and taken back by banks; cash on delivery only once it is collected'),
  averageOrderMinor: ratio('Average order', 'minor', 'placedMinor', 'orders'),
  averageUnitMinor: ratio('Price of a unit', 'minor', 'placedMinor', 'units'),
  valuePerViewer: ratio('Value per viewer', 'minor', 'placedMinor', 'viewers'),
  gpm: ratio('Value per thousand entries (GPM)', 'minor per thousand', 'placedMinor', 'entries', 1_000),
  valuePerHour: ratio('Value per hour on the air', 'minor per hour', 'placedMinor', 'onAirSeconds', 3_600),
  returningValueShare: ratio('Share of value from returning buyers', 'share', 'returningMinor', 'placedMinor'),
  otherMinor: count('Value besides', 'minor', 'value placed at the same seller by its other shows, while this one was on', ON_AIR),
  contributionMinor: count('Value while on the air', 'minor', 'value placed in the show until its end, and value besides', ON_AIR),
  refundRate: by(ORDERS, ratio('Refund rate', 'share', 'refundedMinor', 'paidMinor')),
  codReached: by(ORDERS, count('Cash on delivery at the door', 'orders', 'orders on delivery that were delivered or refused')),
  codRefused: by(ORDERS, count('Refused at the door', 'orders', 'orders on delivery that were refused')),
  codRefusalRate: by(ORDERS, ratio('Refusal rate', 'share', 'codRefused', 'codReached')),
  dueOrders: by(ORDERS, count('Orders due', 'orders', 'orders that were sent, or neither sent nor cancelled within 3 days')),
  lateOrders: by(ORDERS, count('Sent late', 'orders', 'orders due that were sent later than 3 days after they were placed, or not yet')),
  lateShipRate: by(ORDERS, ratio('Late-ship rate', 'share', 'lateOrders', 'dueOrders')),
  // What coupons did.
  couponClaims: by(COUPON, count('Coupons taken', 'people', 'viewers who took a coupon of the show or ordered with its code, once for each coupon', OF_COUPONS)),
  couponUsers: by(COUPON, count('Coupons used', 'people', 'viewers among them by whom an order with it was placed, once for each coupon', OF_COUPONS)),
  couponUseRate: by(COUPON, ratio('Share of coupons used', 'share', 'couponUsers', 'couponClaims', 1, OF_COUPONS)),
  // What was explained.
  explainedSeconds: count('Time explained', 'seconds', 'time as the main pin while the show was on', ON_AIR),
  valuePerExplainedMinute: ratio('Value per explained minute', 'minor', 'placedMinor', 'explainedSeconds', 60, ON_AIR),
  // How it arrived.
  starts: count('Starts', 'times', 'times picture or sound began'),
  failedStarts: count('Failed starts', 'times', 'times no path brought picture or sound'),
  startAttempts: count('Attempts to start', 'times', 'starts and failed starts'),
  failedStartRate: ratio('Failed starts', 'share', 'failedStarts', 'startAttempts'),
  startP50Ms: count('Start-up time, half of all', 'ms', 'half of the starts took no longer; in steps of 10 %'),
  startP95Ms: count('Start-up time, 95 of 100', 'ms', '95 % of the starts took no longer; in steps of 10 %'),
  stalls: count('Stalls', 'times', 'times a picture or sound that played stood still'),
  stallSeconds: count('Time stood still', 'seconds', 'how long these took'),
  stallRatio: ratio('Stall ratio', 'share', 'stallSeconds', 'watchSeconds'),
  receivedKbits: count('Received', 'kbit', 'kbit that devices received while they watched'),
  averageKbps: ratio('Average bitrate', 'kbit/s', 'receivedKbits', 'watchSeconds'),
  outages: count('Drops', 'times', 'times the host sent nothing and came back', ON_AIR),
  outageSeconds: count('Time dropped', 'seconds', 'how long these took', ON_AIR),
  ordersAfterOutage: count('Orders after a drop', 'orders', 'orders within 60 s after the host was back', ON_AIR),
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;
export type CountName = { [K in FigureName]: (typeof figures)[K]['kind'] extends 'count' ? K : never }[FigureName];
export type RatioName = Exclude<FigureName, CountName>;
export const figureNames = Object.keys(figures) as readonly FigureName[];
export const countNames = figureNames.filter((name): name is CountName => figures[name].kind === 'count');

/** Null: not known, or nothing to divide by. */
export type FigureValues = Record<FigureName, number | null>;
export type FigureCounts = Record<CountName, number | null>;

/** All figures from those that are counted. */
export function withRatios(counts: FigureCounts): FigureValues {
  return withRatiosOf(figureNames, counts);
}

/** Some figures from those of them that are counted, which are all that they are made of. */
export function withRatiosOf<Name extends FigureName>(names: readonly Name[], counts: Readonly<Record<Name & CountName, number | null>>): Record<Name, number | null> {
  const values: Partial<Record<FigureName, number | null>> = { ...counts };
  for (const name of names) {
    const figure: Figure = figures[name];
    if (figure.kind === 'count') continue;
    const of = values[figure.of as CountName] ?? null;
    const per = values[figure.per as CountName] ?? null;
    values[name] = of === null || per === null || per === 0 ? null : (of / per) * figure.times;
  }
  return values as Record<Name, number | null>;
}

/** Those that are told of each product, area, packer and courier. */
export type FulfilmentName = { [K in FigureName]: (typeof figures)[K] extends { by: typeof ORDERS } ? K : never }[FigureName];
export const fulfilmentNames = figureNames.filter((name): name is FulfilmentName => (figures[name] as Figure).by?.includes('area') === true);
export const fulfilmentGroups = ORDERS;
export type FulfilmentGroup = (typeof ORDERS)[number];
