// Owns which calls of the staff their log keeps, and what it says of each: names and numbers, never a buyer's data.
import * as endpoints from '../../protocol/endpoints.ts';
import type { EndpointCallMade } from '../../platform/http/route.ts';
import type { EndpointInput, EndpointResult, EndpointSpec } from '../../protocol/endpoint.ts';
import type { StaffAction, StaffChanges } from '../../protocol/staff-log.ts';

export interface Said {
  /** Where the call may do this or its opposite. */
  action?: StaffAction;
  /** Missing: the seller that the path or query names, or the seller of the show that it names. */
  sellerId?: string | undefined;
  /** Whose seller it is, where nothing else names one. */
  variantId?: string;
  about: string;
  changes?: StaffChanges;
}

interface Told {
  action: StaffAction;
  say: (call: EndpointCallMade) => Said | undefined;
}

type Made<E extends EndpointSpec> = EndpointInput<E> & { answer: EndpointResult<E> };

const entry = <E extends EndpointSpec>(spec: E, action: StaffAction, say: (call: Made<E>) => Said | undefined): [EndpointSpec, Told] => [spec, { action, say: say as unknown as Told['say'] }];

const namesOf = (ids: readonly string[], products: readonly { id: string; name: string }[]): string =>
  ids.flatMap((id) => products.find((product) => product.id === id)?.name ?? []).join(', ');

/** `5 kg box` of `Apples`, as people call it. */
const goods = (name: string, label = ''): string => (label ? `${name} · ${label}` : name);

const numbersOf = (orders: readonly { number: number }[]): string => orders.slice(0, 5).map(({ number }) => number).join(', ') + (orders.length > 5 ? '…' : '');

