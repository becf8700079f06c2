// Owns the taking back of being known again: the server is told at once, and what it did not hear is told by the next page.
import { forgetRecognition } from '../../server/protocol/endpoints/following.ts';
import { type DeviceStorage, Kept, type Visit } from '../show/index.ts';
import type { Counting } from './counting.ts';

type Told = Pick<Visit, 'serverUrl' | 'client' | 'viewer'>;

let ends = 0;

/** How often it was taken back in this page: what was said of the person before does not hold any more. */
export const recognitionEnds = (): number => ends;

const owed = (storage: DeviceStorage, { serverUrl }: Told) => new Kept<true>(storage, `forget:${serverUrl}`, (value) => value === true);

/** The person agrees no more to be known again in other shows. */
export async function endRecognition(visit: Told, storage: DeviceStorage): Promise<void> {
  if ((await visit.viewer.provider()) === null) return;
  owed(storage, visit).write(true);
  ends += 1;
  await tellEnded(visit, storage);
}

/** @param counting what is chosen now: who agrees again is not forgotten later */
export async function tellEnded(visit: Told, storage: DeviceStorage, counting?: Counting): Promise<void> {
  const own = owed(storage, visit);
  if (own.read() === null) return;
  if (counting === 'known') return own.erase();
  const outcome = await visit.client.call(forgetRecognition, {});
  // Without a status nobody has answered; who is refused is not known to the server.
  if (outcome.ok || outcome.error.status === 401 || outcome.error.status === 403) own.erase();
  // Who agreed again meanwhile is to be told of anew, because that may have come before.
  ends += 1;
}
