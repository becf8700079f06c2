// Owns the wiring of a show's questions: found in its chat, kept in a queue, answered from it.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Door, Goods } from '../../live/index.ts';
import type { Feed } from '../chat/feed.ts';
import type { Posting } from '../chat/posting.ts';
import { Following } from './following.ts';
import { Queue, type QuestionAudience } from './queue.ts';
import { ReadyAnswers } from './ready-answers.ts';
import { questionRoutes } from './routes.ts';

export type { QuestionAudience } from './queue.ts';

export interface Questions {
  readonly routes: readonly Route[];
  /** Looks at what has changed in a show's chat. */
  catchUp(showId: string): Promise<void>;
}

export function createQuestions(deps: {
  database: Database;
  clock: Clock;
  door: Door;
  goods: Goods;
  feed: Feed;
  posting: Posting;
  audience: QuestionAudience;
  onFault: (error: unknown) => void;
}): Questions {
  const { database, clock, door, goods, feed, posting, audience, onFault } = deps;
  const following = new Following({ database, goods, onChanged: (showId, changed) => void queue.tell(showId, changed).catch(onFault) });
  const queue = new Queue({ database, following, feed, audience });
  return {
    routes: questionRoutes({ door, goods, queue, feed, posting, ready: new ReadyAnswers({ database, clock }) }),
    catchUp: (showId) => following.catchUp(showId),
  };
}
