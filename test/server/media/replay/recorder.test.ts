import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Disk, realDisk } from '../../../../server/media/replay/disk.ts';
import { QUEUE_LIMIT_BYTES } from '../../../../server/media/replay/recorder.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { makeTake, probe, type Take } from '../../../support/recorded-segments.ts';
import { feed, openStand, recordAll, type ReplayStand } from '../../../support/replay-stand.ts';

const SHOW = 'shw_one';
let take: Take;
let stand: ReplayStand;

beforeAll(async () => {
  take = await makeTake({ seconds: 10 });
});
afterEach(() => stand.close());

function folder(): string {
  return join(stand.dataDir, 'recordings', SHOW);
}

/** The segments from..to of the take, as one delivery. */
function part(from: number, to?: number): Take {
  return { stretch: take.stretch, segments: take.segments.slice(from, to) };
}

async function segmentsOnDisk(): Promise<number> {
  const recording = await stand.replays.find(SHOW);
  return Math.round((recording?.durationMs ?? 0) / 2_000);
}

async function expectPlayable(seconds: number): Promise<void> {
  const { stream } = await stand.replays.mp4(SHOW);
  const file = join(stand.dataDir, 'out.mp4');
  const target = await open(file, 'w');
  for await (const bytes of stream) await target.write(bytes as Buffer);
  await target.close();
  const { errors, video } = await probe(file);
  expect(errors).toBe('');
  expect(video.packets).toBe(seconds * 25);
}

describe('recording', () => {
  it('leaves two files for a stretch, each a valid MP4 of its own, and only segments in the index', async () => {
    stand = await openStand();
    await recordAll(stand.replays, SHOW, take);
    const names = await readdir(folder());
    expect(names.sort()).toEqual([`1-${take.stretch.at}-opus.mp4`, `1-${take.stretch.at}-video.mp4`, 'index']);
    const video = await probe(join(folder(), `1-${take.stretch.at}-video.mp4`));
    expect(video.errors).toBe('');
    expect(video.video.packets).toBe(250);
    expect((await probe(join(folder(), `1-${take.stretch.at}-opus.mp4`))).errors).toBe('');
  });

  it('can be found, and played, while it is written', async () => {
    stand = await openStand();
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 3));
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(3));
    expect(await stand.replays.find(SHOW)).toMatchObject({ streamId: SHOW, startedAt: take.stretch.at, isRecording: true, durationMs: 6_000 });
    await expectPlayable(6);
    expect(await stand.replays.remove(SHOW)).toBe(false);
    await recorder.stop();
    expect(stand.states).toEqual(['on', 'off']);
    expect((await stand.replays.find(SHOW))?.isRecording).toBe(false);
  });

  it('is one recording over a restart of the server', async () => {
    stand = await openStand();
    await recordAll(stand.replays, SHOW, part(0, 2));
    const again = await openStand({ dataDir: stand.dataDir });
    const recorder = await again.replays.record(SHOW);
    const later = take.stretch.at + 100_000;
    feed(recorder, { stretch: { ...take.stretch, index: 1, at: later }, segments: part(0, 3).segments.map((each, n) => ({ ...each, stretch: 1, sequence: 2 + n, at: later + n * 2_000 })) });
    await recorder.stop();
    const recording = await again.replays.find(SHOW);
    expect(recording?.durationMs).toBe(10_000);
    expect(recording?.stretches.map(({ startMs, at }) => ({ startMs, at }))).toEqual([{ startMs: 0, at: take.stretch.at }, { startMs: 4_000, at: later }]);
    await again.replays.close();
  });

  it('gives the same recorder to who asks twice, and another one after the end', async () => {
    stand = await openStand();
    const [first, second] = await Promise.all([stand.replays.record(SHOW), stand.replays.record(SHOW)]);
    expect(second).toBe(first);
    const stopping = first.stop();
    const third = await stand.replays.record(SHOW);
    await stopping;
    expect(third).not.toBe(first);
    expect(third.state).toBe('on');
  });

  it('begins with a key frame, also when the packager runs already', async () => {
    stand = await openStand();
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, { stretch: take.stretch, segments: take.segments.map((each, n) => ({ ...each, isIndependent: n !== 0 })) });
    await recorder.stop();
    expect((await stand.replays.find(SHOW))?.durationMs).toBe(8_000);
    await expectPlayable(8);
  });
});

describe('a disk that does not keep up', () => {
  it('makes a gap instead of keeping anybody waiting, and goes on behind it', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    let isSlow = false;
    const disk: Disk = {
      ...realDisk,
      async freeBytes(of) {
        if (isSlow) await gate;
        return realDisk.freeBytes(of);
      },
    };
    stand = await openStand({ disk });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 1));
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(1));

    isSlow = true;
    const large = { ...take.segments[1]!, video: { ...take.segments[1]!.video, bytes: Buffer.alloc(QUEUE_LIMIT_BYTES / 2) } };
    for (const sequence of [1, 2, 3, 4, 5]) recorder.segmentEnded({ ...large, sequence });
    expect(await stand.lost()).toBe(4);
    letGo();
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(2));
    feed(recorder, part(3));
    await recorder.stop();
    const recording = await stand.replays.find(SHOW);
    expect(recording?.stretches.length).toBe(2);
    expect(recording?.stretches[1]?.at).toBe(take.segments[3]!.at);
  });

  it('does not hold up a stop when it hangs', async () => {
    const clock = new FakeClock(1_000);
    // It never answers: one that did would write while the test takes its folder away.
    stand = await openStand({ clock, disk: { ...realDisk, freeBytes: () => new Promise(() => undefined) } });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 1));
    const stopping = recorder.stop();
    clock.advance(5_000);
    await stopping;
    expect(recorder.state).toBe('off');
  });
});

