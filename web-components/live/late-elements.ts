// Owns when ordering and chat come: together they are half of the bundle, and the first picture does not wait for them.
import { define } from '../ui/index.ts';

interface Late {
  tags: readonly string[];
  load: () => Promise<void>;
}

const groups = {
  checkout: {
    tags: ['fieldcast-checkout', 'fieldcast-order'],
    load: async () => {
      // Whoever orders has opened a product before; the shelf finds its file there already.
      void import('../shelf/product-page.ts').catch(() => undefined);
      const { FieldcastCheckout, FieldcastOrder } = await import('../checkout/index.ts');
      define('fieldcast-order', FieldcastOrder);
      define('fieldcast-checkout', FieldcastCheckout);
    },
  },
  chat: {
    tags: ['fieldcast-chat'],
    load: async () => define('fieldcast-chat', (await import('../chat/index.ts')).FieldcastChat),
  },
  captions: {
    tags: ['fieldcast-captions'],
    load: async () => {
      const { FieldcastCaptions, FieldcastCaptionsButton } = await import('../captions/index.ts');
      define('fieldcast-captions', FieldcastCaptions);
      define('fieldcast-captions-button', FieldcastCaptionsButton);
    },
  },
  room: {
    tags: ['fieldcast-hearts'],
    load: async () => {
      const { FieldcastHearts, FieldcastStage } = await import('../room/index.ts');
      define('fieldcast-hearts', FieldcastHearts);
      define('fieldcast-stage', FieldcastStage);
    },
  },
  promotions: {
    tags: ['fieldcast-promotions'],
    load: async () => (await import('../promotions/index.ts')).definePromotions(),
  },
} as const satisfies Record<string, Late>;

type Group = keyof typeof groups;

const loading = new Map<string, Promise<void>>();

/** Does what loads a group, once. A failed download is tried again by the next call. */
export function loadOnce(name: string, work: () => Promise<void>): Promise<void> {
  let load = loading.get(name);
  if (!load) {
    load = work().catch(() => void loading.delete(name));
    loading.set(name, load);
  }
  return load;
}

/** Loads and registers a group of elements. */
export function loadLate(group: Group): Promise<void> {
  return loadOnce(group, groups[group].load);
}

/** Loads a group as soon as one of its elements stands in the page, be it from the start or put in later by a script. */
export function loadLateWhenSeen(): void {
  // Live collections: reading their length costs nothing, however often the page changes.
  const waiting = new Map((Object.keys(groups) as Group[]).map((group) => [group, groups[group].tags.map((tag) => document.getElementsByTagName(tag))]));
  const look = (): void => {
    for (const [group, found] of waiting) {
      if (!found.some(({ length }) => length > 0)) continue;
      waiting.delete(group);
      void loadLate(group);
    }
    if (waiting.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
}
