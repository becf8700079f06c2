// Everything a stranger can send, over every entrance, while a viewer watches: refused with a stable code, nothing changed, nothing
// stumbles, and the picture never stands still for more than half a second.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, OPERATOR_SECRET, type ServerProcess, startServer } from '../support/server-process.ts';
import { coachOf } from '../support/practice.ts';
import { openSocket } from '../support/socket.ts';
import { faultsOfCommands, joined } from './command-client.ts';
import { asStranger, asViewer, beforeJoining, oddButWellFormed, oddCalls, schemaCases, wrongTracks } from './corpus/commands.ts';
import { endpointCases, forgedAuthorizations } from './corpus/endpoints.ts';
import { moneyCases, stripeSettings } from './corpus/money.ts';
import { pathCases, rawRequests } from './corpus/paths.ts';
import { replayCases } from './corpus/replay.ts';
import { fragmentCases, goodOffer, sdpCases } from './corpus/sdp.ts';
import { shopCases } from './corpus/shop.ts';
import { frames, packets, tcpStreams } from './corpus/wire.ts';
import { faultOf, type HttpCase, kept } from './http-client.ts';
import { everythingKept, openTarget, type Target } from './market.ts';
import { exchange, exchangeFrame, sendPackets } from './raw.ts';
import { brief, faultOfProblem } from './refusal.ts';
import { openWatch, type Watch } from './watch.ts';

const LEAST_CASES = 500;
const LONGEST_GAP_MS = 500;

let server: ServerProcess;
let dataDir: string;
let rtcPort: number;
let target: Target;
let stranger: Target;
/** For what the server may as well take: its state is not looked at. */
let playground: Target;
let watch: Watch;
let viewerToken: string;
let coachTokens: string[];
let processes: number[];
let port: number;
const counts: Record<string, number> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-test-'));
  rtcPort = await freePort();
  server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_RTC_PORT: String(rtcPort), ...stripeSettings });
  port = Number(new URL(server.url).port);
  [target, stranger, playground] = [await openTarget(server, 'Watched'), await openTarget(server, 'Stranger'), await openTarget(server, 'Playground')];
  watch = await openWatch(server.url, target.show.id, target.hostToken);
  const viewer = await openSocket(server.url);
  viewerToken = (await viewer.ask('show.join', { showId: target.show.id })).viewerToken as string;
  viewer.close();
  coachTokens = await Promise.all(Array.from({ length: 8 }, (_, number) => coachOf(server.call, target.hostToken, target.show.id, `Coach ${number}`)));
  processes = [server.pid, ...server.workers()];
});

