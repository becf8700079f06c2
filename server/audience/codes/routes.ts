// Owns the HTTP routes of codes.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { Door } from '../../live/index.ts';
import type { Codes } from './codes.ts';

export function codeRoutes({ door, codes, tell }: { door: Door; codes: Codes; tell: (showId: string) => Promise<void> }): Route[] {
  async function requireStaff(caller: Caller, showId: string): Promise<void> {
    const { isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
  }
  return [
    route(endpoints.readCodes, async ({ params, caller }) => {
      await door.enter(caller, params.showId);
      return codes.of(params.showId);
    }),
    route(endpoints.readCodeDesk, async ({ params, caller }) => {
      await requireStaff(caller, params.showId);
      return codes.desk(params.showId);
    }),
    route(endpoints.changeCodes, async ({ params, body, caller }) => {
      await requireStaff(caller, params.showId);
      await codes.turn(params.showId, body.isOn);
      await tell(params.showId);
      return codes.desk(params.showId);
    }),
  ];
}
