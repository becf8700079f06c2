// Owns what a host has before their eyes: the card of what is pinned, the step of the script, what has been said of it. No drawing.
import type { CueCard } from '../../../server/protocol/cue-cards.ts';
import { listCueCards, listScripts, readScript } from '../../../server/protocol/endpoints.ts';
import { minorUnitExponent } from '../../../server/protocol/money-format.ts';
import { saysPrice } from '../../../server/protocol/price-said.ts';
import type { Script, ScriptStep } from '../../../server/protocol/scripts.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import type { Locale } from '../../i18n/localize.ts';
import { type Failure, Watchable } from '../../show/index.ts';
import type { StaffRoom } from '../room/segments.ts';
import { fillCue } from './cue-fill.ts';
import { type Place, stepForPin } from './run-of-show.ts';
import { lineReached, tokensOf } from './voice-scroll.ts';

export type PrompterView = 'card' | 'script';

/** Of a fact's words heard before it counts as said. */
const FACT_SAID = 0.6;
/** So much of what was heard last is compared; a sentence ago is long over. */
const HEARD_SIGNS = 160;

export class Prompter extends Watchable {
  cards: ReadonlyMap<string, CueCard> = new Map();
  script: Script | null = null;
  /** Whether this show's host is to be measured. */
  isMeasured = false;
  fault: Failure | null = null;
  isLoaded = false;
  view: PrompterView = 'card';
  place: Place = { index: 0, since: null };
  /** The line that is being said. */
  line = 0;
  /** What has been said of the pinned product: `price`, or a fact by its number. */
  readonly said = new Set<'price' | number>();
  /** A price was said, by voice or by a tick. */
  onPriceSaid: (productId: string) => void = () => undefined;
  readonly #room: StaffRoom;
  #lang: Locale;
  #pinnedId: string | null = null;
  #heard = '';
  #asked = 0;
  readonly #stops: (() => void)[];

  constructor(room: StaffRoom, lang: Locale) {
    super();
    this.#room = room;
    this.#lang = lang;
    this.#stops = [
      room.client.on('cues.changed', ({ showId }) => showId === room.showId && void this.load()),
      room.store.subscribe(() => this.#shelfChanged()),
    ];
    this.#shelfChanged();
  }

  get product(): Product | null {
    const { snapshot } = this.#room.store;
    return snapshot?.shelf.find(({ id }) => id === snapshot.pins[0]) ?? null;
  }

  get card(): CueCard | null {
    const { product } = this;
    return product ? (this.cards.get(product.id) ?? null) : null;
  }

  get step(): ScriptStep | null {
    return this.script?.steps[this.place.index] ?? null;
  }

  /** What stands there to be said. */
  get lines(): string[] {
    return (this.view === 'script' ? (this.step?.lines ?? []) : (this.card?.lines ?? [])).map((line) => this.say(line));
  }

  get now(): number {
    return this.#room.store.serverNow();
  }

  set lang(lang: Locale) {
    if (lang === this.#lang) return;
    this.#lang = lang;
    void this.load();
  }

  /** A line with the words for what is true now. */
  say(line: string): string {
    const { step, product } = this;
    const { snapshot } = this.#room.store;
    const about = this.view === 'script' && step?.productId ? (snapshot?.shelf.find(({ id }) => id === step.productId) ?? product) : product;
    return this.fill(line, about);
  }

  /** A line as it would be read now. @param product null: about no product in particular */
  fill(line: string, product: Product | null): string {
    return fillCue(line, product, this.#room.store.snapshot?.show.sellerName ?? '', this.#lang);
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const { client, showId } = this.#room;
    const [cards, scripts] = await Promise.all([client.call(listCueCards, { params: { showId }, query: { lang: this.#lang } }), client.call(listScripts, { params: { showId } })]);
    const usedId = scripts.ok ? scripts.value.usedId : null;
    const script = usedId === null ? null : await client.call(readScript, { params: { showId, scriptId: usedId }, query: {} });
    if (mine !== this.#asked) return;
    this.fault = cards.ok ? null : cards.error;
    if (cards.ok) {
      this.cards = new Map(cards.value.cards.map((card) => [card.productId, card]));
      this.isMeasured = cards.value.isMeasured;
      this.isLoaded = true;
    }
    if (scripts.ok && (script === null || script.ok)) {
      const isOther = script?.value.id !== this.script?.id;
      this.script = script?.value ?? null;
      if (isOther) {
        this.place = { index: 0, since: null };
        this.view = this.script ? 'script' : 'card';
        this.line = 0;
      } else this.place = { ...this.place, index: Math.min(this.place.index, Math.max(0, (this.script?.steps.length ?? 1) - 1)) };
    }
    this.changed();
  }

  show(view: PrompterView): void {
    this.view = view;
    this.line = 0;
    this.changed();
  }

  goTo(index: number): void {
    const count = this.script?.steps.length ?? 0;
    if (index < 0 || index >= count) return;
    this.place = { index, since: this.now };
    this.line = 0;
    this.#heard = '';
    this.changed();
  }

  /** The first step's time begins with the show. */
  began(): void {
    if (this.place.since !== null || !this.script) return;
    this.place = { ...this.place, since: this.now };
    this.changed();
  }

  goToLine(line: number): void {
    if (line === this.line) return;
    this.line = line;
    this.changed();
  }

  /** The host says that they have said it, or not after all. */
  tick(what: 'price' | number): void {
    if (this.said.has(what)) this.said.delete(what);
    else {
      this.said.add(what);
      if (what === 'price' && this.product) this.onPriceSaid(this.product.id);
    }
    this.changed();
  }

  /** Something was said; all of the sentence so far. @param isFinal the sentence is over */
  hear(text: string, isFinal: boolean): void {
    const heard = `${this.#heard} ${text}`.slice(-HEARD_SIGNS);
    if (isFinal) this.#heard = heard;
    const { product, card } = this;
    const before = this.said.size;
    if (product && !this.said.has('price') && saysPrice(text, product.variants.map(({ priceMinor, unit }) => ({ priceMinor, unit, exponent: minorUnitExponent(product.currency) })))) {
      this.said.add('price');
      this.onPriceSaid(product.id);
    }
    const words = new Set(tokensOf(heard));
    for (const [index, fact] of (card?.mustSay ?? []).entries()) {
      const tokens = tokensOf(fact);
      if (tokens.length > 0 && tokens.filter((token) => words.has(token)).length / tokens.length >= FACT_SAID) this.said.add(index);
    }
    const line = lineReached(this.lines, heard, this.line);
    if (line === this.line && before === this.said.size) return;
    this.line = line;
    this.changed();
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #shelfChanged(): void {
    const { snapshot } = this.#room.store;
    const pinnedId = snapshot?.pins[0] ?? null;
    if (pinnedId !== this.#pinnedId) {
      this.#pinnedId = pinnedId;
      this.said.clear();
      this.line = 0;
      this.#heard = '';
      const step = pinnedId === null || !this.script ? null : stepForPin(this.script.steps, this.place.index, pinnedId);
      if (step !== null && step !== this.place.index) this.place = { index: step, since: this.now };
    }
    // Something came onto the shelf: it has a card too.
    if (this.isLoaded && snapshot?.shelf.some(({ id }) => !this.cards.has(id))) void this.load();
    this.changed();
  }
}
