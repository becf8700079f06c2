// Owns the address to which a buyer comes back from an app or a bank, and that the page's own address keeps no secret of the way.

/** What Stripe writes into the address on the way back: the server is asked instead. */
const MARKS = ['payment_intent', 'payment_intent_client_secret', 'redirect_status', 'redirect_pm_type'];

/** The shop's page of the order where it has one, so that any browser finds it again; else this page. */
export function returnAddress(orderUrl: string, orderId: string): string {
  return orderUrl ? new URL(orderUrl.replace('{orderId}', encodeURIComponent(orderId)), location.href).href : withoutMarks(location.href);
}

/** Takes Stripe's marks out of the address bar: one of them lets whoever has it look at the payment. */
export function cleanAddress(): void {
  const clean = withoutMarks(location.href);
  if (clean !== location.href) history.replaceState(history.state, '', clean);
}

function withoutMarks(href: string): string {
  const url = new URL(href);
  const marks = MARKS.filter((mark) => url.searchParams.has(mark));
  for (const mark of marks) url.searchParams.delete(mark);
  // Untouched, it stays as the shop wrote it: taking nothing out would still write its query anew.
  return marks.length > 0 ? url.href : href;
}
