// Owns the JSON routes of replays: watching again, deleting, the record of pins, moments of an order, the room on the disk.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Order } from '../../protocol/order.ts';
import type { OrderMoments } from '../../protocol/replay.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { requireHostOf, requireStaffOf } from '../access/permissions.ts';
import { DOWNLOAD_PATH } from './addresses.ts';
import type { Downloads } from './downloads.ts';
import type { Erasure } from './erasure.ts';
import type { Retention } from './retention.ts';
import type { ShowReplays } from './show-replays.ts';

export interface ReplayRoutesDeps {
  showReplays: ShowReplays;
  retention: Retention;
  erasure: Erasure;
  downloads: Downloads;
  /** Deletes a recording; false when there is none. */
  remove: (showId: string) => Promise<boolean>;
  /** @throws FieldcastError `not-found`. */
  show: (showId: string) => Promise<Show>;
  findOrder: (orderId: string) => Promise<Order | undefined>;
  /** @throws FieldcastError for who may not. */
  mayWatch: (caller: Caller, showId: string) => Promise<void>;
}

export function replayRoutes(deps: ReplayRoutesDeps): Route[] {
  const { showReplays, retention, erasure, downloads, remove, show: find, findOrder, mayWatch } = deps;

  async function staffShow(caller: Caller, showId: string): Promise<Show> {
    const show = await find(showId);
    requireStaffOf(caller, show);
    return show;
  }

  return [
    route(endpoints.readReplay, async ({ params, caller }) => {
      await mayWatch(caller, params.showId);
      return showReplays.describe(await find(params.showId));
    }),

    route(endpoints.deleteReplay, async ({ params, caller }) => {
      const show = await find(params.showId);
      requireHostOf(caller, show);
      if (show.status === 'live' || show.status === 'paused') throw new FieldcastError('show.wrong-state', 'The show is still being recorded.');
      if (!(await remove(show.id))) throw new FieldcastError('replay.not-found', 'There is no replay to delete.');
      return undefined;
    }),

    route(endpoints.openDownload, async ({ params, caller }) => {
      const show = await staffShow(caller, params.showId);
      await showReplays.require(show);
      const { ticket, expiresAt } = downloads.open(show.id);
      return { url: `${DOWNLOAD_PATH.replace('{showId}', show.id)}?ticket=${ticket}`, expiresAt };
    }),

    route(endpoints.readPinLog, async ({ params, caller }) => ({ entries: await showReplays.pinEntries(await staffShow(caller, params.showId)) })),

    route(endpoints.readOrderMoments, async ({ params, caller }): Promise<OrderMoments> => {
      const order = await findOrder(params.orderId);
      if (!order) throw new FieldcastError('not-found', 'There is no such order.');
      const show = await find(order.showId).catch(unlessMissing);
      if (!show) return { orderId: order.id, showId: order.showId, moments: [], reason: 'deleted', keptUntil: null };
      // The id is the buyer's key to it, also to what is behind a gate: who has ordered was inside.
      if (caller.claims.role !== 'viewer') requireStaffOf(caller, show);
      return showReplays.moments(order, show);
    }),

    route(endpoints.readStorage, () => retention.overview()),

    route(endpoints.deleteShow, async ({ params }) => {
      await erasure.erase(await find(params.showId));
      return undefined;
    }),
  ];
}

/** An order outlives a show that was deleted. */
function unlessMissing(error: unknown): undefined {
  if (!(error instanceof FieldcastError && error.code === 'not-found')) throw error;
}
