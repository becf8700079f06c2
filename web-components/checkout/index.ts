// Owns the export list of cart, checkout and the order's page.
export { FieldcastCheckout } from './fieldcast-checkout.ts';
export { FieldcastOrder } from './fieldcast-order.ts';
