// Owns sending wrong commands: connections that each stay below the rate limit, and the verdict on an acknowledgement.
import type { Problem } from '../../server/protocol/errors.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import type { CommandCase } from './corpus/commands.ts';
import { brief, faultOfProblem } from './refusal.ts';

/** The scarcest command is allowed 60 times a minute on one connection. */
const CALLS_PER_SOCKET = 50;

/** Sends all, on as many connections as it takes. @returns what went wrong */
export async function faultsOfCommands(open: () => Promise<TestSocket>, cases: readonly CommandCase[]): Promise<string[]> {
  const faults: string[] = [];
  for (let from = 0; from < cases.length; from += CALLS_PER_SOCKET) {
    const socket = await open();
    const found = await Promise.all(cases.slice(from, from + CALLS_PER_SOCKET).map((each) => faultOf(socket, each)));
    faults.push(...found.filter((fault) => fault !== undefined));
    if (!socket.raw.connected) faults.push(`a connection ended among ${cases[from]?.what} and the next ${CALLS_PER_SOCKET}`);
    socket.close();
  }
  return faults;
}

async function faultOf(socket: TestSocket, { what, name, args, codes }: CommandCase): Promise<string | undefined> {
  const result: unknown = await socket.raw.timeout(10_000).emitWithAck(name, ...args).catch((error: unknown) => error);
  const { ok, error } = (result ?? {}) as { ok?: boolean; error?: Problem };
  const fault = ok === false ? faultOfProblem(error, codes) : `was answered ${brief(result)}`;
  return fault && `${what}: ${fault}`;
}

/** A connection that has joined a show. */
export async function joined(url: string, showId: string, token?: string): Promise<TestSocket> {
  const socket = await openSocket(url, token);
  await socket.ask('show.join', { showId });
  return socket;
}
