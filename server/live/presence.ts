// Owns who is in which show right now, by identity: two tabs or a reconnect of one device are one viewer.

export class Presence {
  readonly #shows = new Map<string, Map<string, number>>();

  /** Counts a connection in; the returned function counts it out, once. */
  enter(showId: string, identity: string): () => void {
    let identities = this.#shows.get(showId);
    if (!identities) this.#shows.set(showId, (identities = new Map()));
    identities.set(identity, (identities.get(identity) ?? 0) + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      const left = (identities.get(identity) ?? 1) - 1;
      if (left > 0) identities.set(identity, left);
      else identities.delete(identity);
      if (identities.size === 0 && this.#shows.get(showId) === identities) this.#shows.delete(showId);
    };
  }

  viewers(showId: string): number {
    return this.#shows.get(showId)?.size ?? 0;
  }

  /** Who is in a show, each once. */
  identities(showId: string): string[] {
    return [...(this.#shows.get(showId)?.keys() ?? [])];
  }

  total(): number {
    let total = 0;
    for (const identities of this.#shows.values()) total += identities.size;
    return total;
  }
}
