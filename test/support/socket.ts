// Owns a socket of a test: typed commands with their acknowledgement, and waiting for events without sleeping.
import { io, type Socket } from 'socket.io-client';
import type { CommandInput, CommandName, CommandResult } from '../../server/protocol/commands.ts';
import type { Result } from '../../server/protocol/errors.ts';
import type { EventName, EventPayload } from '../../server/protocol/events.ts';

export interface TestSocket {
  readonly raw: Socket;
  /** The acknowledgement as it came. */
  send<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandResult<N>>>;
  /** The value of the acknowledgement; throws the problem's code. */
  ask<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>>;
  /** The next event (from now on, or since the connection was made) that satisfies `test`. */
  next<N extends EventName>(name: N, test?: (payload: EventPayload<N>) => boolean): Promise<EventPayload<N>>;
  /** All events so far, in order. */
  readonly events: { name: string; payload: any }[];
  close(): void;
}

const PATIENCE_MS = 10_000;

/** @param headers of the handshake, as a browser or a proxy sends them */
export async function openSocket(url: string, token?: string, headers: Record<string, string> = {}): Promise<TestSocket> {
  const raw = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: token ? { token } : {}, extraHeaders: headers });
  const events: { name: string; payload: any }[] = [];
  const waiting = new Set<() => void>();
  raw.onAny((name: string, payload: unknown) => {
    events.push({ name, payload });
    for (const wake of waiting) wake();
  });
  await new Promise<void>((resolve, reject) => {
    raw.once('connect', resolve);
    raw.once('connect_error', reject);
  });
  const send = (name: string, input: unknown) => raw.timeout(PATIENCE_MS).emitWithAck(name, input);
  const taken = new Set<object>();
  return {
    raw,
    events,
    send: send as TestSocket['send'],
    async ask(name, input) {
      const result = (await send(name, input)) as Result<any>;
      if (!result.ok) throw new Error(result.error.code);
      return result.value;
    },
    next(name, test = () => true) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${name} within ${PATIENCE_MS} ms; came: ${events.map((event) => event.name).join(', ')}`));
        }, PATIENCE_MS);
        const look = () => {
          const found = events.find((event) => event.name === name && !taken.has(event) && test(event.payload));
          if (!found) return;
          taken.add(found);
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found.payload);
        };
        waiting.add(look);
        look();
      });
    },
    close: () => void raw.disconnect(),
  };
}
