// Owns the packing list: what is to be put together for each logistics point or area, and what goes into each parcel.
import type { PackingPlace, SellerRecord } from '../../protocol/desk.ts';
import type { Order } from '../../protocol/order.ts';
import { areaOf } from '../payments/area-of.ts';
import { pointOf } from './record.ts';

type Goods = PackingPlace['goods'][number];

/** Where the parcel of an order goes: a point of the seller's, else the area of its address; empty where nothing can be told. */
export function placeOf(order: Order, points: SellerRecord['points']): { place: string; isPoint: boolean } {
  const point = pointOf(order.buyer.address, points);
  return point === undefined ? { place: areaOf(order.buyer.address), isPoint: false } : { place: point, isPoint: true };
}

/** Points in the order in which the seller has put them, then areas by name; orders by number. */
export function packingList(orders: readonly Order[], points: SellerRecord['points']): PackingPlace[] {
  const places = new Map<string, PackingPlace>();
  for (const order of [...orders].sort((a, b) => a.number - b.number)) {
    const { place, isPoint } = placeOf(order, points);
    const key = `${isPoint}:${place}`;
    const found = places.get(key) ?? { place, isPoint, goods: [], orders: [] };
    places.set(key, found);
    for (const { name, label, grade, unit, quantity } of order.lines) addUp(found.goods, { name, label, ...(grade ? { grade } : {}), unit, quantity });
    const goods = order.lines.map(({ name, label, grade, unit, quantity, lots }) => ({ name, label, ...(grade ? { grade } : {}), unit, quantity, ...(lots ? { lots } : {}) }));
    found.orders.push({ orderId: order.id, number: order.number, name: order.buyer.name, phone: order.buyer.phone, address: order.buyer.address, goods, note: order.note });
  }
  const rank = ({ place, isPoint }: PackingPlace): number => (isPoint ? points.findIndex(({ name }) => name === place) : points.length);
  return [...places.values()].sort((a, b) => rank(a) - rank(b) || a.place.localeCompare(b.place, 'zh-CN'));
}

function addUp(all: Goods[], more: Goods): void {
  const same = all.find(({ name, label, grade, unit }) => name === more.name && label === more.label && grade === more.grade && unit === more.unit);
  if (same) same.quantity += more.quantity;
  else all.push({ ...more });
}
