// Owns when the elements for ordering come: they are a third of the bundle, and the first picture does not wait for them.
import { define } from '../ui/index.ts';

let loading: Promise<void> | null = null;

const tags = ['fieldcast-checkout', 'fieldcast-order'];

/** Loads them as soon as one of them stands in the page, be it from the start or put in later by a script. */
export function loadCheckoutWhenSeen(): void {
  // Live collections: reading their length costs nothing, however often the page changes.
  const found = tags.map((tag) => document.getElementsByTagName(tag));
  const look = (): void => {
    if (!found.some(({ length }) => length > 0)) return;
    observer.disconnect();
    void loadCheckout();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
}

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
