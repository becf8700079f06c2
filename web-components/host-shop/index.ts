// Owns the export list of a shop's own cart, and the registration of what shows it. Loaded only where a page gives callbacks.
import { html, type TemplateResult } from 'lit';
import type { Visit } from '../show/index.ts';
import { define } from '../ui/index.ts';
import { FieldcastHostCart } from './fieldcast-host-cart.ts';
import { FieldcastHostNotice } from './fieldcast-host-notice.ts';
import type { HostShop } from './host-shop.ts';

export { HostShop } from './host-shop.ts';

define('fieldcast-host-cart', FieldcastHostCart);
define('fieldcast-host-notice', FieldcastHostNotice);

/** What stands in the place of the checkout. */
export function hostCart(shop: HostShop, visit: Visit): TemplateResult {
  return html`<fieldcast-host-cart .shop=${shop} .visit=${visit} exportparts="lines, line, checkout-button"></fieldcast-host-cart>`;
}

export function hostNotice(shop: HostShop): TemplateResult {
  return html`<fieldcast-host-notice .shop=${shop} exportparts="host-notice"></fieldcast-host-notice>`;
}