afterAll(async () => {
  kept.destroy();
  watch?.close();
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Tokens of that many operators, each with a rate limit of their own. */
function operators(count: number): Promise<string[]> {
  const enter = async () => (await server.call('POST', '/api/v1/sessions', { body: { operatorSecret: OPERATOR_SECRET } })).body.token;
  return Promise.all(Array.from({ length: count }, enter));
}

/** Runs one entrance's cases. @returns what went wrong with them, and what is not as it was before */
async function throughEntrance(entrance: string, run: () => Promise<{ cases: number; faults: string[] }>): Promise<string[]> {
  const before = await everythingKept(server, [target, stranger], playground.show.id);
  watch.viewer.longestGapMs = 0;
  const { cases, faults } = await run();
  counts[entrance] = (counts[entrance] ?? 0) + cases;
  if (server.child.exitCode !== null) return [...faults, `the server ended: ${server.output()}`];
  const running = [server.pid, ...server.workers()];
  if (running.join() !== processes.join()) faults.push(`processes were ${processes.join()} and are ${running.join()}`);
  const after = await everythingKept(server, [target, stranger], playground.show.id);
  const changed = before.find((line, index) => line !== after[index]);
  if (changed !== undefined || before.length !== after.length) faults.push(`changed: ${changed}`);
  await watch.viewer.moreFrames(5).catch((error: Error) => faults.push(error.message));
  if (watch.viewer.longestGapMs > LONGEST_GAP_MS) faults.push(`the picture stood still for ${Math.round(watch.viewer.longestGapMs)} ms`);
  return faults;
}

function overHttp(entrance: string, queue: Iterator<HttpCase>, connections?: typeof kept): Promise<string[]> {
  return throughEntrance(entrance, async () => {
    const faults: string[] = [];
    let cases = 0;
    const worker = async () => {
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const each = next.value;
        cases += 1;
        const fault = await faultOf(server.url, each, connections);
        if (fault) faults.push(`${each.what}: ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    return { cases, faults };
  });
}

describe('over HTTP the server refuses', () => {
  it('what the endpoint table does not say', async () => {
    expect(await overHttp('HTTP endpoints', endpointCases({ target, operatorTokens: await operators(8), coachTokens, strangerToken: stranger.hostToken, viewerToken }), kept)).toEqual([]);
  });

  it('quantities, prices, states and pictures that are none', async () => {
    expect(await overHttp('goods and money', shopCases({ target, stranger, operatorToken: server.operatorToken }).values(), kept)).toEqual([]);
  });

  it('steps of money that it cannot take, amounts that are none, and events that nobody sent', async () => {
    expect(await overHttp('payments', moneyCases({ target, stranger, operatorToken: server.operatorToken }).values(), kept)).toEqual([]);
  });

  it('moments, clips, passes and tickets of replays that are none', async () => {
    expect(await overHttp('replays', replayCases({ target, stranger, viewerToken }).values())).toEqual([]);
  });

  it('addresses that are none', async () => {
    expect(await overHttp('addresses', pathCases().values())).toEqual([]);
  });

  it('bytes that are no HTTP', async () => {
    const cases = rawRequests();
    expect(await throughEntrance('bytes for HTTP', async () => {
      const answers = await Promise.all(cases.map(async ({ what, bytes }) => ({ what, answer: await exchange(port, Buffer.from(bytes, 'latin1')) })));
      const wrong = answers.filter(({ answer }) => answer !== '' && !/^HTTP\/1\.1 4\d\d /.test(answer));
      return { cases: cases.length, faults: wrong.map(({ what, answer }) => `${what}: ${answer.slice(0, 200)}`) };
    })).toEqual([]);
  });

  it('offers and fragments of WHIP and WHEP', async () => {
    const sending = { path: '/whip', showId: stranger.show.id, token: stranger.hostToken } as const;
    expect(await overHttp('WHIP', sdpCases(sending).values())).toEqual([]);
    expect(await overHttp('WHEP', sdpCases({ path: '/whep', showId: target.show.id }).values())).toEqual([]);
    for (const [path, showId, token] of [['/whip', playground.show.id, playground.hostToken], ['/whep', target.show.id, viewerToken]] as const) {
      const authorization = `Bearer ${token}`;
      const session = await fetch(`${server.url}${path}/${showId}`, { method: 'POST', headers: { authorization, 'content-type': 'application/sdp' }, body: goodOffer(path) });
      expect(session.status).toBe(201);
      const location = new URL(session.headers.get('location') ?? '', server.url);
      expect(await overHttp('fragments', fragmentCases({ path: location.pathname, token }).values())).toEqual([]);
      expect((await fetch(location, { method: 'DELETE', headers: { authorization } })).status).toBe(200);
    }
  });
});

describe('over sockets the server refuses', () => {
  it('inputs that no schema takes', async () => {
    const cases = { host: [...schemaCases('host'), ...oddCalls('host')], coach: [...schemaCases('coach'), ...oddCalls('coach')] };
    const coach = await coachOf(server.call, stranger.hostToken, stranger.show.id, 'Coach');
    expect(await throughEntrance('socket commands', async () => ({
      cases: cases.host.length + cases.coach.length,
      faults: [
        ...(await faultsOfCommands(() => joined(server.url, stranger.show.id, stranger.hostToken), cases.host)),
        ...(await faultsOfCommands(() => joined(server.url, stranger.show.id, coach), cases.coach)),
      ],
    }))).toEqual([]);
  });

  it('commands before joining', async () => {
    const cases = beforeJoining();
    expect(await throughEntrance('socket commands', async () => ({
      cases: cases.length,
      faults: await faultsOfCommands(() => openSocket(server.url, stranger.hostToken), cases),
    }))).toEqual([]);
  });

  it('what belongs to others', async () => {
    const viewers = asViewer(watch.foreignIds);
    const strangers = asStranger(watch.foreignIds);
    expect(await throughEntrance('foreign ids', async () => ({
      cases: viewers.length + strangers.length,
      faults: [
        ...(await faultsOfCommands(() => joined(server.url, target.show.id), viewers)),
        ...(await faultsOfCommands(() => joined(server.url, target.show.id, stranger.hostToken), strangers)),
      ],
    }))).toEqual([]);
  });

  it('tracks and DTLS parameters that are none', async () => {
    expect(await throughEntrance('tracks', async () => {
      const faults: string[] = [];
      let cases = 0;
      // Only the connection that owns a transport may send on it, and it may not ask for ever.
      for (let more = true; more; ) {
        const owner = await joined(server.url, stranger.show.id, stranger.hostToken);
        const { transport } = await owner.ask('media.publish', { takeOver: true });
        const group = wrongTracks(transport.id, watch.goodTrack).slice(cases, cases + 40);
        faults.push(...(await faultsOfCommands(async () => owner, group)));
        cases += group.length;
        more = group.length === 40;
      }
      return { cases, faults };
    })).toEqual([]);
  });

  it('nothing of what is well formed and odd, or says why, and stays upright', async () => {
    const host = await joined(server.url, playground.show.id, playground.hostToken);
    const { transport } = await host.ask('media.publish', { takeOver: true });
    const cases = oddButWellFormed(transport.id, watch.goodTrack);
    expect(await throughEntrance('odd tracks', async () => {
      const faults: string[] = [];
      for (const { name, input } of cases) {
        const result = await host.send(name, input as never);
        const fault = result.ok ? undefined : faultOfProblem(result.error);
        if (fault) faults.push(`${name} ${brief(input)}: ${fault}`);
      }
      return { cases: cases.length, faults };
    })).toEqual([]);
    host.close();
  });

  it('tokens that it has not signed', async () => {
    const tokens = [...forgedAuthorizations(server.operatorToken).map(([, value]) => value.replace('Bearer ', '')), 'null', '__proto__', 'a.b.c', '\u0000'];
    expect(await throughEntrance('handshakes', async () => {
      const outcomes = await Promise.all(tokens.map((token) => openSocket(server.url, token).then((socket) => (socket.close(), 'connected'), (error: Error & { data?: object }) => error.data)));
      const faults = outcomes.flatMap((outcome, index) => {
        // A token longer than any of ours is none at all, and nobody is a viewer.
        if (outcome === 'connected') return (tokens[index] as string).length > 4_096 ? [] : [`${tokens[index]?.slice(0, 20)} was let in`];
        const fault = faultOfProblem(outcome as never, ['auth.invalid']);
        return fault ? [`${tokens[index]?.slice(0, 20)}: ${fault}`] : [];
      });
      return { cases: tokens.length, faults };
    })).toEqual([]);
  });

  it('commands without an acknowledgement, with two, with a message too large', async () => {
    const names = ['show.join', 'media.watch', 'media.publish', 'media.produce', 'nobody.knows'];
    expect(await throughEntrance('acknowledgements', async () => {
      const faults: string[] = [];
      for (const name of names) {
        const socket = await openSocket(server.url, stranger.hostToken);
        for (const args of [[], [null], ['no', 'acknowledgement'], [{}, {}]]) socket.raw.emit(name, ...args);
        socket.raw.emit(name, () => undefined, () => undefined);
        const still = await socket.send('show.leave', {});
        if (!still.ok) faults.push(`after ${name} without an acknowledgement: ${brief(still.error)}`);
        const gone = new Promise<string>((resolve) => socket.raw.once('disconnect', resolve));
        socket.raw.emit(name, { showId: 'x'.repeat(1 << 20) });
        await gone;
      }
      return { cases: names.length * 6, faults };
    })).toEqual([]);
  });

  it('frames that are no engine.io', async () => {
    const cases = frames();
    expect(await throughEntrance('frames', async () => {
      const faults: string[] = [];
      for (const isGreeted of [false, true]) {
        for (let from = 0; from < cases.length; from += 8) {
          await Promise.all(
            cases.slice(from, from + 8).map(async (frame) => {
              const answer = await exchangeFrame(port, frame, isGreeted);
              if (!answer.startsWith('HTTP/1.1 101 ') || /"ok":true|"internal"|node:internal|\.js:\d/.test(answer)) faults.push(`${frame.what}: ${answer.slice(0, 300)}`);
            }),
          );
        }
      }
      return { cases: cases.length * 2, faults };
    })).toEqual([]);
  });

  it('polling that is no engine.io', async () => {
    const at = '/socket.io/?EIO=4&transport=polling';
    const get = (query: string): HttpCase => ({ what: `GET ${query}`, method: 'GET', path: `/socket.io/?${query}`, isForeignProtocol: true });
    const post = (body: string): HttpCase => ({ what: `POST ${body.slice(0, 30)}`, method: 'POST', path: `${at}&sid=nobody`, headers: { 'content-type': 'text/plain' }, body, isForeignProtocol: true });
    const cases = [
      ...['EIO=4', 'EIO=99&transport=polling', 'EIO=4&transport=pigeon', 'EIO=4&transport=__proto__', 'EIO=4&transport=polling&sid=nobody', 'transport=websocket', 'EIO=4&transport=polling&sid=__proto__', 'EIO=4&transport=constructor'].map(get),
      ...['', '4', '42["show.join",{}]', '\u001e'.repeat(1_000), 'x'.repeat(200_000)].map(post),
      { what: 'DELETE', method: 'DELETE', path: at, isForeignProtocol: true },
    ];
    expect(await overHttp('polling', cases.values())).toEqual([]);
  });
});

describe('on the media port the server ignores', () => {
  it('packets that are no STUN, DTLS or RTP of anybody', async () => {
    const cases = packets(watch.serverUsername);
    expect(await throughEntrance('UDP', async () => {
      await sendPackets(rtcPort, cases);
      return { cases: cases.length, faults: [] };
    })).toEqual([]);
  });

  it('streams that are no media', async () => {
    const cases = tcpStreams(watch.serverUsername);
    expect(await throughEntrance('TCP media', async () => {
      await Promise.all(cases.map(({ bytes }) => exchange(rtcPort, bytes, 300)));
      return { cases: cases.length, faults: [] };
    })).toEqual([]);
  });
});

it(`was at least ${LEAST_CASES} cases`, () => {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${total} hostile cases: ${Object.entries(counts).map(([entrance, count]) => `${entrance} ${count}`).join(', ')}`);
  expect(total).toBeGreaterThanOrEqual(LEAST_CASES);
});
