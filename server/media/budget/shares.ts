// Owns fairness among shows: whose turn it is next, and how much each would get.

export interface Contender {
  /** The smallest comes next; asked again after each of its turns. */
  readonly key: number;
  /** Decides between equal keys. */
  readonly since: number;
}

/** The contender with the smallest key first, in log n: a binary heap of those that have something left. */
export class Turns<T extends Contender> {
  readonly #heap: T[] = [];

  constructor(contenders: readonly T[]) {
    for (const contender of contenders) this.#push(contender);
  }

  /** Takes the next one out. */
  next(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#heap[0] = last;
    this.#sink();
    return first;
  }

  /** Puts one that was taken out back in, with its new key. */
  again(contender: T): void {
    this.#push(contender);
  }

  #push(contender: T): void {
    const heap = this.#heap;
    let at = heap.push(contender) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at] as T, heap[above] as T)) return;
      [heap[at], heap[above]] = [heap[above] as T, heap[at] as T];
      at = above;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < heap.length && isBefore(heap[below] as T, heap[least] as T)) least = below;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least] as T, heap[at] as T];
      at = least;
    }
  }
}

function isBefore(a: Contender, b: Contender): boolean {
  return a.key === b.key ? a.since < b.since : a.key < b.key;
}

/** Equal shares of `total`; what one does not need goes to the others (max-min fairness). @returns one for each of `needs` */
export function fairShares(total: number, needs: readonly number[]): number[] {
  const shares = needs.map(() => 0);
  const order = needs.map((need, index) => ({ need, index })).toSorted((a, b) => a.need - b.need);
  let left = total;
  for (const [taken, { need, index }] of order.entries()) {
    const share = Math.min(need, left / (order.length - taken));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
