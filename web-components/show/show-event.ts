// Owns the shape of every event that a page outside may hear: typed, bubbling, composed, with the moment in the show.
import type { Order } from '../../server/protocol/order.ts';
import type { Deed } from '../../server/protocol/telemetry.ts';
import type { Visit } from './visit.ts';

/** Where in which show something happened. */
export interface ShowMoment {
  showId: string;
  mode: 'live' | 'replay';
  /**
   * Live: milliseconds from when the show went live to the picture on the screen, by the server's clock; null before it did.
   * Replay: replay time of the picture, the gaps of drops left out.
   */
  showTimeMs: number | null;
}

export type PlayerState = 'connecting' | 'queued' | 'planned' | 'live' | 'reconnecting' | 'paused' | 'replay' | 'ended' | 'unavailable';
export type PlayerPath = 'webrtc-udp' | 'webrtc-tcp' | 'hls' | 'audio';

export interface ShowEventDetails {
  'fieldcast-state-change': { state: PlayerState; path: PlayerPath | null };
  'fieldcast-time-change': Record<never, never>;
  'fieldcast-moment-open': { productId: string | null; timeMs: number };
  'fieldcast-product-open': { productId: string };
  'fieldcast-product-close': { productId: string };
  'fieldcast-cart-change': { variantId: string; quantity: number; count: number };
  'fieldcast-order-placed': { orderId: string; number: number; totalMinor: number; currency: Order['currency'] };
  'fieldcast-order-open': { orderId: string };
  'fieldcast-checkout-open': Record<never, never>;
  'fieldcast-checkout-close': Record<never, never>;
  'fieldcast-interaction': { deed: Deed; count: number };
}
export type ShowEventName = keyof ShowEventDetails;
export type ShowEvent<N extends ShowEventName> = CustomEvent<ShowEventDetails[N] & ShowMoment>;

type Moving = Pick<Visit, 'showId' | 'store' | 'playhead'>;

/** Where a visit is now. */
export function showMoment({ showId, store, playhead }: Moving): ShowMoment {
  if (playhead.replay) return { showId, mode: 'replay', showTimeMs: Math.round(playhead.timeMs) };
  const startedAt = store.snapshot?.show.startedAt ?? null;
  return { showId, mode: 'live', showTimeMs: startedAt === null ? null : Math.max(0, Math.round(store.pictureNow() - startedAt)) };
}

/** Sends a public event from an element. Never a buyer's name, phone or address. */
export function sendShowEvent<N extends ShowEventName>(from: EventTarget, visit: Moving, name: N, detail: ShowEventDetails[N]): boolean {
  return from.dispatchEvent(new CustomEvent(name, { detail: { ...detail, ...showMoment(visit) }, bubbles: true, composed: true, cancelable: true }));
}

type ShowEventMap = { [N in ShowEventName]: ShowEvent<N> };
declare global {
  // Merging needs an interface; it adds nothing of its own.
  // oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
  interface HTMLElementEventMap extends ShowEventMap {}
  // oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
  interface DocumentEventMap extends ShowEventMap {}
}
