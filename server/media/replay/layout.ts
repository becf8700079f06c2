// Owns where a recording lies on the disk and how its files are named. Nothing else makes a path out of what somebody sent.
import { join } from 'node:path';

/** Under the data folder. */
export const RECORDINGS = 'recordings';
export const INDEX = 'index';
/** Pictures made of a recording; may be deleted at any time. */
export const FRAMES = 'frames';

export type RecordedTrack = 'video' | 'opus';

const STREAM_ID = /^[A-Za-z0-9_-]{3,64}$/;
// The time is part of the name, so that what a cache keeps under a name never changes, also after the folder was made anew.
const MEDIA_FILE = /^([1-9]\d{0,5})-(\d{1,16})-(video|opus)\.mp4$/;

/** The folder of a stream's recording, undefined for what is no stream id. */
export function folderOf(recordingsDir: string, streamId: string): string | undefined {
  return STREAM_ID.test(streamId) ? join(recordingsDir, streamId) : undefined;
}

/** @param n number of the stretch in the recording, from 1 */
export function mediaFile(n: number, at: number, track: RecordedTrack): string {
  return `${n}-${Math.max(0, Math.round(at))}-${track}.mp4`;
}

export function parseMediaFile(name: string): { n: number; at: number; track: RecordedTrack } | undefined {
  const match = MEDIA_FILE.exec(name);
  return match ? { n: Number(match[1]), at: Number(match[2]), track: match[3] as RecordedTrack } : undefined;
}

export function frameFile(segment: number, width: number): string {
  return `${segment}-${width}.webp`;
}
