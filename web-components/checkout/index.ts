// Owns the export list of cart, checkout and the order's page; loading it registers the checkout's own part for coupons.
import { define } from '../ui/index.ts';
import { FieldcastCouponField } from './coupon-field.ts';

export { FieldcastCheckout } from './fieldcast-checkout.ts';
export { FieldcastOrder } from './fieldcast-order.ts';

define('fieldcast-coupon-field', FieldcastCouponField);
