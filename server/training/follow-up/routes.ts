// Owns the HTTP routes of follow-up: for who teaches the class, and for the operator.
import type { Caller } from '../../platform/auth.ts';
import { Bytes, type Route, route } from '../../platform/http/route.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { ClassesPort } from '../classes/index.ts';
import { classTable, overviewTable, visitsFile } from './export.ts';
import type { FollowUps } from './follow-up.ts';

export function followUpRoutes({ followUps, door }: { followUps: FollowUps; door: ClassesPort['door'] }): Route[] {
  const attached = (name: string): [string, string] => ['content-disposition', `attachment; filename="${name}"`];

  async function own(caller: Caller, classId: string): Promise<string> {
    await door.enter(caller, classId);
    return classId;
  }

  return [
    route(endpoints.readFollowUp, async ({ caller }) => followUps.over(await door.ownClasses(caller))),
    route(endpoints.readClassFollowUp, async ({ params, caller }) => followUps.ofClass(await own(caller, params.classId))),

    route(endpoints.changeVisit, async ({ params, body, caller }) => {
      const classId = await door.classOfTrainee(caller, params.traineeId);
      await followUps.change(params.traineeId, params.week, body, caller.claims.name ?? '');
      return followUps.ofClass(classId);
    }),

    route(endpoints.exportFollowUp, async ({ query, caller, reply }) => {
      const overview = await followUps.over(await door.ownClasses(caller));
      reply.header(...attached('follow-up.csv')).header('cache-control', 'no-store');
      return new Bytes(overviewTable(overview, query.lang), endpoints.exportFollowUp.produces);
    }),

    route(endpoints.exportClassFollowUp, async ({ params, query, caller, reply }) => {
      const classId = await own(caller, params.classId);
      reply.header(...attached(`follow-up-${classId}.csv`)).header('cache-control', 'no-store');
      return new Bytes(classTable(await followUps.ofClass(classId), query.lang), endpoints.exportClassFollowUp.produces);
    }),

    route(endpoints.exportVisits, async ({ params, query, caller, reply }) => {
      const classId = await own(caller, params.classId);
      reply.header(...attached(`visits-${classId}.ics`)).header('cache-control', 'no-store');
      return new Bytes(new TextEncoder().encode(visitsFile(await followUps.ofClass(classId), query.lang)), endpoints.exportVisits.produces);
    }),
  ];
}
