// Owns what can go wrong on the way to Stripe and back, one request at a time.

export type FaultKind =
  /** Answered after `delayMs`. */
  | 'slow'
  /** 429, nothing happens. */
  | 'rate-limited'
  /** 500 before anything happens; kept under the idempotency key, as Stripe does. */
  | 'fault'
  /** It happens, and the answer is 500 all the same; kept too. */
  | 'fault-after'
  /** Never answered, nothing happens. */
  | 'black-hole'
  /** It happens, and nobody is told. */
  | 'answer-lost'
  /** The connection is cut before anything happens. */
  | 'reset'
  /** It happens, and the answer is cut in its middle. */
  | 'half-answer';

export interface Fault {
  kind: FaultKind;
  /** Requests that it meets; the rest is not touched. */
  of?: RegExp;
  /** How many of them; without end when missing. */
  times?: number;
  delayMs?: number;
}

/** Faults that wait for their request. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** @param request such as `POST /v1/refunds`. */
  take(request: string): Fault | undefined {
    const found = this.#waiting.find(({ fault, left }) => left > 0 && (fault.of?.test(request) ?? true));
    if (!found) return undefined;
    found.left -= 1;
    return found.fault;
  }
}