const told = new Map<EndpointSpec, Told>([
  entry(endpoints.createShow, 'show-planned', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.title })),
  entry(endpoints.changeShow, 'show-changed', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.title })),
  entry(endpoints.endShow, 'show-ended', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.title })),
  entry(endpoints.deleteReplay, 'replay-deleted', () => ({ about: '' })),
  entry(endpoints.openDownload, 'replay-downloaded', () => ({ about: '' })),
  entry(endpoints.changeGate, 'gate-changed', () => ({ about: '' })),
  entry(endpoints.makeCodes, 'codes-made', ({ answer }) => ({ about: '', changes: { count: answer.codes.length } })),
  entry(endpoints.revokeUnusedCodes, 'code-ended', () => ({ about: '' })),
  entry(endpoints.revokeCode, 'code-ended', () => ({ about: '' })),
  entry(endpoints.arrangeShelf, 'shelf-arranged', ({ answer }) => ({ about: '', changes: { count: answer.shelf.length } })),
  entry(endpoints.shelveProduct, 'shelf-added', ({ params, answer }) => ({ about: namesOf([params.productId], answer.shelf) })),
  entry(endpoints.pinProducts, 'pins-set', ({ answer }) => ({ about: namesOf(answer.pins, answer.shelf) })),
  entry(endpoints.createProduct, 'product-added', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.name })),
  entry(endpoints.changeProduct, 'product-changed', ({ body, answer }) => ({
    sellerId: answer.sellerId,
    about: answer.name,
    changes: body.archived === undefined ? {} : { archived: body.archived },
  })),
  entry(endpoints.addVariant, 'variant-added', ({ body, answer: { sellerId, name, currency } }) => ({
    sellerId,
    about: goods(name, body.label),
    changes: { priceMinor: body.priceMinor, currency, stock: body.stock },
  })),
  entry(endpoints.changeVariant, 'variant-changed', ({ params, body, answer: { sellerId, name, currency, variants } }) => ({
    sellerId,
    about: goods(name, variants.find(({ id }) => id === params.variantId)?.label),
    changes: {
      ...(body.priceMinor === undefined ? {} : { priceMinor: body.priceMinor, currency }),
      ...(body.stock === undefined ? {} : { stock: body.stock }),
      ...(body.stockDelta === undefined ? {} : { stockDelta: body.stockDelta }),
      ...(body.archived === undefined ? {} : { archived: body.archived }),
    },
  })),
  entry(endpoints.moveOrder, 'order-moved', ({ answer }) => ({ sellerId: answer.sellerId, about: String(answer.number), changes: { to: answer.state } })),
  entry(endpoints.cancelOrder, 'order-moved', ({ answer }) => ({ sellerId: answer.sellerId, about: String(answer.number), changes: { to: answer.state } })),
  entry(endpoints.undoOrderMove, 'order-undone', ({ answer }) => ({ sellerId: answer.sellerId, about: String(answer.number), changes: { to: answer.state } })),
  entry(endpoints.moveDeskOrders, 'orders-moved', ({ body, answer: { moved } }) => moved[0] && { sellerId: moved[0].sellerId, about: numbersOf(moved), changes: { to: body.to, count: moved.length } }),
  entry(endpoints.undoDeskBatch, 'order-undone', ({ answer: { undone } }) => undone[0] && { sellerId: undone[0].sellerId, about: numbersOf(undone), changes: { to: undone[0].state } }),
  entry(endpoints.exportOrders, 'orders-exported', () => ({ about: '' })),
  entry(endpoints.exportMoney, 'money-exported', () => ({ about: '' })),
  entry(endpoints.refundPayment, 'refunded', ({ body, answer: { sellerId, number, currency, money } }) => ({
    sellerId,
    about: String(number),
    changes: { priceMinor: body.amountMinor ?? money.refundedMinor + money.refundingMinor, currency },
  })),
  entry(endpoints.importProducts, 'products-imported', ({ query, answer: { counts } }) => (query.apply === 'true' ? { about: '', changes: { count: counts.new + counts.changed } } : undefined)),
  entry(endpoints.changeDeliveryRules, 'delivery-changed', () => ({ about: '' })),
  entry(endpoints.changeWays, 'ways-changed', ({ body }) => (body.stock?.policy === undefined ? { about: '' } : { action: 'stock-policy-changed', about: '', changes: { policy: body.stock.policy } })),
  entry(endpoints.setCardAccount, 'card-account-changed', () => ({ about: '' })),
  entry(endpoints.changeSellerRecord, 'record-changed', () => ({ about: '' })),
  entry(endpoints.setWebhook, 'webhook-changed', () => ({ about: '' })),
  entry(endpoints.removeWebhook, 'webhook-changed', () => ({ about: '' })),
  ...([endpoints.startFlashSale, endpoints.startGroupBuy, endpoints.startAuction, endpoints.openDraw] as const).map((spec) => entry(spec, 'promotion-started', ({ answer }) => ({ about: answer.title }))),
  entry(endpoints.openCoupon, 'promotion-started', ({ answer }) => ({ about: answer.coupon.title })),
  entry(endpoints.changeCoupon, 'promotion-changed', ({ answer }) => ({ about: answer.coupon.title })),
  entry(endpoints.offerToNextBidder, 'promotion-changed', ({ answer }) => ({ about: answer.auction.title })),
  entry(endpoints.drawNow, 'promotion-ended', ({ answer }) => ({ about: answer.title })),
  entry(endpoints.markPrize, 'prize-sent', ({ params, body, answer }) => ({ ...(body.isSent ? {} : { action: 'prize-not-sent' as const }), about: answer.title, changes: { count: Number(params.place) + 1 } })),
  entry(endpoints.endPromotion, 'promotion-ended', ({ answer }) => ({ about: answer.title })),
  entry(endpoints.addLot, 'lot-changed', ({ answer }) => ({ about: answer.name, variantId: answer.variantId })),
  entry(endpoints.changeLot, 'lot-changed', ({ answer }) => ({ about: answer.name, variantId: answer.variantId })),
  entry(endpoints.closeWaitlist, 'waitlist-closed', () => ({ about: '' })),
  entry(endpoints.changeCodes, 'codes-changed', () => ({ about: '' })),
  entry(endpoints.createCourier, 'courier-added', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.name })),
  entry(endpoints.changeCourier, 'courier-changed', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.name })),
  entry(endpoints.takeCourierCash, 'cash-taken', ({ body, answer: { courier } }) => ({ sellerId: courier.sellerId, about: courier.name, changes: { priceMinor: body.amountMinor } })),
  entry(endpoints.takeBackCourierCash, 'cash-undone', ({ answer: { courier } }) => ({ sellerId: courier.sellerId, about: courier.name })),
  entry(endpoints.createLink, 'helper-invited', ({ answer }) => ({ about: answer.name })),
  entry(endpoints.changeLink, 'helper-changed', ({ answer }) => ({ about: answer.name })),
  entry(endpoints.revokeLink, 'helper-ended', () => ({ about: '' })),
  entry(endpoints.changeSeller, 'seller-changed', ({ answer }) => ({ sellerId: answer.id, about: answer.name })),
  entry(endpoints.startRehearsal, 'rehearsal-started', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.show.title })),
  entry(endpoints.goLive, 'went-live', ({ body, answer }) => ({ sellerId: answer.sellerId, about: answer.show.title, changes: { count: body.prices.length } })),
  entry(endpoints.undoGoLive, 'went-live-undone', ({ answer }) => ({ sellerId: answer.sellerId, about: answer.show.title })),
  entry(endpoints.answerCoach, 'coach-answered', ({ params, body, answer }) => ({ about: answer.coaches.find(({ coachId }) => coachId === params.coachId)?.name ?? '', changes: { to: body.isAllowed ? 'allowed' : 'ended' } })),
  entry(endpoints.exportChat, 'chat-exported', () => ({ about: '' })),
]);

/** What the log says of a call; undefined: it keeps nothing of it. */
export function saidOf(call: EndpointCallMade): (Said & { action: StaffAction }) | undefined {
  const found = told.get(call.spec);
  const said = found?.say(call);
  return found && said && { action: found.action, ...said };
}

/** For the test that no call of the staff is forgotten. */
export const toldEndpoints: ReadonlySet<EndpointSpec> = new Set(told.keys());