describe('a full disk', () => {
  // The error comes from where files are opened: a file system that is really full cannot be had everywhere.
  function fullAfter(bytes: number): { disk: Disk; makeRoom(): void } {
    let left = bytes;
    return {
      makeRoom: () => (left = Infinity),
      disk: {
        ...realDisk,
        async open(path, flags) {
          const file = await realDisk.open(path, flags);
          return {
            truncate: (length) => file.truncate(length),
            close: () => file.close(),
            async write(data, offset, length, position) {
              const fits = Math.min(length, left);
              // As the kernel does it: what fits is written, the next write fails.
              if (fits <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
              left -= fits;
              return file.write(data, offset, fits, position);
            },
          };
        },
      },
    };
  }

  it('stops recording with a clear state, keeps what is whole, and goes on by itself when there is room', async () => {
    const clock = new FakeClock(1_000);
    const sizes = take.segments.map(({ video, opus }) => video.bytes.length + opus.bytes.length);
    const { disk, makeRoom } = fullAfter(take.stretch.init.video.length + take.stretch.init.opus.length + sizes[0]! + Math.floor(sizes[1]! / 2) + 300);
    stand = await openStand({ clock, disk });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 3));
    await vi.waitFor(() => expect(recorder.state).toBe('disk-full'));
    await vi.waitFor(async () => expect(await stand.lost()).toBe(2));
    expect(await segmentsOnDisk()).toBe(1);

    makeRoom();
    clock.advance(10_000);
    feed(recorder, part(3));
    await vi.waitFor(() => expect(recorder.state).toBe('on'));
    await recorder.stop();
    expect(stand.states).toEqual(['on', 'disk-full', 'on', 'off']);
    expect(await segmentsOnDisk()).toBe(3);
    await expectPlayable(6);
  });

  it('is said before the reserve of the real disk is touched', async () => {
    const { bavail, bsize } = await import('node:fs/promises').then(({ statfs }) => statfs('/tmp'));
    stand = await openStand({ reserveBytes: bavail * bsize * 2 });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0));
    await vi.waitFor(() => expect(recorder.state).toBe('disk-full'));
    await recorder.stop();
    expect(stand.states).toEqual(['on', 'disk-full', 'off']);
    expect(await stand.replays.find(SHOW)).toBeUndefined();
  });

  it('is not asked for again with each segment', async () => {
    const clock = new FakeClock(1_000);
    const freeBytes = vi.fn<() => Promise<number>>(async () => 0);
    stand = await openStand({ clock, reserveBytes: 1, disk: { ...realDisk, freeBytes } });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0));
    await vi.waitFor(async () => expect(await stand.lost()).toBe(5));
    expect(freeBytes).toHaveBeenCalledTimes(1);
    await recorder.stop();
  });
});

describe('a folder that is taken away', () => {
  it('is made anew, and what comes is recorded into it', async () => {
    stand = await openStand();
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 2));
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(2));
    await rm(folder(), { recursive: true });
    feed(recorder, part(2));
    await recorder.stop();
    expect(await segmentsOnDisk()).toBe(3);
    await expectPlayable(6);
  });

  it.each([
    ['index', 5],
    ['video', 3],
    ['opus', 3],
  ])('leaves what can be played when only its %s file went: %i segments', async (which, segments) => {
    stand = await openStand();
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 2));
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(2));
    const name = (await readdir(folder())).find((each) => each.includes(which))!;
    await rm(join(folder(), name));
    feed(recorder, part(2));
    await recorder.stop();
    expect(await segmentsOnDisk()).toBe(segments);
    await expectPlayable(segments * 2);
  });

  it('does not stop the server when it cannot be made again', async () => {
    const clock = new FakeClock(1_000);
    stand = await openStand({ clock });
    const recorder = await stand.replays.record(SHOW);
    feed(recorder, part(0, 2));
    await vi.waitFor(async () => expect(await segmentsOnDisk()).toBe(2));
    // A file where the folder has to be.
    await rm(folder(), { recursive: true });
    await (await open(folder(), 'w')).close();
    feed(recorder, part(2, 3));
    await vi.waitFor(() => expect(recorder.state).toBe('off'));
    await rm(folder());
    clock.advance(10_000);
    feed(recorder, part(3));
    await vi.waitFor(() => expect(recorder.state).toBe('on'));
    await recorder.stop();
    expect((await stat(folder())).isDirectory()).toBe(true);
    expect(await segmentsOnDisk()).toBe(2);
  });
});
