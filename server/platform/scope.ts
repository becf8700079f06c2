// Owns the ends of long-lived things: whoever starts a timer, socket, process or listener registers its end here on the next line.

export type Closer = () => unknown;

export class Scope {
  readonly #closers: Closer[] = [];
  #closing: Promise<void> | undefined;

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** Registers a closer; the returned function runs it early, once. In a scope that is closed already it runs at once. */
  add(closer: Closer): () => void {
    if (this.isClosed) {
      void closer();
      return () => undefined;
    }
    this.#closers.push(closer);
    return () => {
      const index = this.#closers.indexOf(closer);
      if (index < 0) return;
      this.#closers.splice(index, 1);
      void closer();
    };
  }

  /** Closes newest first, once; a closer that fails stops nobody else, its error is thrown at the end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const faults: unknown[] = [];
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      try {
        await closer();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'closing failed');
  }
}
