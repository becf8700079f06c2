// Owns when the elements for ordering come: they are a third of the bundle, and the first picture does not wait for them.
import { define } from '../ui/index.ts';

let loading: Promise<void> | null = null;

/** Loads and registers `<fieldcast-checkout>` and `<fieldcast-order>`, once. A failed download is tried again by the next call. */
export function loadCheckout(): Promise<void> {
  loading ??= import('../checkout/index.ts').then(
    ({ FieldcastCheckout, FieldcastOrder }) => {
      define('fieldcast-order', FieldcastOrder);
      define('fieldcast-checkout', FieldcastCheckout);
    },
    () => {
      loading = null;
    },
  );
  return loading;
}
