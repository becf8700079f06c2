// Owns whether this viewer follows the seller as they come in. Who is new cannot, so only those are asked for who have been here before.
import { readFollow } from '../../server/protocol/endpoints/following.ts';
import { deviceStorage, Kept, type Visit } from '../show/index.ts';

/** Since this device first met the server of a show, no other show of it was opened: nobody follows yet. */
const isNew = (visit: Visit): boolean => {
  const met = new Kept<string>(deviceStorage(), `met:${visit.serverUrl}`, (value) => typeof value === 'string');
  const first = met.read();
  if (first === null) met.write(visit.showId);
  return first === null;
};

export async function followsSeller(visit: Visit): Promise<boolean> {
  const sellerId = visit.store.snapshot?.show.sellerId;
  if (isNew(visit) || !sellerId || (await visit.viewer.provider()) === null) return false;
  const known = await visit.client.call(readFollow, { params: { sellerId } });
  return known.ok && known.value.isFollowing;
}
