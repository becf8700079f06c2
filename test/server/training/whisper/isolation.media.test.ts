// Where a whispered word goes, by the packets: to the ear of one host. The host's own microphone is off, so every packet of sound that anybody
// else were sent would be the whisper's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import type { ConsumerInfo, TransportInfo } from '../../../../server/protocol/media.ts';
import { LightPeers, type LightViewer, type Signalling, throughSocket } from '../../../support/light-peer.ts';
import { coachOf, openPractice } from '../../../support/practice.ts';
import { openSocket, type TestSocket } from '../../../support/socket.ts';
import { startApp, type TestApp } from '../../../support/start-app.ts';

let app: TestApp;
let peers: LightPeers;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  peers?.close();
  for (const socket of sockets) socket.close();
  await app?.close();
});

const signalling = (socket: TestSocket): Signalling => throughSocket((name, input) => socket.ask(name, input));

async function enter(showId: string, token?: string): Promise<TestSocket> {
  const socket = await openSocket(app.url, token);
  sockets.push(socket);
  const { rtpCapabilities } = await socket.ask('show.join', { showId });
  peers ??= await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  return socket;
}

/** The coach's microphone on the line to the ear. */
function mouth(socket: TestSocket): Signalling {
  return {
    ...signalling(socket),
    publish: async () => (await socket.ask('whisper.open', {})).transport as TransportInfo,
    produce: async (transportId, { kind, rtpParameters }) => (kind === 'audio' ? (await socket.ask('whisper.produce', { transportId, rtpParameters })).producerId : ''),
    connect: async (transportId, dtlsParameters) => void (await socket.ask('whisper.connect', { transportId, dtlsParameters })),
  };
}

function ear(socket: TestSocket): Signalling {
  return {
    ...signalling(socket),
    watch: async (rtpCapabilities) => (await socket.ask('whisper.hear', { rtpCapabilities })) as { transport: TransportInfo; consumers: ConsumerInfo[] },
    resume: async () => undefined,
    connect: async (transportId, dtlsParameters) => void (await socket.ask('whisper.connect', { transportId, dtlsParameters })),
  };
}

describe.each(['rehearsal', 'live'] as const)('a word whispered in a show of the kind %s', (kind) => {
  it('is in the ear of its host, and on no other way', async () => {
    const practice = await openPractice(app, [5]);
    const show = kind === 'rehearsal' ? practice.show : practice.market.show;
    const { hostToken } = practice;
    const neighbour = await openPractice(app, [5]);
    const [host, coach, deaf] = [await enter(show.id, hostToken), await enter(show.id, await coachOf(app.call, hostToken, show.id, 'Li')), await enter(neighbour.show.id, neighbour.hostToken)];
    const bystanders = {
      'another coach': await coachOf(app.call, hostToken, show.id, 'Zhao'),
      helper: await app.app.issueToken({ role: 'helper', identity: newId('per'), showId: show.id, rights: ['chat'] }, 600_000),
      operator: app.operatorToken,
      ...(kind === 'live' ? { viewer: undefined } : {}),
    };
    await peers.publish(signalling(host), { hasAudio: false });
    const watching: Record<string, LightViewer> = {};
    for (const [who, token] of Object.entries(bystanders)) watching[who] = await peers.watch(signalling(await enter(show.id, token)));

    await peers.publish(mouth(coach), { videoKbps: [] });
    const heard = await peers.watch(ear(host));
    const elsewhere = await peers.watch(ear(deaf));
    await coach.ask('whisper.talk', { isTalking: true });
    // The control: where it belongs it comes.
    await heard.until(() => heard.packets.audio > 25, 5_000, 'nothing in the ear');
    for (const [who, viewer] of Object.entries(watching)) {
      await viewer.consume();
      await viewer.moreFrames(5);
      expect([who, viewer.packets.audio, viewer.consumers.map((each) => each.kind)]).toEqual([who, 0, ['video']]);
    }
    expect(elsewhere.packets.audio).toBe(0);

    // HLS and recording are made of what the show sends, and of nothing else.
    const { stream } = await host.ask('show.join', { showId: show.id });
    expect(stream.producers.map((each) => each.kind)).toEqual(['video']);
  });
});
