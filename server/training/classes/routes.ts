// Owns the HTTP routes of classes: for who teaches them, and for the phones of who learns in them.
import { renderSVG } from 'uqr';
import * as v from 'valibot';
import type { Live } from '../../live/index.ts';
import { type Auth, type Caller, VIEWER_TOKEN_TTL_MS } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { Bytes, type Route, route, type WireRoute } from '../../platform/http/route.ts';
import { validate } from '../../platform/validate.ts';
import { roles } from '../../protocol/access.ts';
import type { ClassView } from '../../protocol/classes.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import { id, newId } from '../../protocol/ids.ts';
import { certificatePage } from './certificate-page.ts';
import type { Certificates } from './certificates.ts';
import type { ClassDoor } from './class-door.ts';
import type { ClassViews } from './class-view.ts';
import type { Classes } from './classes.ts';
import type { Materials } from './materials.ts';
import type { Tasks } from './tasks.ts';
import type { Trainees } from './trainees.ts';

/** One-time links, as far as trainers get in by them. */
export type TrainerLinks = Pick<Live['links'], 'create' | 'ofClass' | 'find' | 'revoke'>;

export interface ClassRoutesDeps {
  auth: Auth;
  door: ClassDoor;
  views: ClassViews;
  classes: Classes;
  trainees: Trainees;
  tasks: Tasks;
  materials: Materials;
  certificates: Certificates;
  links: TrainerLinks;
  hostName: (hostId: string) => Promise<string | undefined>;
  publicUrl: () => string;
}

const CERTIFICATE_PATH = '/certificates/{certificateId}';

