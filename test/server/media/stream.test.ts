// A stream as its owner sees it: who sends, who receives, and what is told.
import { afterEach, expect, test } from 'vitest';
import { throughStream } from '../../support/light-peer.ts';
import { openTestMedia, type TestMedia } from '../../support/test-media.ts';

let open: TestMedia | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

test('a viewer of a live stream gets picture and sound, decrypted, within half a second', async () => {
  open = await openTestMedia();
  const { media, peers, factNames } = open;
  const stream = media.stream('show-1');
  await peers.publish(throughStream(stream));
  const viewer = await peers.watch(throughStream(stream), { decrypts: true });
  expect(await viewer.firstFrame()).toBeLessThan(1_000);
  await viewer.moreFrames(20);
  expect(viewer.packets.audio).toBeGreaterThan(10);
  expect(await viewer.decrypted()).toBeGreaterThan(20);
  expect(viewer.consumers.map((each) => each.kind).toSorted()).toEqual(['audio', 'video']);
  expect(factNames()).toEqual(['stream.started', 'stream.changed', 'stream.changed']);
});
