// Owns which networks of a show are told apart: the first few hundred, because each has rows of its own.

const MOST = 300;

export class Areas {
  readonly #known = new Set<string>();

  /** @returns the network, or nothing for one too many */
  take(area: string): string {
    if (area === '' || this.#known.has(area)) return area;
    if (this.#known.size >= MOST) return '';
    this.#known.add(area);
    return area;
  }
}
