// Owns the shapes in which figures are read: of a show while it is on and afterwards, by minutes, by product, of a seller.
import * as v from 'valibot';
import { fulfilmentGroups, type FulfilmentName, fulfilmentNames, figureNames, figurePhases, type FigureValues } from './figures.ts';
import { id } from './ids.ts';
import { currency } from './money.ts';
import { promotionKinds } from './promotion-shape.ts';
import { showStatuses } from './show.ts';
import { timeZone, timestampMs } from './text.ts';

const value = v.nullable(v.number());
/** By the names of `GET /api/v1/analytics/figures`. Null: not known, nothing to divide by, or hidden because it tells of fewer than five people. */
export const figureValues = v.record(v.picklist(figureNames), value) as unknown as v.GenericSchema<FigureValues>;
const byPhase = v.object(Object.fromEntries(figurePhases.map((phase) => [phase, figureValues])) as Record<(typeof figurePhases)[number], typeof figureValues>);

export const figureTable = v.object({
  figures: v.array(v.object({ id: v.string(), name: v.string(), unit: v.string(), formula: v.string(), window: v.string(), by: v.array(v.string()) })),
});

/** Why devices are counted apart: they work for the show, are programs, or too many for one address. */
export const apartReasons = ['own', 'bot', 'crowded'] as const;

/** From the first to the last, each with its share of the one before; null where that is not known. */
export const funnelSteps = ['reach', 'entries', 'impressionPeople', 'clickPeople', 'cartPeople', 'checkoutPeople', 'orders', 'paidOrders', 'keptOrders'] as const;
const funnelStep = v.object({ step: v.picklist(funnelSteps), count: value, share: value });

export const productFigures = v.object({
  productId: id,
  name: v.string(),
  pins: v.number(),
  explainedSeconds: v.number(),
  impressions: v.number(),
  impressionPeople: value,
  clicks: v.number(),
  clickPeople: value,
  cartPeople: value,
  cartUnits: v.number(),
  orders: v.number(),
  units: value,
  /** Its lines of the orders placed, less what offers took off them, without delivery and coupons, minor units. */
  placedMinor: value,
  /** For each minute in which it was the main pin; null when it was not. */
  placedMinorPerMinute: value,
  /** Clicks per impression, orders per click. */
  clickRate: value,
  orderRate: value,
  /** Orders with it that were delivered or refused at the door, and those refused. */
  codReached: v.number(),
  codRefused: v.number(),
});
export type ProductFigures = v.InferOutput<typeof productFigures>;

/** A time in which the host sent nothing. */
export const outage = v.object({
  from: v.number(),
  to: v.number(),
  /** From its beginning to 60 s after its end. */
  orders: v.number(),
  /** As many as came in as much time within the five minutes before. */
  expectedOrders: v.number(),
  /** The difference, never below 0, with the value of as many average orders. */
  lostOrders: v.number(),
  lostMinor: value,
});
export type Outage = v.InferOutput<typeof outage>;

/** How a network received the show: by the first half of the addresses in it, and no network of fewer than five viewers by itself. */
export const areaQuality = v.object({
  /** `112.96` or `240e:0478`; empty: small networks together. */
  area: v.string(),
  viewers: value,
  watchSeconds: v.number(),
  stallRatio: value,
  averageKbps: value,
  failedStarts: v.number(),
  startP50Ms: value,
  startP95Ms: value,
  /** Of its viewers, who began to order. */
  checkoutPeople: value,
});
export type AreaQuality = v.InferOutput<typeof areaQuality>;

export const quality = v.object({
  /** Share of the watch time by each way. */
  paths: v.array(v.object({ path: v.string(), watchSeconds: v.number(), share: value, stallSeconds: v.number(), stallRatio: value, failedStarts: v.number() })),
  /** The most viewers first. */
  areas: v.array(areaQuality),
  outages: v.array(outage),
  lostOrders: v.number(),
  lostMinor: value,
});
export type Quality = v.InferOutput<typeof quality>;

