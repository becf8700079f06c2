// Owns the HTTP routes of a show's gate: its staff set it, viewers pass it with a code, guessers are slowed down.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import { type Auth, type Caller, VIEWER_TOKEN_TTL_MS } from '../../platform/auth.ts';
import type { Bus } from '../../platform/events.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { isLoopback, MinuteLimit } from '../../platform/limits.ts';
import type { LiveFacts } from '../facts.ts';
import type { Shows } from '../shows.ts';
import type { Gate } from './gate.ts';
import type { GateCodes } from './gate-codes.ts';
import { requireHostOf } from './permissions.ts';

// Who has the code types it right in a few tries. A village behind one address is not held up: right ones do not count.
const WRONG_PER_ADDRESS = 10;
// A code of six digits then lasts for days, however many addresses somebody has.
const WRONG_PER_SHOW = 120;

export function gateRoutes(deps: {
  gate: Gate;
  codes: GateCodes;
  shows: Shows;
  auth: Auth;
  bus: Bus<LiveFacts>;
  /** Who watches a show now. */
  present: (showId: string) => string[];
}): Route[] {
  const { gate, codes, shows, auth, bus } = deps;
  const wrongByAddress = new MinuteLimit(WRONG_PER_ADDRESS);
  const wrongByShow = new MinuteLimit(WRONG_PER_SHOW);

  async function ownShow(caller: Caller, showId: string): Promise<Show> {
    const show = await shows.require(showId);
    requireHostOf(caller, show);
    return show;
  }

  /** Counted before it is looked at, so that a thousand guesses at the same moment are no way around the limit. */
  async function countGuess(caller: Caller, showId: string, code: string): Promise<void> {
    const byAddress = isLoopback(caller.address) ? undefined : caller.address;
    if (byAddress !== undefined) await wrongByAddress.take(byAddress);
    await wrongByShow.take(showId);
    if (!(await gate.knows(showId, code))) return;
    if (byAddress !== undefined) await wrongByAddress.giveBack(byAddress);
    await wrongByShow.giveBack(showId);
  }

  return [
    route(endpoints.readGate, async ({ params, caller }) => gate.state((await ownShow(caller, params.showId)).id)),

    route(endpoints.changeGate, async ({ params, body, caller }) => {
      const { id } = await ownShow(caller, params.showId);
      await gate.change(id, body, deps.present(id));
      bus.emit('show.changed', { show: await shows.require(id) });
      if (body.signOutEveryone) bus.emit('admissions.ended', { showId: id });
      return gate.state(id);
    }),

    route(endpoints.makeCodes, async ({ params, body, caller }) => ({ codes: await codes.make((await ownShow(caller, params.showId)).id, body.count) })),

    route(endpoints.listCodes, async ({ params, caller }) => ({ codes: await codes.list((await ownShow(caller, params.showId)).id) })),

    route(endpoints.revokeUnusedCodes, async ({ params, caller }) => {
      await codes.revokeUnused((await ownShow(caller, params.showId)).id);
      return undefined;
    }),

    route(endpoints.revokeCode, async ({ params, caller }) => {
      const { id } = await ownShow(caller, params.showId);
      await codes.revoke(id, params.codeId);
      bus.emit('admissions.ended', { showId: id });
      return undefined;
    }),

    route(endpoints.enterCode, async ({ params, body, caller, once }) => {
      const show = await shows.require(params.showId);
      // No code opens a rehearsal.
      if (show.kind === 'rehearsal') await gate.require(caller, show);
      if (show.needsCode) await countGuess(caller, show.id, body.code);
      const identity = await gate.admit(show.id, body.code, caller.claims.identity, once);
      return { viewerToken: caller.isKnown ? null : await auth.sign({ role: 'viewer', identity }, VIEWER_TOKEN_TTL_MS) };
    }),
  ];
}
