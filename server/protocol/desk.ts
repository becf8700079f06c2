// Owns the shapes of the order desk: its queues, batches with their undo, tracking, tables in and out, and orders told to a shop's own system.
import * as v from 'valibot';
import { id } from './ids.ts';
import { order, orderState } from './order.ts';
import { orderLot } from './order-lot.ts';
import { units } from './shop.ts';
import { line, text } from './text.ts';

/**
 * What waits for what: `confirm` a call, `claimed` a look whether the buyer's transfer came, `pack`, `ship`, `sent` the door, `refused`
 * what came back, `problems` somebody's attention, `unpaid` money; `done` waits for nothing, `all` is every order.
 */
export const queues = ['confirm', 'claimed', 'pack', 'ship', 'sent', 'refused', 'problems', 'unpaid', 'done', 'all'] as const;
export type Queue = (typeof queues)[number];
export const queue = v.picklist(queues);

/** An order that has waited this long in one state is among the problems, ms. */
export const STUCK_MS: Readonly<Partial<Record<Queue, number>>> = { confirm: 3 * 86_400_000, pack: 3 * 86_400_000, ship: 3 * 86_400_000, sent: 10 * 86_400_000 };

export const DESK_PAGE = 50;
export const BATCH_LIMIT = 200;
/** How long a batch can be taken back, ms. */
export const BATCH_UNDO_MS = 30 * 60_000;
export const STATE_IMPORT_ROWS = 100_000;
export const STATE_IMPORT_MAX_BYTES = 24 * 1024 * 1024;

const wholeNumber = v.pipe(v.string(), v.regex(/^[1-9]\d{0,9}$/), v.transform(Number));

/** Whose orders: those of one show, or (operators) all of a seller. */
const scopeFields = { showId: v.optional(id), sellerId: v.optional(id) };
const isOneScope = ({ showId, sellerId }: { showId?: string | undefined; sellerId?: string | undefined }): boolean => (showId === undefined) !== (sellerId === undefined);
const scoped = <const E extends v.ObjectEntries>(fields: E) => v.pipe(v.strictObject({ ...scopeFields, ...fields }), v.check(isOneScope as never, 'showId or sellerId, one of them'));

export const deskScope = scoped({});
export const deskQuery = scoped({
  queue: v.optional(queue, 'all'),
  /** A name, the last digits of a phone number, an order's number, a product. */
  search: v.optional(line(0, 60), ''),
  /** `next` of the page before. */
  cursor: v.optional(wholeNumber),
  limit: v.optional(v.pipe(wholeNumber, v.maxValue(DESK_PAGE))),
});

export const deskPage = v.object({ orders: v.array(order), next: v.nullable(v.number()) });
export const deskCounts = v.object({ counts: v.object(v.entriesFromList(queues, v.number())) });
export type DeskCounts = v.InferOutput<typeof deskCounts>['counts'];

const orderIds = v.pipe(v.array(id), v.minLength(1), v.maxLength(BATCH_LIMIT), v.transform((ids) => [...new Set(ids)]));

export const batchRequest = v.strictObject({ orderIds, to: orderState, note: v.optional(text(0, 200), '') });

const refusedOrder = v.object({ orderId: id, code: v.string(), state: v.nullable(orderState) });
/** What became of a batch: one order that cannot go does not hold up the others. */
export const batch = v.object({
  batchId: id,
  /** Until when it can be taken back, ms since epoch. */
  undoUntil: v.number(),
  moved: v.array(order),
  refused: v.array(refusedOrder),
});
export type Batch = v.InferOutput<typeof batch>;
export const batchUndone = v.object({ undone: v.array(order), refused: v.array(refusedOrder) });

export const trackingRequest = v.strictObject({
  /** Who carries it; empty with an empty number takes the number away. */
  courier: line(0, 40),
  number: v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9-]{0,40}$/, 'letters, digits and hyphens')),
});

export const paperKinds = ['labels', 'packing', 'receipts'] as const;
export type PaperKind = (typeof paperKinds)[number];
export const paperRequest = v.strictObject({ kind: v.picklist(paperKinds), orderIds, lang: v.picklist(['en', 'zh-CN']) });
/** An address of the server where it can be printed, for some minutes, without a token. */
export const paper = v.object({ url: v.string(), expiresAt: v.number() });

