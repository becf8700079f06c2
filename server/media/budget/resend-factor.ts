// Owns how much more leaves than was planned: packets sent again, probes and reports. A few transports are asked at a time, in turn, and
// what they have sent is held against what the producers' counters promised of them: a question to each viewer every second would cost
// 2 % of a core at 300 viewers (0.06 ms each), this costs a tenth of that.
import type { TransportReading } from '../transport.ts';
import type { Seat } from './seat.ts';

/** UDP and IPv4: what a transport does not count itself. */
export const DATAGRAM_BYTES = 28;
/** With each reading; half of it is forgotten in 17 s. An answer that waited to be read must not weigh much. */
const FADING = 0.99;
/** Less says nothing. */
const LEAST_BYTES = 30_000;
/** More is no retransmission: that is half of all packets lost. */
const MOST = 2;
/** Each transport is asked every so many readings, and no more than so many at a time. */
const [ASKED_EVERY, ASKED_AT_ONCE] = [8, 10];

interface Account {
  /** As the transport counts: without UDP and IP. */
  expectedBytes: number;
  sentBytes: number | undefined;
  /** Tracks and layers at the last reading. */
  sending: string;
  /** Something began or ended between two readings, where nobody saw how much of it was sent. */
  isBlurred: boolean;
}

export class ResendFactor {
  readonly #accounts = new WeakMap<object, Account>();
  #expected = 0;
  #sent = 0;

  /** Measured by planned, at least 1. */
  get value(): number {
    return this.#expected < LEAST_BYTES ? 1 : Math.min(MOST, Math.max(1, this.#sent / this.#expected));
  }

  /**
   * The counters say that this was sent to a viewer.
   * @param session whose transport will be asked some day
   * @param sending names the tracks and layers; what has just changed is left out of the comparison
   */
  expect(session: object, sending: string, bytes: number, packets: number): void {
    const account = this.#account(session);
    account.expectedBytes += bytes - packets * DATAGRAM_BYTES;
    if (account.sending !== sending) account.isBlurred = true;
    account.sending = sending;
  }

  /** Once for each reading. */
  fade(): void {
    this.#expected *= FADING;
    this.#sent *= FADING;
  }

  /** A transport has answered. */
  compare(session: object, reading: TransportReading): void {
    const account = this.#account(session);
    if (account.sentBytes !== undefined && !account.isBlurred) {
      this.#expected += account.expectedBytes;
      this.#sent += reading.bytesSent - account.sentBytes;
    }
    account.sentBytes = reading.bytesSent;
    account.expectedBytes = 0;
    account.isBlurred = false;
  }

  #account(session: object): Account {
    let account = this.#accounts.get(session);
    if (!account) this.#accounts.set(session, (account = { expectedBytes: 0, sentBytes: undefined, sending: '', isBlurred: false }));
    return account;
  }
}

/** Takes some of `seats` in turn, so that each is taken again and again. */
export class Rota {
  #at = 0;

  take(seats: readonly Seat[]): Seat[] {
    if (seats.length === 0) return [];
    const most = Math.min(ASKED_AT_ONCE, Math.ceil(seats.length / ASKED_EVERY));
    const taken = Array.from({ length: most }, (_, n) => seats[(this.#at + n) % seats.length] as Seat);
    this.#at = (this.#at + most) % seats.length;
    return taken;
  }
}
