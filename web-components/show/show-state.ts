// Owns how one numbered event changes the picture of a show. Pure: state and event in, new state out.
import type { EventPayload, RoomEventName } from '../../server/protocol/events.ts';
import type { StreamInfo } from '../../server/protocol/media.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';

export interface ShowState {
  snapshot: ShowSnapshot;
  stream: StreamInfo;
  /** Products told of that are not on the shelf (yet). */
  offShelf: ReadonlyMap<string, Product>;
}

type Reducers = { [N in RoomEventName]: (state: ShowState, payload: EventPayload<N>) => ShowState | null };

const withSnapshot = (state: ShowState, part: Partial<ShowSnapshot>): ShowState => ({ ...state, snapshot: { ...state.snapshot, ...part } });

/** Kept by chat, captions, room and promotions themselves: they have numbers of their own, which outlive a page. */
const kept = (state: ShowState): ShowState => withSnapshot(state, {});

/** Every numbered event. `null` means: the event does not fit what is known, join again. */
const reducers: Reducers = {
  'show.changed': (state, { show }) => withSnapshot(state, { show }),
  'pins.changed': (state, { productIds }) => withSnapshot(state, { pins: productIds }),
  'presence.changed': (state, { viewers }) => withSnapshot(state, { viewers }),
  'stream.changed': (state, { stream }) => ({ ...state, stream }),
  'chat.changed': kept,
  'caption.changed': kept,
  'poll.changed': kept,
  'announcement.changed': kept,
  'promotion.changed': kept,
  'replay.changed': (state, payload) => withSnapshot(state, { replay: payload.state }),
  'product.changed': (state, { product }) => {
    const shelf = state.snapshot.shelf;
    if (shelf.some(({ id }) => id === product.id)) {
      return withSnapshot(state, { shelf: shelf.map((known) => (known.id === product.id ? product : known)) });
    }
    return { ...state, offShelf: new Map(state.offShelf).set(product.id, product) };
  },
  'shelf.changed': (state, { productIds }) => {
    const known = new Map([...state.offShelf, ...state.snapshot.shelf.map((product) => [product.id, product] as const)]);
    const shelf = productIds.map((id) => known.get(id));
    if (shelf.includes(undefined)) return null;
    for (const id of productIds) known.delete(id);
    return { ...withSnapshot(state, { shelf: shelf as Product[] }), offShelf: known };
  },
  'variants.changed': (state, { variants }) => {
    const changes = new Map(variants.map((change) => [change.variantId, change]));
    const touched = new Set(variants.map(({ productId }) => productId));
    const patch = (product: Product): Product =>
      touched.has(product.id)
        ? {
            ...product,
            variants: product.variants.map((variant) => {
              const change = changes.get(variant.id);
              return change ? { ...variant, priceMinor: change.priceMinor, stock: change.stock } : variant;
            }),
          }
        : product;
    return {
      ...withSnapshot(state, { shelf: state.snapshot.shelf.map(patch) }),
      offShelf: new Map([...state.offShelf].map(([id, product]) => [id, patch(product)])),
    };
  },
};

export const roomEventNames = Object.keys(reducers) as RoomEventName[];

export interface RoomEvent {
  name: RoomEventName;
  payload: EventPayload<RoomEventName>;
}

/**
 * Applies an event that is next in the sequence. An older one changes nothing;
 * a hole, or an event that does not fit, answers null: only a fresh snapshot helps.
 */
export function applyEvent(state: ShowState, { name, payload }: RoomEvent): ShowState | null {
  const { seq } = state.snapshot;
  if (payload.seq <= seq) return state;
  if (payload.seq > seq + 1) return null;
  const reduce = reducers[name] as (state: ShowState, payload: unknown) => ShowState | null;
  const next = reduce(state, payload);
  return next && withSnapshot(next, { seq: payload.seq });
}
