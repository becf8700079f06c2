// Workers that die, and streams that outgrow one of them.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { throughStream } from '../../support/light-peer.ts';
import { openTestMedia, type TestMedia, workerPids } from '../../support/test-media.ts';

let opened: TestMedia | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** The media's own workers, in the order of their slots; light peers have theirs besides. */
async function openWithPids(options: { workers: number; viewersPerWorker?: number }) {
  const before = new Set(await workerPids());
  opened = await openTestMedia(options);
  const pids = (await workerPids()).filter((pid) => !before.has(pid)).slice(0, options.workers);
  return { ...opened, pids };
}

test('a killed worker is replaced, its streams get a new epoch, and the picture is back within 3 s', async () => {
  const { media, peers, next, pids, factNames } = await openWithPids({ workers: 1 });
  const stream = media.stream('show-1');
  await peers.publish(throughStream(stream));
  const viewer = await peers.watch(throughStream(stream));
  await viewer.firstFrame();
  const egress = await stream.watch({ rtpCapabilities: media.rtpCapabilities, forceTcp: false });
  let reason: string | undefined;
  egress.onClosed((why) => (reason = why));
  const { epoch } = stream.info();

  const told = Promise.all([next('worker.died'), next('stream.stopped'), next('stream.changed')]);
  const killedAt = performance.now();
  process.kill(pids[0] as number, 'SIGKILL');
  const [died, stopped] = await told;
  expect(died.streamIds).toEqual(['show-1']);
  expect(stopped).toEqual({ streamId: 'show-1', reason: 'worker-died' });
  expect(reason).toBe('worker-died');
  expect(stream.info().epoch).toBeGreaterThan(epoch);
  expect(factNames().at(-1)).toBe('worker.died');

  await peers.publish(throughStream(stream));
  const again = await peers.watch(throughStream(stream));
  await again.firstFrame();
  expect(performance.now() - killedAt).toBeLessThan(3_000);
  expect(media.workersReady()).toEqual({ ready: true, reasons: [] });
});

test('a worker that dies leaves the streams of others alone', async () => {
  const { media, peers, pids, next } = await openWithPids({ workers: 2 });
  const [here, there] = [media.stream('show-1'), media.stream('show-2')];
  await peers.publish(throughStream(here));
  await peers.publish(throughStream(there));
  const viewer = await peers.watch(throughStream(there));
  await viewer.firstFrame();
  const died = next('worker.died');
  process.kill(pids[0] as number, 'SIGKILL');
  expect((await died).streamIds).toEqual(['show-1']);
  await viewer.moreFrames(10);
  expect(there.info().producers).toHaveLength(2);
  expect(here.info().producers).toEqual([]);
});

test('viewers beyond one worker are served by another, also for tracks that come and go', async () => {
  const { media, peers } = await openWithPids({ workers: 2, viewersPerWorker: 2 });
  const stream = media.stream('show-1');
  const first = await stream.publish({ forceTcp: false });
  const viewers = await Promise.all(Array.from({ length: 5 }, () => peers.watch(throughStream(stream))));
  await peers.publish(throughStream(stream));
  first.close();
  for (const viewer of viewers) await viewer.consume();
  await Promise.all(viewers.map((viewer) => viewer.firstFrame()));
  expect(new Set(viewers.map((viewer) => viewer.serverPort)).size).toBe(2);

  // A publisher that takes over reaches those behind the pipe too.
  const replacement = await peers.publish(throughStream(stream), { hasAudio: false });
  for (const viewer of viewers) await viewer.consume();
  await Promise.all(viewers.map((viewer) => viewer.moreFrames(10)));
  expect(replacement.producerIds.video).toBe(stream.info().producers[0]?.id);
});

test('a pause reaches the viewers behind a pipe', async () => {
  const { media, peers } = await openWithPids({ workers: 2, viewersPerWorker: 1 });
  const stream = media.stream('show-1');
  const signalling = throughStream(stream);
  const publisher = await peers.publish(signalling);
  const near = await peers.watch(throughStream(stream));
  const far = await peers.watch(throughStream(stream));
  await Promise.all([near.firstFrame(), far.firstFrame()]);
  expect(near.serverPort).not.toBe(far.serverPort);
  const audio = publisher.producerIds.audio as string;
  await signalling.ingest.pause(audio, true);
  await far.moreFrames(3);
  const heard = far.packets.audio;
  await far.moreFrames(15);
  expect(far.packets.audio).toBe(heard);
  await signalling.ingest.pause(audio, false);
  await far.until(() => far.packets.audio > heard, 3_000, 'no sound');
});

test('a pipe worker that dies takes only its own viewers, who find a place again', async () => {
  const { media, peers, pids, next } = await openWithPids({ workers: 2, viewersPerWorker: 1 });
  const stream = media.stream('show-1');
  await peers.publish(throughStream(stream));
  const [nearSide, farSide] = [throughStream(stream), throughStream(stream)];
  const near = await peers.watch(nearSide);
  const far = await peers.watch(farSide);
  await Promise.all([near.firstFrame(), far.firstFrame()]);
  const { epoch } = stream.info();
  const ended = new Promise((resolve) => farSide.egress.onClosed(resolve));
  const died = next('worker.died');
  process.kill(pids[1] as number, 'SIGKILL');
  expect((await died).streamIds).toEqual(['show-1']);
  expect(await ended).toBe('outlet-died');
  expect(nearSide.egress.isClosed).toBe(false);
  await near.moreFrames(10);
  expect(stream.info()).toMatchObject({ epoch, producers: [{}, {}] });
  const again = await peers.watch(throughStream(stream));
  await again.firstFrame();
});

test('a port that is taken stops the start with what to set', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await expect(openTestMedia({ rtcPort: port })).rejects.toThrow(/FIELDCAST_RTC_PORT/);
  taken.close();
});

test('workers end with their media, and leave the signals of the process to it', async () => {
  const signals = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
  const { media, pids } = await openWithPids({ workers: 2 });
  // The light peers' worker, which is mediasoup as it comes, adds one of each.
  expect(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')).toBe(signals + 2);
  await media.close();
  expect((await workerPids()).filter((pid) => pids.includes(pid))).toEqual([]);
});
