// Owns the least way for a DOM-free object to say "I changed"; a failing listener does not stop the others.

export class Watchable {
  #listeners = new Set<() => void>();

  /** Calls back after every change; answers the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (fault) {
        reportError(fault);
      }
    }
  }
}
