// Owns scoring: rubrics, sheets, and the helpers worked out from data. Wiring only.
import type { Audience } from '../../audience/index.ts';
import type { Live } from '../../live/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Show } from '../../protocol/show.ts';
import { Practice } from './practice.ts';
import { Readings } from './readings.ts';
import { scoringRoutes } from './routes.ts';
import { Rubrics } from './rubrics.ts';
import { Sheets } from './sheets.ts';

export interface ScoringDeps {
  database: Database;
  clock: Clock;
  live: Pick<Live, 'door' | 'goods' | 'shows' | 'replayTimes'>;
  audience: Pick<Audience, 'record'>;
  /** The show that this caller coaches in. @throws FieldcastError `not-found`, `auth.forbidden` */
  coached: (caller: Caller, showId: string) => Promise<Show>;
}

export function createScoring({ database, clock, live, audience, coached }: ScoringDeps): { routes: readonly Route[] } {
  const sheets = new Sheets({ database, clock, replayTimes: live.replayTimes });
  const readings = new Readings({ database, clock });
  const practice = new Practice({ clock, live, audience, readings, sheets });
  return { routes: scoringRoutes({ door: live.door, coached, rubrics: new Rubrics({ database, clock }), sheets, practice, readings }) };
}
