import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTake, probe, type Take } from '../../../support/recorded-segments.ts';
import { openStand, recordAll, type ReplayStand } from '../../../support/replay-stand.ts';

const CHILD = fileURLToPath(new URL('../../../support/recording-child.mjs', import.meta.url));
const SHOW = 'shw_one';
let take: Take;
let dataDir: string;
let stand: ReplayStand | undefined;

beforeAll(async () => {
  take = await makeTake({ seconds: 10, size: '640x360' });
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-crash-'));
});
afterEach(async () => {
  await stand?.close();
  stand = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

function folder(): string {
  return join(dataDir, 'recordings', SHOW);
}

async function fileOf(track: 'video' | 'opus' | 'index'): Promise<string> {
  return join(folder(), (await readdir(folder())).find((name) => name.includes(track))!);
}

/** Opened by a server that was just started: its length, after all of it was decoded without a complaint. */
async function playedMs(): Promise<number> {
  await stand?.close();
  stand = await openStand({ dataDir });
  const recording = await stand.replays.find(SHOW);
  if (!recording) return 0;
  const out = join(dataDir, 'out.mp4');
  const file = await open(out, 'w');
  const { stream, contentLength } = await stand.replays.mp4(SHOW);
  for await (const bytes of stream) await file.write(bytes as Buffer);
  await file.close();
  expect((await stat(out)).size).toBe(contentLength);
  const { errors, video } = await probe(out);
  expect(errors).toBe('');
  expect(video.packets).toBe(Math.round(recording.durationMs / 40));
  return recording.durationMs;
}

async function recordTake(): Promise<void> {
  const first = await openStand({ dataDir });
  await recordAll(first.replays, SHOW, take);
  await first.replays.close();
}

describe('a server that is killed while it records', () => {
  it('leaves a replay that plays to the end and misses nothing that was on the disk, five times in a row', async () => {
    const takeFile = join(dataDir, 'take');
    await writeFile(takeFile, serialize(take));
    let onDiskMs = 0;
    for (let round = 1; round <= 5; round += 1) {
      const child = spawn(process.execPath, [CHILD, dataDir, SHOW, takeFile], { stdio: ['ignore', 'pipe', 'inherit'] });
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        onDiskMs = Number(line);
        lines += 1;
        // It goes on writing while the signal is on its way.
        if (lines === 2 + round) child.kill('SIGKILL');
      }
      expect(lines).toBeGreaterThanOrEqual(2 + round);
      const left = await openedMs();
      expect(left).toBeGreaterThanOrEqual(onDiskMs);
    }
    expect(await playedMs()).toBeGreaterThanOrEqual(onDiskMs);
  });

  async function openedMs(): Promise<number> {
    const after = await openStand({ dataDir });
    const recording = await after.replays.find(SHOW);
    await after.replays.close();
    return recording?.durationMs ?? 0;
  }
});

describe('what a crash leaves', () => {
  it.each([
    ['half a fragment of the picture', 'video'],
    ['half a fragment of the sound', 'opus'],
    ['half a line of the index', 'index'],
  ] as const)('is cut off: %s behind the last whole one', async (_what, track) => {
    await recordTake();
    const file = await fileOf(track);
    const { size } = await stat(file);
    await appendFile(file, track === 'index' ? '["segment",99,' : take.segments[0]!.video.bytes.subarray(0, 777));
    expect(await playedMs()).toBe(10_000);
    expect((await stat(file)).size).toBe(size);
  });

  it.each(['video', 'opus'] as const)('is cut back to the last whole segment when the %s ends in the middle of one', async (track) => {
    await recordTake();
    const file = await fileOf(track);
    await truncate(file, (await stat(file)).size - 100);
    expect(await playedMs()).toBe(8_000);
  });

  it('is cut back when the file is long enough but was never filled', async () => {
    await recordTake();
    const file = await fileOf('video');
    const { size } = await stat(file);
    const last = take.segments.at(-1)!.video.bytes.length;
    await truncate(file, size - last);
    await truncate(file, size);
    expect(await playedMs()).toBe(8_000);
  });

  it('is made anew from the media when the index is gone', async () => {
    await recordTake();
    const index = await fileOf('index');
    const before = await readFile(index, 'utf8');
    await rm(index);
    expect(await playedMs()).toBe(10_000);
    expect(await readFile(index, 'utf8')).toBe(before.replaceAll('avc1.42c00d', codecIn(await readFile(index, 'utf8'))));
  });

  it('is made anew also when index and the ends of the media are gone', async () => {
    await recordTake();
    await rm(await fileOf('index'));
    const file = await fileOf('video');
    await truncate(file, (await stat(file)).size - 100);
    // The fragments before the torn one are whole: up to a quarter of a second is lost.
    const ms = await playedMs();
    expect(ms).toBeGreaterThan(9_500);
    expect(ms).toBeLessThan(10_000);
  });

  it.each(['', '\0\0\0\0', '["something-else",1]\n'])('is not misled by an index of %j', async (text) => {
    await recordTake();
    await writeFile(await fileOf('index'), text);
    expect(await playedMs()).toBe(10_000);
  });

  it('is not cut off behind a hole in the index', async () => {
    await recordTake();
    const index = await open(await fileOf('index'), 'r+');
    await index.write(Buffer.alloc(60), 0, 60, 150);
    await index.close();
    expect(await playedMs()).toBe(10_000);
  });

  it('is nothing when nothing was recorded yet', async () => {
    const first = await openStand({ dataDir });
    const recorder = await first.replays.record(SHOW);
    recorder.stretchStarted(take.stretch);
    await recorder.stop();
    await first.replays.close();
    expect(await playedMs()).toBe(0);
  });

  it('is deleted in the end when a deletion was cut short', async () => {
    await recordTake();
    await rename(folder(), `${folder()}-1.removed`);
    stand = await openStand({ dataDir });
    expect(await readdir(join(dataDir, 'recordings'))).toEqual([]);
  });
});

function codecIn(index: string): string {
  return /avc1\.[0-9a-f]{6}/.exec(index)![0];
}
