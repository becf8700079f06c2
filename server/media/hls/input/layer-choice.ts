// Owns which simulcast layer the viewers get: the highest that flows. Senders stop and start layers as their uplink allows.

/** Without a packet for this long a layer has been stopped. */
const STOPPED_AFTER_MS = 700;
/** A layer that has just come back often goes again. */
const SETTLED_AFTER_MS = 2_000;

interface Flow {
  since: number;
  last: number;
}

export class LayerChoice {
  readonly #flows: (Flow | undefined)[];

  constructor(layers: number) {
    this.#flows = Array.from({ length: layers }, () => undefined);
  }

  arrived(layer: number, now: number): void {
    const flow = this.#flows[layer];
    if (flow && now - flow.last < STOPPED_AFTER_MS) flow.last = now;
    else this.#flows[layer] = { since: now, last: now };
  }

  /** @param current the layer shown now; undefined before the first picture */
  best(current: number | undefined, now: number): number | undefined {
    const isFlowing = (layer: number) => now - (this.#flows[layer]?.last ?? Number.NEGATIVE_INFINITY) < STOPPED_AFTER_MS;
    for (let layer = this.#flows.length - 1; layer >= 0; layer -= 1) {
      if (layer === current && isFlowing(layer)) return layer;
      const isBetter = current !== undefined && layer > current && isFlowing(current);
      if (isFlowing(layer) && (!isBetter || now - (this.#flows[layer] as Flow).since >= SETTLED_AFTER_MS)) return layer;
    }
    return current;
  }
}
