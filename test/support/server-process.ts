// Owns a server in a process of its own, for tests that stop or kill it. Runs what `tsc -b` built.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly url: string;
  /** Everything printed so far. */
  output(): string;
  /** Pids of its media workers. */
  workers(): number[];
  /** Sends a signal and resolves with exit code and time taken. */
  stop(signal: NodeJS.Signals): Promise<{ code: number | null; tookMs: number }>;
}

/** A free TCP port; taken again at once, so a start on it may in theory meet somebody else. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Starts the server and waits until it is ready. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const run = spawnServer(env);
  const url = `http://127.0.0.1:${env['FIELDCAST_PORT']}`;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (run.child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${run.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const pid = run.child.pid as number;
  return {
    ...run,
    pid,
    url,
    workers: () => childrenOf(pid),
    stop(signal) {
      const startedAt = Date.now();
      return new Promise((resolve) => {
        run.child.once('exit', (code) => resolve({ code, tookMs: Date.now() - startedAt }));
        run.child.kill(signal);
      });
    },
  };
}

/** Starts the server without waiting. */
export function spawnServer(env: Record<string, string>): { child: ChildProcess; output(): string } {
  const child = spawn(process.execPath, [ENTRY], {
    env: { PATH: process.env['PATH'], MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'], FIELDCAST_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, output: () => printed };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        // Field 4 of /proc/<pid>/stat is the parent; the name before it may hold spaces, but ends with the last bracket.
        return Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}