export function classRoutes(deps: ClassRoutesDeps): (Route | WireRoute)[] {
  const { auth, door, views, classes, trainees, tasks, materials, certificates, links, publicUrl } = deps;

  async function own(caller: Caller, classId: string): Promise<string> {
    await door.enter(caller, classId);
    return classId;
  }

  /** Does something to a class that the caller teaches, and answers how it is then. */
  async function then(classId: string, done: Promise<unknown>): Promise<ClassView> {
    await done;
    return views.whole(classId);
  }

  /** @throws FieldcastError `not-found` for a phone that has come to no class, or whose trainee is erased. */
  async function traineeOf(caller: Pick<Caller, 'claims'>): Promise<{ id: string; classId: string }> {
    const found = await door.traineeOf(caller);
    if (!found) throw new FieldcastError('not-found', 'This phone has come to no class.');
    return found;
  }

  return [
    route(endpoints.listClasses, async ({ caller }) => ({ classes: await Promise.all((await door.ownClasses(caller)).map((classId) => views.summary(classId))) })),

    route(endpoints.createClass, async ({ body, caller, once }) => {
      const { role, identity, name = '', showId } = caller.claims;
      if (role === 'coach' && showId !== undefined) throw new FieldcastError('auth.forbidden', 'This link is for one show, not for classes.');
      const trainer = role === 'coach' ? { identity, name } : body.trainerName === undefined ? undefined : { identity: newId('per'), name: body.trainerName };
      return views.whole(await classes.create(body, trainer, once));
    }),
    route(endpoints.readClass, async ({ params, caller }) => views.whole(await own(caller, params.classId))),
    route(endpoints.changeClass, async ({ params, body, caller }) => then(await own(caller, params.classId), classes.change(params.classId, body))),
    route(endpoints.deleteClass, async ({ params, caller }) => {
      await own(caller, params.classId);
      for (const { id: linkId } of await links.ofClass(params.classId)) await links.revoke(linkId);
      await materials.removeOf(params.classId);
      await classes.delete(params.classId);
      return undefined;
    }),

    route(endpoints.inviteTrainer, async ({ params, body, caller }) => {
      const classId = await own(caller, params.classId);
      // Who is named when the class is made is the one who comes by the first link of that name.
      const known = await classes.trainerNamed(classId, body.name);
      const identity = known ?? newId('per');
      const made = await links.create({ role: 'coach', identity, name: body.name, showId: null, classId, rights: [] });
      await classes.addTrainer(classId, identity, body.name);
      const url = `${publicUrl()}/demo/coach.html#code=${made.code}`;
      return { id: made.id, classId, name: body.name, url, qrSvg: renderSVG(url), expiresAt: made.expiresAt };
    }),
    route(endpoints.listTrainerLinks, async ({ params, caller }) => {
      const rows = await links.ofClass(await own(caller, params.classId));
      return { links: rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at, expiresAt: row.expires_at, usedAt: row.used_at, seenAt: row.seen_at, revokedAt: row.revoked_at })) };
    }),
    route(endpoints.endTrainer, async ({ params, caller }) => {
      const classId = await own(caller, params.classId);
      const row = await links.find(params.linkId);
      if (row?.class_id !== classId) throw new FieldcastError('not-found', 'There is no such link of this class.');
      await links.revoke(row.id);
      const rest = (await links.ofClass(classId)).some((each) => each.identity === row.identity && each.revoked_at === null);
      if (!rest) await classes.removeTrainer(classId, row.identity);
      return undefined;
    }),

    route(endpoints.addTrainee, async ({ params, body, caller, once }) => then(await own(caller, params.classId), trainees.add(params.classId, body, once))),
    route(endpoints.changeTrainee, async ({ params, body, caller }) => {
      const classId = await door.classOfTrainee(caller, params.traineeId);
      if (body.hostId !== undefined && caller.claims.role !== 'operator') throw new FieldcastError('auth.forbidden', 'Trainees connect their shows themselves; else the operator does.');
      if (body.hostId && (await deps.hostName(body.hostId)) === undefined) throw new FieldcastError('not-found', 'Nobody hosts shows by this id.');
      return then(classId, trainees.change(params.traineeId, body));
    }),
    route(endpoints.removeTrainee, async ({ params, caller }) => {
      await door.classOfTrainee(caller, params.traineeId);
      await trainees.erase(params.traineeId);
      return undefined;
    }),
    route(endpoints.pairTrainees, async ({ params, body, caller }) => then(await own(caller, params.classId), classes.pair(params.classId, body.pairs))),

    route(endpoints.openAttendance, async ({ params, caller }) => {
      await door.classOfMeeting(caller, params.meetingId);
      const { code, openUntil } = await trainees.open(params.meetingId);
      const url = `${publicUrl()}/demo/class.html#at=${code}`;
      return { url, qrSvg: renderSVG(url), openUntil };
    }),
    route(endpoints.closeAttendance, async ({ params, caller }) => {
      await door.classOfMeeting(caller, params.meetingId);
      await trainees.close(params.meetingId);
      return undefined;
    }),
    route(endpoints.markAttendance, async ({ params, body, caller }) => then(await door.classOfMeeting(caller, params.meetingId), trainees.mark(params.meetingId, params.traineeId, body.wasThere))),

    route(endpoints.readAttendanceDoor, async ({ params }) => {
      const meeting = await trainees.meetingOf(params.code);
      const { title, place, people, seats } = await views.whole(meeting.class_id);
      // Names alone, and only to who stands before the wall: the code is there for four hours.
      return { title, place, startsAt: meeting.starts_at, endsAt: meeting.ends_at, people: people.map(({ id: traineeId, name, hasDevice }) => ({ id: traineeId, name, isTaken: hasDevice })), hasRoom: people.length < seats };
    }),
    route(endpoints.comeToClass, async ({ params, body, caller }) => {
      const meeting = await trainees.meetingOf(params.code);
      const known = (await door.traineeOf(caller))?.id;
      const { id: traineeId, name, at } = await trainees.come(meeting, body, known);
      return { classId: meeting.class_id, traineeId, name, at, token: await auth.sign({ role: 'viewer', identity: traineeId }, VIEWER_TOKEN_TTL_MS) };
    }),

    route(endpoints.readOwnClass, async ({ caller }) => views.own((await traineeOf(caller)).id)),
    route(endpoints.changeOwnClass, async ({ body, caller }) => {
      const { id: traineeId } = await traineeOf(caller);
      await trainees.agree(traineeId, body.showsNumbers);
      return views.own(traineeId);
    }),
    route(endpoints.markOwnTask, async ({ params, body, caller }) => {
      const { id: traineeId } = await traineeOf(caller);
      await tasks.mark(params.taskId, traineeId, body.isDone);
      return views.own(traineeId);
    }),
    route(endpoints.connectTrainee, async ({ body, caller }) => {
      const { id: traineeId } = await traineeOf({ claims: await auth.verify(body.trainee) });
      await trainees.connect(traineeId, caller.claims.identity, body.showsNumbers);
      return views.own(traineeId);
    }),

    route(endpoints.addTask, async ({ params, body, caller, once }) => then(await own(caller, params.classId), tasks.add(params.classId, body, once))),
    route(endpoints.changeTask, async ({ params, body, caller }) => then(await door.classOfTask(caller, params.taskId), tasks.change(params.taskId, body))),
    route(endpoints.removeTask, async ({ params, caller }) => then(await door.classOfTask(caller, params.taskId), tasks.remove(params.taskId))),
    route(endpoints.markTask, async ({ params, body, caller }) => then(await door.classOfTask(caller, params.taskId), tasks.mark(params.taskId, params.traineeId, body.isDone))),

    route(endpoints.addMaterial, async ({ params, query, body, caller }) => then(await own(caller, params.classId), materials.add(params.classId, query.name, body))),
    route(endpoints.readMaterial, async ({ params, caller, reply }) => {
      const file = await materials.find(params.materialId);
      const isOfClass = file !== undefined && ((await door.mayTeach(caller, file.classId)) || (await door.traineeOf(caller))?.classId === file.classId);
      if (!isOfClass) throw new FieldcastError('not-found', 'There is no such file.');
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`);
      reply.header('content-security-policy', "default-src 'none'; sandbox").header('cache-control', 'private, no-store');
      return new Bytes(await materials.read(params.materialId), file.type);
    }),
    route(endpoints.removeMaterial, async ({ params, caller }) => then(await door.classOfMaterial(caller, params.materialId), materials.remove(params.materialId))),

    route(endpoints.issueCertificate, async ({ params, caller }) => {
      const classId = await door.classOfTrainee(caller, params.traineeId);
      // An operator who prints it signs for who taught.
      const byName = caller.claims.role === 'coach' ? (caller.claims.name ?? '') : (await views.summary(classId)).trainers.join(', ');
      return then(classId, certificates.issue(params.traineeId, byName));
    }),
    route(endpoints.withdrawCertificate, async ({ params, caller }) => then(await door.classOfTrainee(caller, params.traineeId), certificates.withdraw(params.traineeId))),

    {
      kind: 'wire',
      method: 'GET',
      path: CERTIFICATE_PATH,
      summary: 'A certificate to print; its id is its key, and its QR code leads back here',
      roles,
      produces: ['text/html'],
      limit: 120,
      async handle(request, reply) {
        const { certificateId } = validate(v.strictObject({ certificateId: id }), request.params, 'params');
        const { lang } = validate(v.strictObject({ lang: v.optional(v.picklist(['en', 'zh-CN']), 'zh-CN') }), request.query, 'query');
        const facts = await certificates.find(certificateId);
        if (!facts) throw new FieldcastError('not-found', 'There is no such certificate.');
        const { html, policy } = certificatePage(facts, lang, `${publicUrl()}/certificates/${facts.id}`);
        return reply.header('cache-control', 'no-store').header('content-security-policy', policy).header('referrer-policy', 'no-referrer').type('text/html; charset=utf-8').send(html);
      },
    },
  ];
}
