// Owns the English words of looking through figures, and those that all elements of figures share. `ExploreMessages` is the shape of all languages.
import type { TrendMark } from '../../server/protocol/analytics.ts';
import type { FigureName } from '../../server/protocol/figures.ts';
import { promotionKindsEn } from './promotion-kinds.ts';

const marks: Record<TrendMark['kind'], string> = { pin: 'Explained', outage: 'Drop', 'sold-out': 'Sold out', ...promotionKindsEn };

export const exploreEn = {
  loading: 'Loading…',
  retry: 'Try again',
  offline: 'No answer. Check the connection.',
  signIn: 'Sign in on this device first.',
  notYours: 'This is for whoever sells in the show.',
  failed: 'That did not work. Try again in a moment.',
  none: 'Nothing yet.',
  minutes: (count: string) => `${count} min`,
  seconds: (count: string) => `${count} s`,
  hours: (count: string) => `${count} h`,
  marks,
  table: 'As a table',
  time: 'Time',
  explore: {
    title: 'Figures',
    online: 'Watching now',
    entered: 'Came in the last minute',
    left: 'Left',
    orders: 'Orders',
    good: 'Goods',
    explained: 'Explained',
    seen: 'Seen',
    opened: 'Opened',
    units: 'Sold',
    money: 'Money',
    perMinute: 'A minute',
    happened: 'What happened',
    value: 'This show',
    trend: 'Minute by minute',
    views: { show: 'Show', product: 'Goods', day: 'Days', seller: 'Seller' },
    view: 'View',
    seller: 'Seller',
    show: 'Show',
    from: 'From',
    to: 'To',
    phase: 'Counted',
    phases: { total: 'All', live: 'In the show', replay: 'Replay', after: 'After' },
    figure: 'Figure',
    product: 'Goods',
    allProducts: 'All goods',
    noShows: 'No show in this time.',
    formula: 'How it is counted',
    export: 'Take along',
    csv: 'Table (CSV)',
    jsonl: 'JSON lines',
    raw: 'Raw events',
    tables: { figures: 'Figures', minutes: 'Minutes', products: 'Goods' },
    of: 'Of',
    chartHint: 'Arrow keys move along the chart.',
    day: 'Day',
    shows: 'Shows',
    people: (known: string, perShow: string) => `${known} people agreed to be known again; all others are one in each show: ${perShow}.`,
    report: 'Report',
    change: (share: string) => `${share} against before`,
  },
  /** Names by the table of figures; where a language has none, the server's are shown. */
  figures: {} as Partial<Record<FigureName, readonly [name: string, formula: string]>>,
};

export type ExploreMessages = typeof exploreEn;
