// Owns what the packager makes of a stream, as tests look at it: stretches and segments as they come, waited for and decoded.
import { EventEmitter, on } from 'node:events';
import { expect } from 'vitest';
import type { Media } from '../../server/media/index.ts';
import type { Segment, Stretch } from '../../server/media/hls/segment.ts';
import { complaintsLater } from './decoded.ts';

export interface Packaged {
  stretches: { stretch: Stretch; segments: Segment[] }[];
  segments(): Segment[];
  /** Resolves when it holds, which is looked at with each segment. @throws after 40 s */
  until(holds: () => boolean): Promise<void>;
}

/** Has a stream packaged from now on. */
export function feed(media: Media, streamId: string): Packaged {
  const stretches: Packaged['stretches'] = [];
  const told = new EventEmitter();
  media.feed(streamId, {
    stretchStarted: (stretch) => stretches.push({ stretch, segments: [] }),
    segmentEnded: (segment) => {
      stretches.find(({ stretch }) => stretch.index === segment.stretch)?.segments.push(segment);
      told.emit('segment');
    },
  });
  return {
    stretches,
    segments: () => stretches.flatMap(({ segments }) => segments),
    async until(holds) {
      const more = on(told, 'segment', { signal: AbortSignal.timeout(40_000) });
      while (!holds()) await more.next();
      await more.return?.();
    },
  };
}

export async function segmentsReach(packaged: Packaged, count: number): Promise<void> {
  await packaged.until(() => packaged.segments().length >= count);
}

/** Decodes every stretch and expects not a word of complaint. */
export async function expectDecodable({ stretches }: Packaged): Promise<void> {
  for (const { stretch, segments } of stretches) {
    for (const track of ['video', 'opus'] as const) {
      const file = Buffer.concat([stretch.init[track], ...segments.map((segment) => segment[track].bytes)]);
      expect(await complaintsLater(file), `${track} of stretch ${stretch.index}`).toBe('');
    }
  }
}
