// Owns the route of the uplink budget: the account of media, with the titles of the shows.
import * as endpoints from '../protocol/endpoints.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Media } from '../media/index.ts';
import type { Shows } from './shows.ts';

export function uplinkRoutes({ media, shows }: { media: Pick<Media, 'uplinkAccount'>; shows: Pick<Shows, 'find'> }): Route[] {
  return [
    route(endpoints.readUplink, async () => {
      const { streams, decisions, ...account } = media.uplinkAccount();
      const ids = new Set([...streams, ...decisions].map(({ streamId }) => streamId));
      const titles = new Map(await Promise.all([...ids].map(async (id) => [id, (await shows.find(id))?.title ?? ''] as const)));
      const named = <T extends { streamId: string }>({ streamId, ...rest }: T) => ({ ...rest, showId: streamId, title: titles.get(streamId) ?? '' });
      return { ...account, shows: streams.map(named), decisions: decisions.map(named) };
    }),
  ];
}
