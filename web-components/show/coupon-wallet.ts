// Owns the coupons that were taken on this device: their codes and terms, kept until they are used, over or put away.
import type { CodedCoupon, CouponDiscount } from '../../server/protocol/coupon.ts';
import { type DeviceStorage, deviceStorage, Kept } from './storage.ts';
import { Watchable } from './watchable.ts';

export interface HeldCoupon {
  promotionId: string;
  code: string;
  title: string;
  sellerId: string;
  /** The one show it is for; null: every show of the seller. */
  showId: string | null;
  discount: CouponDiscount;
  minimumMinor: number;
  productId: string | null;
  oncePerBuyer: boolean;
  /** Server clock, ms since epoch; null: as long as the show is on. */
  endsAt: number | null;
}

/** More than a person keeps; the oldest makes room. */
const MOST = 30;

const isHeld = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each?.promotionId === 'string' && typeof each.code === 'string' && typeof each.sellerId === 'string' && typeof each.discount?.kind === 'string' && Number.isInteger(each.minimumMinor));

export class CouponWallet extends Watchable {
  #kept: Kept<HeldCoupon[]>;

  constructor(storage: DeviceStorage, serverUrl: string) {
    super();
    this.#kept = new Kept(storage, `coupons:${serverUrl}`, isHeld);
  }

  /** What may be used in a show of a seller, the newest first. Read anew each time: another tab may have taken one. */
  of({ sellerId, showId, now }: { sellerId: string; showId: string; now: number }): HeldCoupon[] {
    return this.#all().filter((each) => each.sellerId === sellerId && (each.showId === null || each.showId === showId) && (each.endsAt === null || each.endsAt > now));
  }

  has(promotionId: string): boolean {
    return this.#all().some((each) => each.promotionId === promotionId);
  }

  /** Keeps one that was taken in a show. */
  keep({ coupon, code }: CodedCoupon, { sellerId, showId }: { sellerId: string; showId: string }): void {
    const { id: promotionId, title, discount, minimumMinor, productId, oncePerBuyer, endsAt, liveOnly } = coupon;
    const held: HeldCoupon = { promotionId, code, title, sellerId, showId: liveOnly ? showId : null, discount, minimumMinor, productId, oncePerBuyer, endsAt };
    this.#write([held, ...this.#all().filter((each) => each.promotionId !== promotionId)].slice(0, MOST));
  }

  drop(promotionId: string): void {
    if (this.has(promotionId)) this.#write(this.#all().filter((each) => each.promotionId !== promotionId));
  }

  /** An order has taken these: what may be used once is used. */
  used(discounts: readonly { promotionId: string }[]): void {
    for (const { promotionId } of discounts) if (this.#all().some((each) => each.promotionId === promotionId && each.oncePerBuyer)) this.drop(promotionId);
  }

  #all(): HeldCoupon[] {
    return this.#kept.read() ?? [];
  }

  #write(held: HeldCoupon[]): void {
    this.#kept.write(held);
    this.changed();
  }
}

const wallets = new Map<string, CouponWallet>();

/** The one of a server; cards that put coupons in and the checkout that takes them out share it. */
export function walletOf({ serverUrl }: { serverUrl: string }): CouponWallet {
  let wallet = wallets.get(serverUrl);
  if (!wallet) wallets.set(serverUrl, (wallet = new CouponWallet(deviceStorage(), serverUrl)));
  return wallet;
}
