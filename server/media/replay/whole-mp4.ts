// Owns a recording as one MP4 of any length: the recorded fragments one after the other on one timeline, a segment in memory at a time.
// Not mediabunny, which does the clips: it keeps an entry for each sample to the end, about 300 MB for 10 h.
import { boxesIn, runOf } from './boxes.ts';
import { placeFragments } from './fragment-edit.ts';
import { movieHead, OPUS_TRACK, VIDEO_TRACK } from './movie-head.ts';
import type { RecordingIndex, StretchEntry } from './recording-index.ts';
import type { RecordingReader } from './recording-reader.ts';

/** Places of segments, `to` not included. */
export interface Places {
  from: number;
  to: number;
}

export async function wholeMp4(index: RecordingIndex, reader: RecordingReader, places: Places): Promise<{ bytes: AsyncIterable<Buffer>; contentLength: number }> {
  const { stretch: first, startMs } = index.segment(places.from);
  const isMixed = await reader.isMixed(index.stretchesBetween(places.from, places.to));
  const head = movieHead(await reader.init(first, 'video'), await reader.init(first, 'opus'), endMs(index, places) - startMs, isMixed);

  let contentLength = head.length;
  for (let place = places.from; place < places.to; place += 1) {
    const { video, opus } = index.segment(place);
    contentLength += video.length + opus.length;
  }

  async function* bytes(): AsyncGenerator<Buffer> {
    yield head;
    const ends = { video: 0, opus: 0 };
    let sequence = 1;
    let current: { stretch: StretchEntry; shift: { video: number; opus: number } } | undefined;
    for (let place = places.from; place < places.to; place += 1) {
      const segment = index.segment(place);
      const video = await reader.piece(segment, 'video');
      const opus = await reader.piece(segment, 'opus');
      if (current?.stretch !== segment.stretch) {
        current = { stretch: segment.stretch, shift: await shiftOf(reader, segment.stretch, video, segment.startMs - startMs) };
      }
      for (const [track, id, piece] of [['video', VIDEO_TRACK, video], ['opus', OPUS_TRACK, opus]] as const) {
        const placed = placeFragments(piece, { track: id, shift: current.shift[track], notBefore: ends[track], sequence });
        ends[track] = placed.end;
        sequence += placed.fragments;
        yield piece;
      }
    }
  }
  return { bytes: bytes(), contentLength };
}

// The picture's first sample of the stretch goes to its replay time; the sound keeps its distance to the picture.
async function shiftOf(reader: RecordingReader, stretch: StretchEntry, video: Buffer, replayMs: number): Promise<{ video: number; opus: number }> {
  const timescale = { video: await reader.timescale(stretch, 'video'), opus: await reader.timescale(stretch, 'opus') };
  const seconds = replayMs / 1000 - firstTime(video) / timescale.video;
  return { video: seconds * timescale.video, opus: seconds * timescale.opus };
}

function firstTime(video: Buffer): number {
  const moof = boxesIn(video).find(({ type }) => type === 'moof');
  return (moof && runOf(video, moof)?.time) ?? 0;
}

function endMs(index: RecordingIndex, { to }: Places): number {
  const last = index.segment(to - 1);
  return last.startMs + last.video.ms;
}
