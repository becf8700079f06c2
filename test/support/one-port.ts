// Owns pages and relay behind one port, by nginx and coturn with the very files that docs/networks.md shows: other ports and certificates, nothing else.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '../../server/platform/tls/authority.ts';
import { freePort } from './server-process.ts';

const PROGRAMS = { nginx: '/usr/sbin/nginx', stream: '/usr/lib/nginx/modules/ngx_stream_module.so', coturn: '/usr/bin/turnserver' };

export const PAGES = 'live.coop.example';
export const RELAY = 'turn.coop.example';
export const RELAY_SECRET = 'a-long-random-word-that-coturn-knows-too';

/** Names of programs that are not installed; empty when the test can run. */
export const missingPrograms = Object.entries(PROGRAMS).flatMap(([name, path]) => (existsSync(path) ? [] : [name]));

export interface OnePort {
  /** The one port that everything passes. */
  readonly port: number;
  /** Where coturn itself listens, UDP and TCP, for who is on this machine. */
  readonly relayPort: number;
  /** What nginx and coturn printed. */
  output(): string;
  close(): Promise<void>;
}

/** @param pagesPort where the Fieldcast server listens */
export async function openOnePort(pagesPort: number, port: number): Promise<OnePort> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-one-port-'));
  const docs = await readFile(join(import.meta.dirname, '../../docs/networks.md'), 'utf8');
  const [relayPort, relayTlsPort, outerPort, innerPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const certificates = async (text: string) => {
    let changed = text;
    const authority = await createAuthority('one port', Date.now());
    for (const name of [PAGES, RELAY]) {
      const { key, cert } = await issueCertificate(authority, [name], Date.now());
      await writeFile(join(folder, `${name}.crt`), cert);
      await writeFile(join(folder, `${name}.key`), key);
      changed = changed.replaceAll(`/etc/letsencrypt/live/${name}/fullchain.pem`, join(folder, `${name}.crt`));
      changed = changed.replaceAll(`/etc/letsencrypt/live/${name}/privkey.pem`, join(folder, `${name}.key`));
    }
    return changed;
  };
  const coturn = (await certificates(block(docs, 'conf')))
    .replace('listening-port=3478', `listening-port=${relayPort}`)
    .replace('tls-listening-port=5349', `tls-listening-port=${relayTlsPort}`)
    .replace('allowed-peer-ip=203.0.113.7', 'allowed-peer-ip=127.0.0.1');
  const nginx = (await certificates(block(docs, 'nginx')))
    .replace('listen 443;', `listen 127.0.0.1:${port};`)
    .replaceAll(':5349', `:${relayTlsPort}`)
    .replaceAll(':8442', `:${outerPort}`)
    .replaceAll(':8443', `:${innerPort}`)
    .replaceAll(':8080', `:${pagesPort}`);
  // Only what keeps a second one beside the system's, on loopback and in a folder of its own.
  const ownCoturn = `listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nallow-loopback-peers\ncli-password=unused\nuserdb=${folder}/turn.sqlite\npidfile=${folder}/turn.pid\nlog-file=stdout\n`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
  const ownNginx = `load_module ${PROGRAMS.stream};\ndaemon off;\npid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}\n`;
  await writeFile(join(folder, 'turnserver.conf'), `${coturn}\n${ownCoturn}`);
  await writeFile(join(folder, 'nginx.conf'), ownNginx + nginx.replace('http {', `http {\naccess_log off;\n${temporary}`));

  let printed = '';
  const started = [
    spawn(PROGRAMS.coturn, ['-c', join(folder, 'turnserver.conf')], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }),
    spawn(PROGRAMS.nginx, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }),
  ];
  for (const child of started) for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const close = async () => {
    await Promise.all(started.map(end));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([port, relayTlsPort, innerPort].map((each) => listening(each, started)));
  } catch (fault) {
    await close();
    throw new Error(`nginx and coturn did not start:\n${printed}`, { cause: fault });
  }
  return { port, relayPort, output: () => printed, close };
}

function block(docs: string, language: string): string {
  const text = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(docs)?.[1];
  if (!text) throw new Error(`docs/networks.md has no ${language} block`);
  return text;
}

async function listening(port: number, children: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const probe = connect(port, '127.0.0.1', () => {
        probe.destroy();
        resolve(true);
      });
      probe.once('error', () => resolve(false));
    });
    if (isOpen) return;
    if (Date.now() > deadline || children.some((child) => child.exitCode !== null)) throw new Error(`nothing listens on ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    // coturn finishes open allocations first, which nobody here waits for.
    setTimeout(() => child.kill('SIGKILL'), 1_000).unref();
  });
}
