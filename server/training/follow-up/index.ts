// Owns what comes after a class. Exports and wiring only.
import type { Route } from '../../platform/http/route.ts';
import type { ClassesPort } from '../classes/index.ts';
import { FollowUps, type FollowUpDeps } from './follow-up.ts';
import { followUpRoutes } from './routes.ts';

export type { NumbersSource } from './numbers.ts';
export { followUpMigration } from './tables.ts';

export interface FollowUpPart {
  readonly routes: readonly Route[];
}

export function createFollowUp(deps: Omit<FollowUpDeps, 'classes'> & { classes: ClassesPort }): FollowUpPart {
  const followUps = new FollowUps(deps);
  deps.classes.keepNumbersOf((classId) => followUps.numbersOf(classId));
  return { routes: followUpRoutes({ followUps, door: deps.classes.door }) };
}
