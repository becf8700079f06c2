// Owns what a buyer claims besides the cart, kept on the device until an order takes it: a coupon, a group buy, a turn on a waitlist.
import { deviceStorage, Kept } from './storage.ts';
import { Watchable } from './watchable.ts';

/** As an order says it. */
export interface OrderClaims {
  /** A code, as it was typed. */
  coupon?: string;
  groupBuyId?: string;
  waitId?: string;
}

const names = ['coupon', 'groupBuyId', 'waitId'] as const satisfies readonly (keyof OrderClaims)[];
const isClaims = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => ['string', 'undefined'].includes(typeof (value as OrderClaims)[name]));

/** `subscribe()` to hear of changes. Cards set it, the checkout reads it. */
export class Claims extends Watchable {
  readonly #kept: Kept<OrderClaims>;
  #claims: OrderClaims;

  constructor(kept: Kept<OrderClaims>) {
    super();
    this.#kept = kept;
    this.#claims = kept.read() ?? {};
  }

  /** What the next order says; spread it into the request. */
  get all(): OrderClaims {
    return this.#claims;
  }

  /** Claims one more, or with null none of that name any more. */
  set(name: keyof OrderClaims, value: string | null): void {
    const { [name]: _before, ...others } = this.#claims;
    this.#write(value === null ? others : { ...others, [name]: value });
  }

  /** An order has taken them. */
  take(taken: { readonly [N in keyof OrderClaims]?: string | undefined }): void {
    this.#write(Object.fromEntries(names.flatMap((name) => (this.#claims[name] && this.#claims[name] !== taken[name] ? [[name, this.#claims[name]]] : []))));
  }

  #write(claims: OrderClaims): void {
    this.#claims = claims;
    this.#kept.write(claims);
    this.changed();
  }
}

const known = new WeakMap<object, Claims>();

/** Those of a visit; cards and checkout share them. */
export function claimsOf(visit: { readonly serverUrl: string; readonly showId: string }): Claims {
  let claims = known.get(visit);
  if (!claims) known.set(visit, (claims = new Claims(new Kept(deviceStorage(), `claims:${visit.serverUrl}:${visit.showId}`, isClaims))));
  return claims;
}
