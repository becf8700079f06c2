// Owns ordering by code as the audience module sees it. Wiring only.
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import { Scope } from '../../platform/scope.ts';
import type { Codes as CodesView } from '../../protocol/codes.ts';
import type { Door, Goods, LiveFacts } from '../../live/index.ts';
import type { ShopFacts } from '../../shop/index.ts';
import { Codes } from './codes.ts';
import { codeRoutes } from './routes.ts';

/** The people in a show, as codes are told to them. */
export interface CodeAudience {
  decorate(showId: string, event: 'codes.changed', body: CodesView): void;
}

export function createCodes(deps: { database: Database; bus: Bus<LiveFacts & ShopFacts>; door: Door; goods: Goods; room: CodeAudience }): { codes: Codes; routes: Route[]; close(): Promise<void> } {
  const { bus, door, room } = deps;
  const scope = new Scope();
  const codes = new Codes(deps);
  /** What each room was told last: a price that changes makes no other codes. */
  const told = new Map<string, string>();
  async function tell(showId: string): Promise<void> {
    const present = await codes.of(showId);
    const said = JSON.stringify(present);
    if (said === told.get(showId)) return;
    told.set(showId, said);
    room.decorate(showId, 'codes.changed', present);
  }
  const follow = async (showId: string): Promise<void> => {
    if (await codes.isOn(showId)) await tell(showId);
  };
  scope.add(bus.on('shelf.changed', ({ showId }) => follow(showId)));
  scope.add(bus.on('product.shelved', ({ showId }) => follow(showId)));
  scope.add(
    bus.on('show.deleted', ({ showId }) => {
      told.delete(showId);
      return codes.forget(showId);
    }),
  );
  return { codes, routes: codeRoutes({ door, codes, tell }), close: () => scope.close() };
}
