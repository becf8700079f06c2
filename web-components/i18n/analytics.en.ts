// Owns the English words of figures: live and after a show, beside those of `explore.en.ts`. `AnalyticsMessages` is the shape of all languages.
import type { apartReasons, funnelSteps, suggestionKinds } from '../../server/protocol/analytics.ts';
import type { WatchPath } from '../../server/protocol/telemetry.ts';
import { exploreEn } from './explore.en.ts';

/** How numbers are written where a sentence needs them. */
export interface Say {
  number: (value: number) => string;
  money: (minor: number) => string;
  share: (value: number) => string;
  /** Seconds as time, e.g. `4 min`. */
  time: (seconds: number) => string;
}
type Advice = (product: string, numbers: Readonly<Record<string, number>>, say: Say) => { what: string; why: string };

const steps: Record<(typeof funnelSteps)[number], string> = {
  reach: 'Had it on the screen', entries: 'Came in', impressionPeople: 'Saw goods', clickPeople: 'Opened goods', cartPeople: 'Put in the cart', checkoutPeople: 'Began to order', orders: 'Ordered', paidOrders: 'Paid', keptOrders: 'Kept (not given back or refused)',
};
const paths: Record<WatchPath, string> = { udp: 'Direct', tcp: 'Direct (TCP)', turn: 'Through a relay', hls: 'HLS', sound: 'Sound alone', replay: 'Replay' };
const apart: Record<(typeof apartReasons)[number], (devices: string) => string> = {
  own: (devices) => `${devices} of your own devices`, bot: (devices) => `${devices} programs`, crowded: (devices) => `${devices} devices beyond the fiftieth of one address`,
};
const n = (numbers: Readonly<Record<string, number>>, name: string): number => numbers[name] ?? 0;
const orderCount = (count: number, number: Say['number']): string => `${number(count)} ${count === 1 ? 'order' : 'orders'}`;
const advice: Record<(typeof suggestionKinds)[number], Advice> = {
  'explain-longer': (product, numbers, { money, time }) => ({ what: `Talk about ${product} for longer`, why: `A minute of it brought ${money(n(numbers, 'valuePerMinute'))}; a minute of everything brings ${money(n(numbers, 'usualPerMinute'))}. You explained it for ${time(n(numbers, 'explainedSeconds'))}.` }),
  'show-more': (product, numbers, { share, number }) => ({ what: `Show ${product} more often`, why: `Of 100 who open it ${share(n(numbers, 'orderRate'))} order; usually it is ${share(n(numbers, 'usualOrderRate'))}. It was seen only ${number(n(numbers, 'impressions'))} times.` }),
  'price-or-card': (product, numbers, { number, share }) => ({ what: `Look at the price and pictures of ${product}`, why: `It was opened ${number(n(numbers, 'clicks'))} times and ordered ${number(n(numbers, 'orders'))} times: ${share(n(numbers, 'orderRate'))}, usually ${share(n(numbers, 'usualOrderRate'))}.` }),
  network: (_, numbers, { number, money, time }) => ({ what: 'Find a place with a better network', why: `You were gone ${n(numbers, 'outages') === 1 ? 'once' : `${number(n(numbers, 'outages'))} times`}, ${time(n(numbers, 'outageSeconds'))} in all. That cost about ${orderCount(Math.round(n(numbers, 'lostOrders')), number)}, ${money(n(numbers, 'lostMinor'))}.` }),
  'start-up': (_, numbers, { number, time, share }) => ({ what: 'The picture comes too late for some', why: `One of twenty waited ${time(n(numbers, 'startP95Ms') / 1000)} or more; ${number(n(numbers, 'failedStarts'))} never got one (${share(n(numbers, 'failedRate'))}). Ask whoever runs the server to look at its line.` }),
  'hold-start': (_, numbers, { number, share }) => ({ what: 'Begin with your best goods', why: `${share(n(numbers, 'retention'))} stayed for a minute, usually ${share(n(numbers, 'usualRetention'))}. ${number(n(numbers, 'left'))} left before.` }),
  'collect-payments': (_, numbers, { number, share }) => ({ what: 'Remind those who have not paid', why: `${number(n(numbers, 'unpaidOrders'))} of ${number(n(numbers, 'begunOrders'))} orders (${share(n(numbers, 'rate'))}) were not paid within half an hour.` }),
  'call-before-sending': (_, numbers, { number, share }) => ({ what: 'Call before you send', why: `${number(n(numbers, 'refused'))} of ${number(n(numbers, 'reached'))} deliveries (${share(n(numbers, 'rate'))}) were refused at the door.` }),
  'go-on-longer': (_, numbers, { money, number }) => ({ what: 'Go on for longer next time', why: `An hour brought ${money(n(numbers, 'valuePerHour'))}, before it was ${money(n(numbers, 'usualPerHour'))}; you were on for ${number(Math.round(n(numbers, 'hours') * 10) / 10)} hours.` }),
  'answer-more': (_, numbers, { share }) => ({ what: 'Ask and answer more', why: `${share(n(numbers, 'rate'))} wrote, liked, shared or followed; before it was ${share(n(numbers, 'usualRate'))}.` }),
};

