// Owns a socket.io socket of the tests' own, at the edge of LiveSocket: the test decides when it connects and what it answers.
import type { OpenRawSocket } from '../../../web-components/show/socket.ts';

type Listener = (...args: never[]) => void;
type Answer = (name: string, input: unknown) => unknown;

export class FakeSocket {
  connected = false;
  active = true;
  connects = 0;
  /** Answers commands; a promise that never settles is an ack that is lost. */
  answer: Answer = () => new Promise(() => undefined);
  asked: { name: string; input: unknown }[] = [];
  auth: object | null = null;
  #listeners = new Map<string, Set<Listener>>();
  #provideAuth: (done: (data: object) => void) => void = () => undefined;

  /** For `createClient({ openSocket })`. */
  readonly open: OpenRawSocket = (_serverUrl, provideAuth) => {
    this.#provideAuth = provideAuth;
    return this as never;
  };

  on(name: string, listener: Listener): void {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known.add(listener));
  }

  off(name: string, listener: Listener): void {
    this.#listeners.get(name)?.delete(listener);
  }

  connect(): void {
    this.connects += 1;
    this.#provideAuth((auth) => {
      this.auth = auth;
    });
  }

  disconnect(): void {
    this.lose();
  }

  timeout(timeoutMs: number): { emitWithAck(name: string, input: unknown): Promise<unknown> } {
    return {
      emitWithAck: (name, input) => {
        this.asked.push({ name, input });
        return Promise.race([
          Promise.resolve(this.answer(name, input)),
          new Promise((_, reject) => setTimeout(() => reject(new Error('operation has timed out')), timeoutMs)),
        ]);
      },
    };
  }

  /** The server has accepted the connection. */
  accept(): void {
    this.connected = true;
    this.tell('connect');
  }

  lose(): void {
    if (!this.connected) return;
    this.connected = false;
    this.tell('disconnect', 'transport close');
  }

  /** The server sends an event. */
  tell(name: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(args as never[]));
  }
}
