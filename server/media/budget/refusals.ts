// Owns what a viewer is answered who cannot be let in now.
import { FieldcastError } from '../../platform/errors.ts';

/** For players that are told nothing else (WHEP). */
const RETRY = { 'retry-after': '15' };

/** @param place in the queue, 1 being the next */
export function queued(place: number): FieldcastError {
  return new FieldcastError('media.queued', 'There is no room for one more viewer; media.turn will tell when there is.', { params: { place }, headers: RETRY });
}

/** Where a cache in front of HLS has the room that the server's own line has not. */
export function useHls(): FieldcastError {
  return new FieldcastError('media.use-hls', 'There is no room for one more viewer here; play hlsUrl, which a cache carries.', { headers: RETRY });
}
