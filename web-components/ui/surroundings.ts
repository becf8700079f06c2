// Owns what a card asks of the tags around it: open the cart, and whether the page sells through a cart of its own.

interface Around {
  openCart?: () => void;
  provideProducts?: unknown;
}

/** The elements that an element stands in, its shadow hosts among them, the nearest first. */
function* around(element: Element): Generator<Element & Around> {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (node instanceof Element && node !== element) yield node;
  }
}

/** Opens the cart of the one tag around. @returns whether there is one; a page that places its checkout itself shows it anyway */
export function openCartAround(element: Element): boolean {
  for (const each of around(element)) {
    if (typeof each.openCart !== 'function') continue;
    each.openCart();
    return true;
  }
  return false;
}

/** Whether the shop's page keeps prices and cart itself: what this server would take off is not taken off there. */
export function isHostShop(element: Element): boolean {
  for (const each of around(element)) if (typeof each.provideProducts === 'function') return true;
  return false;
}
