// Owns what goes out to the people in a show: numbered room events, and the gathering of those that come faster than people read.
import { type Right, rights } from '../protocol/access.ts';
import type { Order } from '../protocol/order.ts';
import type { EventName, EventPayload, RoomEventName } from '../protocol/events.ts';
import type { Promotion } from '../protocol/promotions.ts';
import type { Clock } from '../platform/clock.ts';
import { hasRight } from '../platform/auth.ts';
import type { Peer, SocketServer } from '../platform/socket.ts';

const VARIANTS_GATHER_MS = 200;
const PROMOTION_GATHER_MS = 200;
const PRESENCE_GATHER_MS = 1_000;

type VariantChange = EventPayload<'variants.changed'>['variants'][number];

/** What a helper has to have been given to hear of something. */
const RIGHT_FOR = { 'chat.flagged': 'chat', 'chat.private': 'chat', 'questions.changed': 'chat', 'caption.writing': 'captions', 'claims.waiting': 'orders', 'waitlist.changed': 'shelf' } as const satisfies Partial<Record<EventName, Right>>;
type StaffEventName = keyof typeof RIGHT_FOR;
type Body<N extends RoomEventName> = Omit<EventPayload<N>, 'showId' | 'seq' | 'at'>;

/** What nobody misses, or is asked for with each join: these are not numbered, so that a lost one makes no page join again. */
export type DecorationName = 'reactions.changed' | 'notices.told' | 'codes.changed';

export class Rooms {
  readonly #clock: Clock;
  readonly #sequence = new Map<string, number>();
  readonly #variants = new Map<string, Map<string, VariantChange>>();
  readonly #promotions = new Map<string, Promotion>();
  readonly #presenceDue = new Set<string>();
  readonly #cancels = new Set<() => void>();
  #sockets: SocketServer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The socket server needs the command handlers, and those need the rooms; so it comes second. */
  attach(sockets: SocketServer): void {
    this.#sockets = sockets;
  }

  enter(peer: Peer, showId: string, staff: 'none' | 'host' | 'helper'): void {
    peer.enter(showId);
    if (staff === 'none') return;
    if (hasRight(peer.caller, 'orders')) peer.enter(staffRoom(showId, staff));
    for (const right of rights) if (hasRight(peer.caller, right)) peer.enter(staffRoom(showId, right));
  }

  leave(peer: Peer, showId: string): void {
    peer.leave(showId);
    for (const room of ['host', 'helper', ...rights] as const) peer.leave(staffRoom(showId, room));
  }

  /** Number of the newest event of a show. */
  sequence(showId: string): number {
    return this.#sequence.get(showId) ?? 0;
  }

  send<N extends RoomEventName>(showId: string, event: N, body: Body<N>): void {
    const seq = this.sequence(showId) + 1;
    this.#sequence.set(showId, seq);
    this.#sockets?.toRoom(showId, event, { showId, seq, at: this.#clock.now(), ...body } as unknown as EventPayload<N>);
  }

  decorate<N extends DecorationName>(showId: string, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void {
    this.#sockets?.toRoom(showId, event, { showId, at: this.#clock.now(), ...body } as unknown as EventPayload<N>);
  }

  /** Price and stock, at most five messages a second per show; the last value of each variant counts. */
  sendVariants(showId: string, changes: readonly VariantChange[]): void {
    let gathered = this.#variants.get(showId);
    if (!gathered) {
      const fresh = (gathered = new Map<string, VariantChange>());
      this.#variants.set(showId, fresh);
      this.#later(VARIANTS_GATHER_MS, () => {
        this.#variants.delete(showId);
        this.send(showId, 'variants.changed', { variants: [...fresh.values()] });
      });
    }
    for (const change of changes) gathered.set(change.variantId, change);
  }

  /** How a promotion stands, at most five messages a second of each; the last one counts. */
  sendPromotion(showId: string, promotion: Promotion): void {
    const isDue = this.#promotions.has(promotion.id);
    this.#promotions.set(promotion.id, promotion);
    if (isDue) return;
    this.#later(PROMOTION_GATHER_MS, () => {
      const newest = this.#promotions.get(promotion.id) ?? promotion;
      this.#promotions.delete(promotion.id);
      this.send(showId, 'promotion.changed', { promotion: newest });
    });
  }

  /** Viewers online, at most one message a second per show. `count` is asked when it is sent. */
  sendPresence(showId: string, count: () => number): void {
    if (this.#presenceDue.has(showId)) return;
    this.#presenceDue.add(showId);
    this.#later(PRESENCE_GATHER_MS, () => {
      this.#presenceDue.delete(showId);
      this.send(showId, 'presence.changed', { viewers: count() });
    });
  }

  /** To those of the staff who work orders: `order` for hosts and operators, `masked` for helpers. */
  sendOrder(event: 'order.placed' | 'order.changed', order: Order, masked: Order): void {
    const at = this.#clock.now();
    this.#sockets?.toRoom(staffRoom(order.showId, 'host'), event, { showId: order.showId, at, order });
    this.#sockets?.toRoom(staffRoom(order.showId, 'helper'), event, { showId: order.showId, at, order: masked });
  }

  /** To those of the show's staff who have the right that goes with it. */
  sendToStaff<N extends StaffEventName>(showId: string, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void {
    this.#sockets?.toRoom(staffRoom(showId, RIGHT_FOR[event]), event, { showId, at: this.#clock.now(), ...body } as unknown as EventPayload<N>);
  }

  sayClosing(retryMs: number): void {
    this.#sockets?.toAll('server.closing', { retryMs });
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  #later(delayMs: number, task: () => void): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      task();
    });
    this.#cancels.add(cancel);
  }
}

function staffRoom(showId: string, staff: 'host' | 'helper' | Right): string {
  return `${showId}:${staff}`;
}
