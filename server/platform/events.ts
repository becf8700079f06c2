// Owns the in-process bus: facts in the past tense, published after they are true. Publishers do not know who listens.

/** A map from fact name to its payload, e.g. `{ 'order.placed': OrderFact }`. */
export type FactMap = object;

export type FaultHandler = (fact: string, error: unknown) => void;

export class Bus<Facts extends FactMap> {
  // Keyed by plain strings, so that a bus of all facts can be handed to a module that knows only its own.
  readonly #listeners = new Map<PropertyKey, Set<(payload: never) => unknown>>();
  readonly #onFault: FaultHandler;

  constructor(onFault: FaultHandler) {
    this.#onFault = onFault;
  }

  /** Listens to a fact; the returned function stops listening. */
  on<K extends keyof Facts>(fact: K, listener: (payload: Facts[K]) => unknown): () => void {
    let listeners = this.#listeners.get(fact);
    if (!listeners) this.#listeners.set(fact, (listeners = new Set()));
    listeners.add(listener as (payload: never) => unknown);
    return () => listeners.delete(listener as (payload: never) => unknown);
  }

  /** Tells all listeners, in the order they came. One that throws or rejects is reported and stops nobody else. */
  emit<K extends keyof Facts>(fact: K, payload: Facts[K]): void {
    for (const listener of this.#listeners.get(fact) ?? []) {
      try {
        const outcome = (listener as (payload: Facts[K]) => unknown)(payload);
        if (outcome instanceof Promise) outcome.catch((error: unknown) => this.#onFault(String(fact), error));
      } catch (error) {
        this.#onFault(String(fact), error);
      }
    }
  }
}
