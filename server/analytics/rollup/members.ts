// Owns an exact set of a show's devices: one bit a device, which for 14,000 of them is less than 2 kB.

export class Members {
  #bits: Uint8Array;

  constructor(bits: Uint8Array = new Uint8Array(0)) {
    this.#bits = bits;
  }

  /** False when it was in already. */
  add(device: number): boolean {
    const index = device >> 3;
    const bit = 1 << (device & 7);
    if (index >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(16, index + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    const before = this.#bits[index] as number;
    this.#bits[index] = before | bit;
    return (before & bit) === 0;
  }

  get count(): number {
    let count = 0;
    for (let byte of this.#bits) for (; byte !== 0; byte &= byte - 1) count += 1;
    return count;
  }

  /** Bytes to keep, without empty ones at the end. */
  bytes(): Uint8Array {
    let length = this.#bits.length;
    while (length > 0 && this.#bits[length - 1] === 0) length -= 1;
    return this.#bits.slice(0, length);
  }

  /** How many are in both. */
  static common(a: Members, b: Members): number {
    return new Members(a.#bits.map((byte, index) => byte & (b.#bits[index] ?? 0))).count;
  }

  /** Whoever is in one of them. */
  static union(sets: readonly Members[]): Members {
    const bits = new Uint8Array(Math.max(0, ...sets.map((set) => set.#bits.length)));
    for (const set of sets) for (const [index, byte] of set.#bits.entries()) bits[index] = (bits[index] as number) | byte;
    return new Members(bits);
  }
}
