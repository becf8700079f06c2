// Owns what a viewer sees in step with the picture: a late picture (HLS) gets the pins and the shelf of its own moment, not those of now.
import type { Product } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';

/** Safari's own player may be 20 s late; what is older than this is not a late picture but one that has stopped. */
const LATEST_MS = 30_000;
/** A picture's time is worked out from its frames and trembles; only a step back by more than this is one. */
const TREMBLE_MS = 500;
/** How often to look again at a picture that stands still. */
const LOOK_MS = 250;

interface Scene {
  /** Server clock, ms since epoch. */
  at: number;
  pins: string[];
  shelf: Product[];
}

/**
 * Stock shown is the lesser of then and now: what is gone is gone at once, what came in comes with the picture in which it is told.
 * Prices are those of the picture; cart and order take the present ones.
 */
function shelfOf({ shelf }: Scene, now: readonly Product[]): Product[] {
  const left = new Map(now.flatMap((product) => product.variants.map(({ id, stock }) => [id, stock] as const)));
  return shelf.map((product) => ({
    ...product,
    variants: product.variants.map((variant) => ({ ...variant, stock: Math.min(variant.stock, left.get(variant.id) ?? 0) })),
  }));
}

export interface PictureClockOptions {
  /** When the picture was recorded by the server's clock, null where that is now. */
  read: () => number | null;
  serverNow: () => number;
  /** What is shown has changed because the picture has come to it. */
  onMove: () => void;
}

export class PictureClock {
  #read: () => number | null;
  #serverNow: () => number;
  #onMove: () => void;
  /** Oldest first; the last one is the present. */
  #scenes: Scene[] = [];
  /** The one on the screen. */
  #scene: Scene | undefined;
  /** The one that everybody was told of. */
  #told: Scene | undefined;
  #shown: { latest: ShowSnapshot; scene: Scene; snapshot: ShowSnapshot } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ read, serverNow, onMove }: PictureClockOptions) {
    this.#read = read;
    this.#serverNow = serverNow;
    this.#onMove = onMove;
  }

  /** Server clock of what is on the screen, ms since epoch. */
  now(): number {
    const present = this.#serverNow();
    return Math.max(present - LATEST_MS, Math.min(this.#read() ?? present, present));
  }

  /** Takes the show as the server has it, and when it became so. */
  take({ pins, shelf }: ShowSnapshot, at: number): void {
    const last = this.#scenes.at(-1);
    if (last?.pins === pins && last.shelf === shelf) return;
    this.#scenes.push({ at, pins, shelf });
    const past = this.#serverNow() - LATEST_MS;
    while ((this.#scenes[1]?.at ?? Infinity) <= past) this.#scenes.shift();
    this.#told = this.#sceneNow();
    this.#arm();
  }

  /** The show with the pins and the shelf that belong to the picture; status and viewers are the present ones. */
  show(latest: ShowSnapshot): ShowSnapshot {
    const scene = this.#sceneNow();
    // Elements are drawn one after the other: those before this one are still at the old scene.
    if (scene !== this.#told) this.#arm(0);
    if (!scene || scene === this.#scenes.at(-1)) return latest;
    if (this.#shown?.latest !== latest || this.#shown.scene !== scene) {
      this.#shown = { latest, scene, snapshot: { ...latest, pins: scene.pins, shelf: shelfOf(scene, latest.shelf) } };
    }
    return this.#shown.snapshot;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #sceneNow(): Scene | undefined {
    const isLate = this.#read() !== null;
    const now = this.now();
    const at = this.#scene && this.#scene.at - now < TREMBLE_MS ? Math.max(now, this.#scene.at) : now;
    // Nothing to wait for when it is not late, whatever two clocks say about an event of this moment.
    this.#scene = isLate ? (this.#scenes.findLast((scene) => scene.at <= at) ?? this.#scenes[0]) : this.#scenes.at(-1);
    return this.#scene;
  }

  /** Looks again when the picture should have come to the next scene. */
  #arm(waitMs?: number): void {
    clearTimeout(this.#timer);
    const next = this.#scenes[this.#scenes.indexOf(this.#scene as Scene) + 1];
    const dueMs = waitMs ?? (next && Math.min(Math.max(next.at - this.now(), 20), LOOK_MS));
    if (dueMs !== undefined) this.#timer = setTimeout(() => this.#look(), dueMs);
  }

  #look(): void {
    const scene = this.#sceneNow();
    this.#arm();
    if (scene === this.#told) return;
    this.#told = scene;
    this.#onMove();
  }
}