const goods = v.object({ name: v.string(), label: v.string(), grade: v.optional(v.string()), unit: v.picklist(units), quantity: v.number() });
/** What to put together for one place: a logistics point of the seller's, else the area of the addresses. */
export const packingPlace = v.object({
  place: v.string(),
  isPoint: v.boolean(),
  goods: v.array(goods),
  orders: v.array(v.object({ orderId: id, number: v.number(), name: v.string(), phone: v.string(), address: v.string(), goods: v.array(v.object({ ...goods.entries, lots: v.optional(v.array(orderLot)) })), note: v.string() })),
});
export type PackingPlace = v.InferOutput<typeof packingPlace>;

/** Who sells by law, as receipts name them, and where parcels are handed in. */
export const sellerRecord = v.object({
  sellerId: id,
  name: v.string(),
  legalName: v.string(),
  address: v.string(),
  taxNumber: v.string(),
  phone: v.string(),
  points: v.array(v.object({ name: v.string(), areas: v.array(v.string()) })),
});
export type SellerRecord = v.InferOutput<typeof sellerRecord>;
export const sellerRecordPatch = v.strictObject({
  legalName: v.optional(line(0, 120)),
  address: v.optional(line(0, 200)),
  taxNumber: v.optional(line(0, 40)),
  phone: v.optional(line(0, 40)),
  /** Parcels for addresses that contain one of `areas` go by this point; the first that fits. */
  points: v.optional(v.pipe(v.array(v.strictObject({ name: line(1, 60), areas: v.pipe(v.array(line(1, 60)), v.minLength(1), v.maxLength(40)) })), v.maxLength(60))),
});

export const stateImportFaults = ['number', 'unknown', 'state', 'not-allowed', 'courier', 'mangled', 'unreadable', 'twice'] as const;
export type StateImportFault = (typeof stateImportFaults)[number];
const stateImportChange = v.object({
  line: v.number(),
  orderId: id,
  number: v.number(),
  name: v.string(),
  from: orderState,
  /** Null: the state stays. */
  to: v.nullable(orderState),
  tracking: v.nullable(v.object({ courier: v.string(), number: v.string() })),
});
/** What a table would do. Nothing is done before `POST .../{importId}`. */
export const stateImport = v.object({
  importId: id,
  encoding: v.string(),
  rows: v.number(),
  /** Rows that say what is so already. */
  unchanged: v.number(),
  changeCount: v.number(),
  /** The first of them. */
  changes: v.array(stateImportChange),
  faultCount: v.number(),
  faults: v.array(v.object({ line: v.number(), fault: v.picklist(stateImportFaults), text: v.string() })),
});
export type StateImport = v.InferOutput<typeof stateImport>;
export type StateImportChange = v.InferOutput<typeof stateImportChange>;
export const stateImportDone = v.object({ batchId: v.nullable(id), undoUntil: v.number(), moved: v.number(), tracked: v.number(), refused: v.array(refusedOrder) });

const webhookUrl = v.pipe(v.string(), v.trim(), v.maxLength(500), v.url(), v.regex(/^https?:\/\//i));
export const webhookRequest = v.strictObject({
  url: webhookUrl,
  /** Missing: stays, or is made and told once. */
  secret: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{16,128}$/))),
  /** Order states that are told. */
  states: v.pipe(v.array(orderState), v.minLength(1), v.maxLength(20)),
  isOn: v.boolean(),
  /** Lets it lead into the server's own network. */
  allowsOwnNetwork: v.optional(v.boolean(), false),
});
const delivery = v.object({
  id: v.number(),
  orderId: id,
  orderNumber: v.nullable(v.number()),
  state: orderState,
  at: v.number(),
  attempts: v.number(),
  /** When it is tried next; null: never by itself. */
  dueAt: v.nullable(v.number()),
  /** What the other side answered last; null: nothing. */
  status: v.nullable(v.number()),
  error: v.string(),
});
export type WebhookDelivery = v.InferOutput<typeof delivery>;
export const webhookReport = v.object({
  webhook: v.nullable(v.object({ url: v.string(), states: v.array(orderState), isOn: v.boolean(), allowsOwnNetwork: v.boolean() })),
  waiting: v.number(),
  sentAt: v.nullable(v.number()),
  /** Given up after many tries, newest first, 100 at most. */
  dead: v.array(delivery),
  deadCount: v.number(),
});
export type WebhookReport = v.InferOutput<typeof webhookReport>;
