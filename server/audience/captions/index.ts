// Owns the captions of shows as the audience module sees them. Wiring only.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Route, WireRoute } from '../../platform/http/route.ts';
import type { Logger } from '../../platform/log.ts';
import type { Door, Live } from '../../live/index.ts';
import { type CaptionAudience, CaptionFeed } from './feed.ts';
import { CaptionLines } from './lines.ts';
import { captionRoutes } from './routes.ts';

export type { CaptionAudience } from './feed.ts';

export interface CaptionsDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  door: Door;
  room: CaptionAudience;
  replayTimes: Live['replayTimes'];
}

export function createCaptions({ database, clock, log, door, room, replayTimes }: CaptionsDeps): { routes: (Route | WireRoute)[]; close(): void } {
  const lines = new CaptionLines({ database, clock });
  const feed = new CaptionFeed({ lines, clock, audience: room, onFault: (error) => log.error({ err: error }, 'telling of captions failed') });
  return { routes: captionRoutes({ lines, feed, door, replayTimes, clock }), close: () => feed.close() };
}
