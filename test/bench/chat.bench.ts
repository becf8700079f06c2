// Owns the figures of a room: 14,000 sockets in one show, and what messages, signalling and joining are like in it.
// Run by `npm run bench -- chat`. The crowd shares the cores with the server, so the server's own time is told beside.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { newId } from '../../server/protocol/ids.ts';
import { openMarket } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { Crowd, tookAtMost } from './chat/crowd.ts';
import { Reader } from './chat/reader.ts';
import { atLeast, atMost, type Figure, percentile, told } from './support/figure.ts';
import { cpuMs, residentMb } from './support/process-cost.ts';

export interface ChatPlan {
  sockets: number;
  joinsPerSecond: number;
  messagesPerSecond: number;
  holdMs: number;
  reconnects: number;
}

const WHOLE: ChatPlan = { sockets: 14_000, joinsPerSecond: 300, messagesPerSecond: 20, holdMs: 30_000, reconnects: 100 };
/** Each may write 30 times a minute. */
const AUTHORS = 60;
const READERS = 10;
/** Each may ask 120 times a minute. */
const ASKERS = 6;
const ASK_EVERY_MS = 100;
/** What is under way when the writing ends still arrives. */
const SETTLE_MS = 3_000;

export async function bench(plan: ChatPlan = WHOLE): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-chat-'));
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error', FIELDCAST_RETENTION_DAYS: '0' });
  const crowd = new Crowd();
  try {
    const { show, hostToken } = await openMarket(server);
    // The time in a message looks like a telephone number.
    await server.call('PATCH', `/api/v1/shows/${show.id}/chat-rules`, { token: hostToken, body: { blocksContacts: false } });
    const authors = await tokens(server, show.id);
    const joiningAt = performance.now();
    await crowd.open({ url: server.url, showId: show.id, sockets: plan.sockets, perSecond: plan.joinsPerSecond });
    const joinedMs = performance.now() - joiningAt;
    const joins = await commandSeconds(server, 'show.join');
    return [
      told('time for all to come in', joinedMs / 1000, 's'),
      atMost('joining, on the server, mean of all', (joins.sum / joins.count) * 1000, 'ms', 150),
      ...(await rush(server, crowd, show.id, authors, plan)),
      ...(await reconnects(server, show.id, authors, plan)),
      chatElement(),
    ];
  } finally {
    crowd.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Twenty messages a second to everybody, and meanwhile what others want of the server. */
async function rush(server: ServerProcess, crowd: Crowd, showId: string, authors: readonly string[], plan: ChatPlan): Promise<Figure[]> {
  const pids = [server.pid, ...server.workers()];
  const idle = await during(server, 5_000);
  await crowd.reset();
  const askers = await Promise.all(Array.from({ length: ASKERS }, () => openSocket(server.url)));
  for (const asker of askers) await asker.ask('show.join', { showId });
  const isOver = { value: false };
  const asking = ask(askers, isOver);
  const joining = joinWithHistory(server, showId, isOver);
  const before = { server: cpuMs([server.pid]), crowd: cpuMs(crowd.pids), at: performance.now() };
  const sent = await write(server, showId, authors, plan.messagesPerSecond, plan.holdMs);
  const seconds = (performance.now() - before.at) / 1000;
  const serverShare = (cpuMs([server.pid]) - before.server) / 10 / seconds;
  const crowdShare = (cpuMs(crowd.pids) - before.crowd) / 10 / seconds;
  const mb = residentMb(pids);
  isOver.value = true;
  const [roundTripsMs, joinsMs] = await Promise.all([asking, joining]);
  await pause(SETTLE_MS);
  const seen = await crowd.report();
  for (const asker of askers) asker.close();
  return [
    atLeast('sockets in the room', seen.sockets - seen.faults, '', plan.sockets),
    told('messages written a second', sent / seconds, '/s'),
    atMost('from being written to being with everybody, p95', tookAtMost(seen, 0.95), 'ms', 1_000),
    told('the same, p50', tookAtMost(seen, 0.5), 'ms'),
    atMost('lost, of all messages to all sockets', sent * seen.sockets - seen.received, '', 0),
    atMost('holes in the numbers', seen.holes, '', 0),
    atMost('doubled', seen.doubled, '', 0),
    atMost('signalling round trip p99 meanwhile', percentile(roundTripsMs, 0.99), 'ms', 300),
    atMost('joining with 50 messages of history meanwhile, round trip p95', percentile(joinsMs, 0.95), 'ms', 150),
    atMost('memory of the server with its worker', mb, 'MB', 600),
    told('of a core: the server itself', serverShare, '%'),
    told('of a core: the server with nobody writing', idle, '%'),
    told('of a core: the crowd, on the same cores', crowdShare, '%'),
  ];
}

/** Readers whose connections are cut while others write. */
async function reconnects(server: ServerProcess, showId: string, authors: readonly string[], plan: ChatPlan): Promise<Figure[]> {
  const readers = Array.from({ length: READERS }, () => new Reader(server, showId));
  await Promise.all(readers.map((reader) => reader.enter()));
  const ids: string[] = [];
  const isOver = { value: false };
  const writing = (async () => {
    while (!isOver.value) {
      ids.push(await post(server, showId, authors[ids.length % authors.length] as string, `cut ${ids.length}`));
      await pause(100);
    }
  })();
  let cuts = 0;
  while (cuts < plan.reconnects) {
    await Promise.all(
      readers.map(async (reader, index) => {
        await pause(index * 20);
        reader.cut();
        await pause(80 + index * 10);
        await reader.enter();
      }),
    );
    cuts += readers.length;
  }
  isOver.value = true;
  await writing;
  await pause(SETTLE_MS);
  let lost = 0;
  let doubled = 0;
  for (const { shown } of readers) {
    lost += ids.filter((id) => !shown.has(id)).length;
    const positions = [...shown.values()].map(({ position }) => position);
    doubled += positions.length - new Set(positions).size;
  }
  for (const reader of readers) reader.close();
  return [atMost(`lost over ${cuts} forced reconnects, of ${ids.length} messages to ${READERS} readers`, lost, '', 0), atMost('doubled over them', doubled, '', 0)];
}

async function write(server: ServerProcess, showId: string, authors: readonly string[], perSecond: number, holdMs: number): Promise<number> {
  const posts: Promise<unknown>[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < holdMs) {
    const dueMs = (posts.length / perSecond) * 1000 - (performance.now() - startedAt);
    if (dueMs > 0) await pause(dueMs);
    posts.push(post(server, showId, authors[posts.length % authors.length] as string, `bench ${posts.length} at${Date.now().toString(36)}`));
  }
  await Promise.all(posts);
  return posts.length;
}

async function post(server: ServerProcess, showId: string, token: string, text: string): Promise<string> {
  const { status, body } = await server.call<{ message: { id: string } }>('POST', `/api/v1/shows/${showId}/messages`, { token, body: { text, name: 'Bench' }, headers: { 'idempotency-key': newId('key') } });
  if (status !== 201) throw new Error(`a message was refused: ${body.code} ${JSON.stringify(body.params)}`);
  return body.message.id;
}

async function ask(sockets: readonly TestSocket[], isOver: { value: boolean }): Promise<number[]> {
  const tookMs: number[] = [];
  while (!isOver.value) {
    const startedAt = performance.now();
    await sockets[tookMs.length % sockets.length]?.ask('media.want', { picture: 'full', isBuying: false });
    tookMs.push(performance.now() - startedAt);
    await pause(ASK_EVERY_MS);
  }
  return tookMs;
}

/** A connection that is there already enters, and reads what was said before. */
async function joinWithHistory(server: ServerProcess, showId: string, isOver: { value: boolean }): Promise<number[]> {
  const tookMs: number[] = [];
  while (!isOver.value) {
    const socket = await openSocket(server.url);
    const startedAt = performance.now();
    await Promise.all([socket.ask('show.join', { showId }), server.call('GET', `/api/v1/shows/${showId}/messages?limit=50`)]);
    tookMs.push(performance.now() - startedAt);
    socket.close();
    await pause(500);
  }
  return tookMs;
}

async function tokens(server: ServerProcess, showId: string): Promise<string[]> {
  const made: string[] = [];
  for (let author = 0; author < AUTHORS; author += 1) {
    const socket = await openSocket(server.url);
    const { viewerToken } = await socket.ask('show.join', { showId });
    if (viewerToken) made.push(viewerToken);
    socket.close();
  }
  return made;
}

async function during(server: ServerProcess, ms: number): Promise<number> {
  const before = cpuMs([server.pid]);
  await pause(ms);
  return ((cpuMs([server.pid]) - before) / ms) * 100;
}

async function commandSeconds(server: ServerProcess, command: string): Promise<{ sum: number; count: number }> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^fieldcast_command_seconds_${name}\\{[^}]*command="${command}"[^}]*outcome="ok"[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1]);
  return { sum: value('sum'), count: value('count') };
}

/** The chat with its words in one language, without what every page has already. */
function chatElement(): Figure {
  const chunks = fileURLToPath(new URL('../../web-components/chunks/', import.meta.url));
  const bytes = readdirSync(chunks)
    .filter((file) => /^chat-[^/]*\.js$/.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(chunks, file)), { level: 9 }).length, 0);
  return atMost('chat element, gzip', bytes / 1000, 'kB', 15);
}
