// Owns whether this device is counted, and whether it may be known again in another show: the person's choice first, then the page's.
import { type DeviceStorage, Kept } from '../show/index.ts';

/** `off`: nothing is sent. `show`: counted by an id for this show alone. `known`: the person agrees to be known again in other shows. */
export type Counting = 'off' | 'show' | 'known';

const words: readonly string[] = ['off', 'show', 'known'] satisfies Counting[];
const choice = (storage: DeviceStorage) => new Kept<Counting>(storage, 'counting', (value) => words.includes(value as string));

/** What the person has chosen on this device; null before. */
export const readCounting = (storage: DeviceStorage): Counting | null => choice(storage).read();

/** Remembers a choice on this device; answers whether it will be there after a reload. */
export function keepCounting(storage: DeviceStorage, counting: Counting): boolean {
  return choice(storage).write(counting);
}

/** Whether the page around has switched counting off, which no choice switches on again. */
export function isCountingRefused(element: Element): boolean {
  return pageCounting(element) === 'off';
}

export function countingOf(element: Element, storage: DeviceStorage): Counting {
  const page = pageCounting(element);
  if (page === 'off') return 'off';
  const chosen = readCounting(storage);
  if (chosen) return chosen;
  // https://w3c.github.io/gpc/: nobody who asks not to be passed on is made known by a page.
  const asksNotTo = (navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  return page === 'known' && !asksNotTo ? 'known' : 'show';
}

/** The attribute `counting` of the nearest element that carries it, through shadow trees. */
function pageCounting(element: Element): string | null {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    const word = node instanceof Element ? node.getAttribute('counting') : null;
    if (word !== null) return word;
  }
  return null;
}
