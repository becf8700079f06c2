// Owns the HTTP route of the staff's log.
import { endpoints } from '../../protocol/index.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { requireHostOf } from '../access/permissions.ts';
import type { Shows } from '../shows.ts';
import type { StaffLog } from './staff-log.ts';

export function staffLogRoutes({ staffLog, shows }: { staffLog: StaffLog; shows: Shows }): Route[] {
  return [
    route(endpoints.readStaffLog, async ({ params, caller }) => {
      const show = await shows.require(params.showId);
      requireHostOf(caller, show);
      return { acts: await staffLog.of(show.sellerId) };
    }),
  ];
}