/** What came of a promotion, beside what came without it meanwhile. */
export const promotionEffect = v.object({
  promotionId: id,
  kind: v.picklist(promotionKinds),
  title: v.string(),
  /** What it is for; null: for an order as a whole, or for no goods. */
  productId: v.nullable(id),
  startsAt: v.number(),
  /** When it ended, or is to end. */
  endsAt: v.nullable(v.number()),
  /** Orders placed with it, their units at its price, their value with delivery, and what it took off them. */
  orders: value,
  units: value,
  placedMinor: value,
  takenOffMinor: value,
  /** Orders placed without it while it was on. */
  ordersWithout: value,
  placedMinorWithout: value,
  /** All orders a minute while it was on, and in the five minutes before. */
  ordersPerMinute: value,
  ordersPerMinuteBefore: value,
  /** Who took part: entries of a draw, bidders, people of a group; null where that is who ordered. */
  people: value,
  /** Pieces, uses or prizes that there were, and the share of them that went; null without a limit. */
  limit: value,
  sellThrough: value,
  /** Who took a coupon, and who of them ordered with it; null for other kinds. */
  couponClaims: value,
  couponUsers: value,
  couponUseRate: value,
});
export type PromotionEffect = v.InferOutput<typeof promotionEffect>;

/**
 * What became of the orders with one product, into one county, of one packer, of one courier: sent late, refused, given back. An order
 * counts for each of its products, its money among them by their value. By `id` empty: not known, or small groups together.
 */
export const fulfilment = v.object({
  by: v.picklist(fulfilmentGroups),
  id: v.string(),
  name: v.string(),
  ...(Object.fromEntries(fulfilmentNames.map((name) => [name, value])) as Record<FulfilmentName, typeof value>),
});
export type Fulfilment = v.InferOutput<typeof fulfilment>;

export const suggestionKinds = ['explain-longer', 'show-more', 'price-or-card', 'hold-start', 'network', 'start-up', 'collect-payments', 'call-before-sending', 'go-on-longer', 'answer-more'] as const;
/** What to do next time, with the numbers behind it; the strongest first. */
export const suggestion = v.object({
  kind: v.picklist(suggestionKinds),
  productId: v.nullable(id),
  productName: v.string(),
  /** By the names that its kind has: see docs/analytics.md. */
  numbers: v.record(v.string(), v.number()),
});
export type Suggestion = v.InferOutput<typeof suggestion>;

/** This show beside the seller's last ones: sums of theirs divided by their number, ratios of their sums. */
export const comparison = v.object({ shows: v.number(), figures: v.record(v.picklist(figureNames), v.object({ now: value, before: value, change: value })) });
export type Comparison = v.InferOutput<typeof comparison>;

const showHead = {
  showId: id,
  title: v.string(),
  sellerId: id,
  sellerName: v.string(),
  currency,
  status: v.picklist(showStatuses),
  startedAt: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  /** The server's clock when these figures were true. */
  asOf: v.number(),
};
/**
 * Why events are in no figure: an hour old when they came, off the air, of a product that the show does not sell, from before their page
 * was heard of, or in a batch that had come before; `twice`: watch time of moments that were counted already.
 */
export const leftOutReasons = ['late', 'off-air', 'foreign', 'unheard', 'repeated', 'twice'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];
const apart = v.array(v.object({ reason: v.picklist(apartReasons), devices: v.number(), events: v.number() }));

export const showReport = v.object({
  ...showHead,
  attributionDays: v.number(),
  /** False once raw events were erased or their time was over: figures stay, but cannot be made again from them. */
  isWhole: v.boolean(),
  figures: byPhase,
  /** How many devices were left out of all of these, and why. */
  apart,
  /** How many events of viewers were left out, and why. */
  leftOut: v.array(v.object({ reason: v.picklist(leftOutReasons), events: v.number() })),
  funnel: v.array(funnelStep),
  products: v.array(productFigures),
  /** In the order in which they began. */
  promotions: v.array(promotionEffect),
  /** Those with the most orders first of each kind. */
  fulfilment: v.array(fulfilment),
  quality,
  comparison,
  suggestions: v.pipe(v.array(suggestion), v.maxLength(3)),
});
export type ShowReport = v.InferOutput<typeof showReport>;

