// Owns which language an element speaks: its own or the nearest ancestor's `lang`, then the browser's, then English.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Currency, formatMoney } from '../../server/protocol/money-format.ts';

/** Languages that every catalogue has. */
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** One catalogue per language, all of the type of the English one. */
export type Catalogues<M> = Readonly<Record<Locale, M>>;

/** The first wish (BCP 47 tags, best first) that a catalogue can meet; English when none can. */
export function pickLocale(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.trim().toLowerCase().split(/[-_]/)[0];
    if (language === 'zh') return 'zh-CN';
    if (language === 'en') return 'en';
  }
  return 'en';
}

function parentOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : ((node as Element).assignedSlot ?? node.parentNode);
}

function nearestLang(start: Element): string | null {
  for (let node: Node | null = start; node; node = parentOf(node)) {
    const lang = node instanceof Element ? node.getAttribute('lang') : null;
    if (lang) return lang;
  }
  return null;
}

/**
 * Reactive controller that gives an element its words, and redraws it when a `lang` around it changes.
 *
 * `new Localize(this, { en, 'zh-CN': zhCN })`, then `this.localize.text.player.tapForSound`.
 */
export class Localize<M> implements ReactiveController {
  #host: ReactiveControllerHost & Element;
  #catalogues: Catalogues<M>;
  #observer: MutationObserver | null = null;
  #locale: Locale = 'en';

  constructor(host: ReactiveControllerHost & Element, catalogues: Catalogues<M>) {
    this.#host = host;
    this.#catalogues = catalogues;
    host.addController(this);
  }

  get locale(): Locale {
    return this.#locale;
  }

  /** The catalogue of the present language. */
  get text(): M {
    return this.#catalogues[this.#locale];
  }

  /** An amount in minor units as people write it here, e.g. `¥129.00`. */
  money(amountMinor: number, currency: Currency): string {
    return formatMoney(amountMinor, currency, this.#locale);
  }

  /** A moment (ms since epoch) as a short day and time, e.g. `Sat 14 Jun, 19:30`. */
  dateTime(atMs: number): string {
    return new Intl.DateTimeFormat(this.#locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(atMs);
  }

  /** A day (ms since epoch), e.g. `14 Jun`. */
  date(atMs: number): string {
    return new Intl.DateTimeFormat(this.#locale, { day: 'numeric', month: 'short' }).format(atMs);
  }

  /** A whole number, grouped as people write it here. */
  number(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#refresh());
    // An observer of the document does not see into shadow trees, so each root on the way up is observed.
    for (let root = this.#host.getRootNode(); ; root = (root as ShadowRoot).host.getRootNode()) {
      this.#observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
      if (!(root instanceof ShadowRoot)) break;
    }
    this.#refresh();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #refresh(): void {
    const next = pickLocale([nearestLang(this.#host), ...navigator.languages]);
    if (next === this.#locale) return;
    this.#locale = next;
    this.#host.requestUpdate();
  }
}
