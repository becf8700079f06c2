// Owns what the rest of live may use of replays. Exports and wiring only.
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route, WireRoute } from '../../platform/http/route.ts';
import type { Logger } from '../../platform/log.ts';
import { Scope } from '../../platform/scope.ts';
import type { HlsPasses, Media, MediaFacts, Replays } from '../../media/index.ts';
import type { Shop } from '../../shop/index.ts';
import type { Gate } from '../access/gate.ts';
import type { LiveFacts } from '../facts.ts';
import type { Shelf } from '../shelf.ts';
import type { Shows } from '../shows.ts';
import type { ShowViews } from '../view.ts';
import type { ReplayPasses } from './addresses.ts';
import { DeletedReplays } from './deleted-replays.ts';
import { Downloads } from './downloads.ts';
import { Erasure } from './erasure.ts';
import { replayMediaRoutes } from './media-routes.ts';
import { RecordedStreams } from './recorded-streams.ts';
import { RecordingPolicy } from './recording-policy.ts';
import { Retention } from './retention.ts';
import { RetentionRules, type RetentionSettings } from './retention-rules.ts';
import { replayRoutes } from './routes.ts';
import { ShowReplays } from './show-replays.ts';

export type { RetentionSettings } from './retention-rules.ts';

export interface LiveReplaysDeps {
  database: Database;
  bus: Bus<LiveFacts & MediaFacts>;
  clock: Clock;
  log: Logger;
  media: Media;
  replays: Replays;
  passes: HlsPasses;
  retention: RetentionSettings;
  shop: Shop;
  shows: Shows;
  shelf: Shelf;
  gate: Gate;
  publicUrl: () => string;
}

export interface LiveReplays {
  readonly shows: ShowReplays;
  /** What the views need comes first, what needs the views comes with `erasure` and `routes`. */
  erasure(views: ShowViews): Erasure;
  routes(deps: { views: ShowViews; erasure: Erasure; mayWatch: (caller: Caller, showId: string) => Promise<void> }): (Route | WireRoute)[];
  close(): Promise<void>;
}

export function createLiveReplays(deps: LiveReplaysDeps): LiveReplays {
  const { database, bus, clock, log, media, replays, shop, shows, shelf, gate, publicUrl } = deps;
  const scope = new Scope();
  const rules = new RetentionRules(deps.retention, shop.sellers);
  const passes: ReplayPasses = {
    passFor: async (showId) => ((await gate.isGated(showId)) ? deps.passes.make(showId) : undefined),
    isValid: (showId, pass) => deps.passes.isValid(showId, pass),
  };
  const deleted = new DeletedReplays({ database, replays, bus, clock });
  const remove = (showId: string) => deleted.remove(showId);
  const retention = new Retention({ database, replays, rules, sellers: shop.sellers, remove, clock, log });
  scope.add(() => retention.close());
  const policy = new RecordingPolicy({
    shows,
    recording: new RecordedStreams({ media, replays }),
    rules,
    bus,
    async finished(show) {
      bus.emit('replay.changed', { showId: show.id, state: await showReplays.stateOf(show) });
      await retention.sweep();
    },
  });
  const showReplays = new ShowReplays({ replays, policy, deleted, rules, shelf, catalogue: shop.catalogue, passes, publicUrl });

  scope.add(bus.on('stream.started', ({ streamId }) => policy.started(streamId)));
  scope.add(bus.on('show.changed', ({ show }) => (show.status === 'ended' ? policy.ended(show) : undefined)));
  scope.add(
    bus.on('recording.changed', ({ streamId, state }) => {
      const stream = media.find(streamId);
      if (stream) stream.recording = state;
      return state === 'disk-full' ? retention.sweep() : undefined;
    }),
  );

  return {
    shows: showReplays,
    erasure: (views) => new Erasure({ database, views, remove, bus, log }),
    routes({ views, erasure, mayWatch }) {
      const downloads = new Downloads(clock);
      const show = (showId: string) => views.show(showId);
      return [
        ...replayRoutes({ showReplays, retention, erasure, downloads, remove, show, findOrder: shop.orders.find, mayWatch }),
        ...replayMediaRoutes({ replays, showReplays, downloads, passes, show, mayWatch }),
      ];
    },
    close: () => scope.close(),
  };
}
