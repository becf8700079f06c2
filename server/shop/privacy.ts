// Owns which parts of an order each role may see.
import type { Claims, Role } from '../protocol/access.ts';
import type { Order } from '../protocol/order.ts';
import { areaOf } from './payments/area-of.ts';

/** `13812341234` -> `138****1234`: enough to tell two buyers apart, too little to call one. Short numbers keep less. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  // Erased: there is nothing to mask.
  if (digits === '') return '';
  if (digits.length < 10) return `${digits.slice(0, 1)}****${digits.slice(-2)}`;
  return `${phone.startsWith('+') ? '+' : ''}${digits.slice(0, -8)}****${digits.slice(-4)}`;
}

/** `王小明` -> `王**`: enough to call somebody before others. */
export function maskName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first.toLocaleUpperCase('en')}**`;
}

/**
 * The order as a role sees it: whole for host and operator, with a masked phone for everyone else. Buyers are among them because
 * a helper knows the order's id from the list, and could read it there without signing in.
 */
export function viewOrder(order: Order, role: Role): Order {
  if (role === 'host' || role === 'operator') return order;
  return { ...order, buyer: { ...order.buyer, phone: maskPhone(order.buyer.phone) } };
}

/** Like {@link viewOrder}, for a caller: a helper who was not given orders sees no more of the address than its area either. */
export function viewFor({ claims }: { claims: Pick<Claims, 'role' | 'rights'> }, order: Order): Order {
  const seen = viewOrder(order, claims.role);
  if (claims.role !== 'helper' || claims.rights?.includes('orders')) return seen;
  return { ...seen, buyer: { ...seen.buyer, address: order.buyer.address === '' ? '' : `${areaOf(order.buyer.address)}****` } };
}
