// Owns a server in a process of its own, for tests that stop or kill it. Runs what `tsc -b` built.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Session } from '../../server/protocol/access.ts';
import { type Call, caller, hostLink } from './market.ts';

// Benches run this file from where it was built, tests from its source.
const isBuilt = import.meta.url.endsWith('.js');
const ROOT = new URL(isBuilt ? '../../../' : '../../', import.meta.url);
const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { scripts: { start: string } };
/** As `npm start` gives them. */
const NODE_FLAGS = scripts.start.split(' ').filter((word) => word.startsWith('--'));
const ENTRY = fileURLToPath(new URL('dist/server/main.js', ROOT));

export const OPERATOR_SECRET = 'operator-of-the-test';

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly url: string;
  readonly operatorToken: string;
  readonly call: Call;
  /** A token of the show's host, got by a one-time link as a farmer gets it. */
  admit(showId: string): Promise<string>;
  /** Everything printed so far. */
  output(): string;
  /** Pids of its media workers. */
  workers(): number[];
  /** Sends a signal (SIGTERM) and resolves with exit code and time taken. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; tookMs: number }>;
  /** SIGKILL, to its workers too: they would notice only after a moment. */
  kill(): Promise<void>;
}

/** Settings of a server on a data folder, on ports of its own. */
export async function serverEnv(dataDir: string, env: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    FIELDCAST_PORT: String(await freePort()),
    FIELDCAST_RTC_PORT: '0',
    FIELDCAST_DATA_DIR: dataDir,
    FIELDCAST_OPERATOR_SECRET: OPERATOR_SECRET,
    ...env,
  };
}

/** From here up and below 32,768, where systems begin to give ports to whoever connects. */
const PORTS = { from: 15_000, count: 17_000 };

/**
 * A free TCP port; taken again at once, so a start on it may in theory meet somebody else. None of those that connections go out from: who tries
 * again and again to reach a server that is down would one day hold its port, and be connected to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Starts the server on a data folder, by default on a free port, and waits until it is ready. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const settings = await serverEnv(dataDir, env);
  const run = spawnServer(settings);
  const url = `http://127.0.0.1:${settings['FIELDCAST_PORT']}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const health = await fetch(`${url}/health/ready`).then(async (answer) => (answer.ok ? 'ok' : answer.text()), String);
    if (health === 'ok') break;
    if (run.child.exitCode !== null || Date.now() > deadline) {
      run.child.kill('SIGKILL');
      throw new Error(`the server did not start:\n${run.output()}\n${health}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const pid = run.child.pid as number;
  const call = caller(url);
  const { body: session } = await call<Session>('POST', '/api/v1/sessions', { body: { operatorSecret: OPERATOR_SECRET } });
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    const startedAt = Date.now();
    return new Promise<{ code: number | null; tookMs: number }>((resolve) => {
      if (run.child.exitCode !== null || run.child.signalCode !== null) return resolve({ code: run.child.exitCode, tookMs: 0 });
      run.child.once('exit', (code) => resolve({ code, tookMs: Date.now() - startedAt }));
      run.child.kill(signal);
    });
  };
  return {
    ...run,
    pid,
    url,
    call,
    operatorToken: session.token,
    async admit(showId) {
      const code = new URL(await hostLink(call, session.token, showId)).hash.slice('#code='.length);
      return (await call<Session>('POST', '/api/v1/sessions', { body: { code } })).body.token;
    },
    workers: () => childrenOf(pid),
    stop,
    async kill() {
      const workers = childrenOf(pid);
      await stop('SIGKILL');
      for (const worker of workers) if (isRunning(worker)) process.kill(worker, 'SIGKILL');
    },
  };
}

/** Starts the server without waiting. */
export function spawnServer(env: Record<string, string>): { child: ChildProcess; output(): string } {
  const child = spawn(process.execPath, [...NODE_FLAGS, ENTRY], {
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