export const liveFigures = v.object({
  ...showHead,
  online: v.number(),
  peakOnline: v.number(),
  entries: v.number(),
  viewers: v.number(),
  /** Of the minute that is over. */
  lastMinute: v.object({ entered: v.number(), left: v.number(), orders: v.number(), placedMinor: v.number() }),
  orders: v.number(),
  placedMinor: v.number(),
  paidMinor: v.number(),
  keptMinor: v.number(),
  funnel: v.array(funnelStep),
  topProducts: v.array(productFigures),
  /** Of the last five minutes. */
  network: v.object({ isOnAir: v.boolean(), stallRatio: value, failedStarts: v.number(), outages: v.number(), outageSeconds: v.number(), paths: v.record(v.string(), v.number()) }),
  /** One thing to do now. */
  hint: v.nullable(suggestion),
});
export type LiveFigures = v.InferOutput<typeof liveFigures>;

export const minuteFigures = v.object({
  /** Its beginning, ms since epoch. */
  at: v.number(),
  online: v.number(),
  watchers: v.number(),
  /** Watch in this minute and did not in the one before; watched in this one and not in the next. */
  entered: v.number(),
  left: v.number(),
  entries: v.number(),
  watchSeconds: v.number(),
  impressions: v.number(),
  clicks: v.number(),
  cartUnits: v.number(),
  comments: v.number(),
  likes: v.number(),
  orders: v.number(),
  placedMinor: v.number(),
  stallSeconds: v.number(),
});
export type MinuteFigures = v.InferOutput<typeof minuteFigures>;

export const trendMarkKinds = ['pin', 'outage', 'sold-out', ...promotionKinds] as const;
/** Something that was so from `at` on; `until` null: it still is. `name` is a product's, or what a promotion was called. */
export const trendMark = v.object({ kind: v.picklist(trendMarkKinds), at: v.number(), until: v.nullable(v.number()), productId: v.nullable(id), name: v.string() });
export type TrendMark = v.InferOutput<typeof trendMark>;
export const trend = v.object({ showId: id, currency, minutes: v.array(minuteFigures), marks: v.array(trendMark) });
export type Trend = v.InferOutput<typeof trend>;

const time = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), timestampMs);
/** `share=true`: for somebody else than the seller; numbers of fewer than five people are hidden. */
const share = v.optional(v.pipe(v.picklist(['true', 'false']), v.transform((word) => word === 'true')), 'false');
export const reportQuery = v.strictObject({ share });
/** `from` included, `to` not, ms since epoch; shows that began in between, of the last 30 days without. Days are those of `zone`. */
export const sellerQuery = v.strictObject({ from: v.optional(time), to: v.optional(time), zone: timeZone, share });
export const exportTables = ['figures', 'minutes', 'products', 'promotions', 'fulfilment'] as const;
export type ExportTable = (typeof exportTables)[number];
export const exportQuery = v.strictObject({ of: v.optional(v.picklist(exportTables), 'figures'), share });

export const sellerFigures = v.object({
  sellerId: id,
  currency,
  from: v.number(),
  to: v.number(),
  figures: figureValues,
  /** Who agreed is one person in all shows; everybody else is one in each. */
  people: v.object({ known: value, perShow: value }),
  fulfilment: v.array(fulfilment),
  days: v.array(v.object({ day: v.string(), shows: v.number(), figures: figureValues })),
  shows: v.array(v.object({ showId: id, title: v.string(), startedAt: v.number(), endedAt: v.nullable(v.number()), figures: figureValues })),
});
export type SellerFigures = v.InferOutput<typeof sellerFigures>;

export const recomputed = v.object({
  events: v.number(),
  tookMs: v.number(),
  /** Sums and sets that were others before; 0: what was kept up as events came was right. */
  changed: v.number(),
});