export const analyticsEn = {
  ...exploreEn,
  steps,
  paths,
  apart,
  advice,
  live: {
    title: 'Now',
    online: 'Watching',
    orders: 'Orders',
    placed: 'Ordered for',
    entered: 'Just came',
    left: 'Just left',
    inLastMinute: 'last minute',
    lastMinute: 'Last minute',
    cameAndLeft: 'came and left',
    hint: 'Now',
    noHint: 'Going well. Nothing to change now.',
    peak: (count: string) => `most: ${count}`,
    came: (count: string) => `${count} have come`,
    moved: (entered: string, left: string) => `in the last minute ${entered} came, ${left} left`,
    waiting: 'The numbers begin when you go live.',
    stale: 'Old numbers: no connection',
    top: 'Best goods',
    funnel: 'From looking to buying',
    network: 'Network',
    onAir: 'On the air',
    offAir: 'Nothing is being sent',
    stall: (share: string) => `Stood still: ${share} of the time`,
    noOutages: 'No drop in the last 5 minutes',
    outages: (count: string, time: string) => `Drops in 5 minutes: ${count} (${time})`,
    failed: (count: string) => `Got no picture: ${count}`,
    paid: 'Paid',
    kept: 'Kept',
    viewers: 'People',
    fullScreen: 'Full screen',
    units: (count: string) => `${count} sold`,
    over: 'The show is over.',
    toReport: 'Read the report',
  },
  report: {
    title: 'How it went',
    of: (name: string, when: string, length: string) => `${name} · ${when} · ${length}`,
    running: 'The show is still on. The report is true up to now.',
    lead: (people: string, orders: string, money: string) => `${people} ${people === '1' ? 'person' : 'people'} watched. ${orders} ${orders === '1' ? 'order' : 'orders'} came, for ${money}.`,
    leadNone: 'Nobody watched yet.',
    leadStay: (time: string, most: string) => `Each stayed for ${time} on average; at the most ${most} watched at once.`,
    leadMoney: (paid: string, kept: string) => `${paid} of it has been paid, and ${kept} is yours to keep so far. Cash on delivery counts once it is collected.`,
    suggestions: 'For the next show',
    noSuggestions: 'Nothing stood out. Go on like this.',
    trend: 'Minute by minute',
    watching: 'watching',
    ordered: 'orders',
    trendLabel: (most: string, orders: string) => `How many watched, minute by minute: at most ${most}. Bars are orders: ${orders} in all.`,
    funnel: 'From looking to buying',
    ofBefore: (share: string) => `${share} of the step before`,
    products: 'Goods',
    product: 'Goods',
    explained: 'Explained',
    seen: 'Seen',
    opened: 'Opened',
    units: 'Sold',
    money: 'Money',
    perMinute: 'Per minute explained',
    quality: 'Picture and sales',
    lost: (orders: string, money: string) => `About ${orders} ${orders === '1' ? 'order' : 'orders'} (${money}) lost around drops.`,
    noDrops: 'You were never off. Good.',
    drop: (at: string, time: string, orders: string, expected: string) => `${at}: gone for ${time}. Orders: ${orders}, where ${expected} could be expected.`,
    starts: (half: string, slow: string) => `The picture came after ${half}; one of twenty waited ${slow} or more.`,
    stall: (share: string) => `It stood still for ${share} of the time.`,
    bitrate: (rate: string) => `On average it came with ${rate}.`,
    promotions: 'Offers',
    promotion: 'Offer',
    withIt: 'Orders with it',
    takenOff: 'Taken off',
    went: 'Used up',
    couponTaken: (used: string, taken: string) => `${used} of ${taken} taken`,
    fulfilment: 'Late, refused, given back',
    ofOrders: (count: string, share: string) => `${count} (${share})`,
    group: 'Where',
    late: 'Sent late',
    refused: 'Refused',
    givenBack: 'Given back',
    areas: 'By network',
    smallAreas: 'Small networks together',
    area: (viewers: string, stall: string) => `${viewers} ${viewers === '1' ? 'person' : 'people'}, stood still ${stall}`,
    comparison: (shows: string) => (shows === '' ? 'Beside earlier shows' : shows === '1' ? 'Beside your last show' : `Beside your last ${shows} shows`),
    noComparison: 'There is no earlier show to compare with.',
    now: 'This show',
    before: 'Before',
    change: 'Change',
    phases: 'When it was sold',
    phase: { live: 'In the show', replay: 'From the replay', after: (days: string) => `Within ${days} days after` },
    apartTitle: 'Not counted',
    notWhole: 'Somebody had their data erased. The sums still hold.',
    print: 'Print or PDF',
    picture: 'Save as a picture',
    share: 'Hide small numbers',
    shareHint: 'For others: numbers of fewer than five people are hidden.',
    hidden: 'below 5',
    happened: 'What happened',
    when: 'When',
    made: (when: string) => `As of ${when}`,
  },
};

export type AnalyticsMessages = typeof analyticsEn;
