// Owns what the packager makes of a stream, as tests look at it: stretches and segments as they come, waited for and decoded.
import { expect } from 'vitest';
import type { Media } from '../../server/media/index.ts';
import type { Segment, Stretch } from '../../server/media/hls/segment.ts';
import { complaints } from './decoded.ts';

export interface Packaged {
  stretches: { stretch: Stretch; segments: Segment[] }[];
  segments(): Segment[];
}

/** Has a stream packaged from now on. */
export function feed(media: Media, streamId: string): Packaged {
  const stretches: Packaged['stretches'] = [];
  media.feed(streamId, {
    stretchStarted: (stretch) => stretches.push({ stretch, segments: [] }),
    segmentEnded: (segment) => stretches.find(({ stretch }) => stretch.index === segment.stretch)?.segments.push(segment),
  });
  return { stretches, segments: () => stretches.flatMap(({ segments }) => segments) };
}

export async function segmentsReach(packaged: Packaged, count: number): Promise<void> {
  await expect.poll(() => packaged.segments().length, { timeout: 40_000, interval: 100 }).toBeGreaterThanOrEqual(count);
}

/** Decodes every stretch and expects not a word of complaint. */
export function expectDecodable({ stretches }: Packaged): void {
  for (const { stretch, segments } of stretches) {
    for (const track of ['video', 'opus'] as const) {
      const file = Buffer.concat([stretch.init[track], ...segments.map((segment) => segment[track].bytes)]);
      expect(complaints(file), `${track} of stretch ${stretch.index}`).toBe('');
    }
  }
}
