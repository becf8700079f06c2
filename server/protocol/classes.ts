// Owns the shapes of classes: who teaches whom where and when, who was there, what is to be done, what is given along.
import * as v from 'valibot';
import { id } from './ids.ts';
import { line, text, timestampMs } from './text.ts';

/** How far a seller is: has never been on the air, streams now and then, sells steadily. */
export const stages = ['never', 'streaming', 'steady'] as const;
export type Stage = (typeof stages)[number];
export const stage = v.picklist(stages);

export const CLASS_LIMITS = { seats: 60, meetings: 20, tasks: 30, materials: 30, materialBytes: 20_000_000, classBytes: 200_000_000, juniorsOfOne: 4 } as const;
/** How long an opened attendance takes people, by the server's clock. */
export const ATTENDANCE_OPEN_MS = 4 * 3600_000;
const LONGEST_MEETING_MS = 24 * 3600_000;

const meetingTimes = { startsAt: timestampMs, endsAt: timestampMs };
const meetingRequest = v.pipe(
  v.strictObject({ id: v.optional(id), ...meetingTimes }),
  v.check(({ startsAt, endsAt }) => endsAt >= startsAt && endsAt - startsAt <= LONGEST_MEETING_MS, 'ends no sooner than it starts, within a day'),
);
const meetings = v.pipe(
  v.array(meetingRequest),
  v.minLength(1),
  v.maxLength(CLASS_LIMITS.meetings),
  v.transform((list) => [...list].sort((a, b) => a.startsAt - b.startsAt)),
);
const seats = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(CLASS_LIMITS.seats));

export const classRequest = v.strictObject({
  title: line(1, 80),
  place: v.optional(line(0, 120), ''),
  stage: v.optional(stage, 'never'),
  seats: v.optional(seats, 20),
  meetings,
  /** Who teaches it, where that is not the caller. */
  trainerName: v.optional(line(1, 80)),
});

/** Only what is given changes. `meetings` is the whole list: one that is left out goes, unless somebody was there. */
export const classPatch = v.strictObject({ title: v.optional(line(1, 80)), place: v.optional(line(0, 120)), stage: v.optional(stage), seats: v.optional(seats), meetings: v.optional(meetings) });

export const classSummary = v.object({
  id,
  title: v.string(),
  place: v.string(),
  stage,
  seats: v.number(),
  trainers: v.array(v.string()),
  /** Of the first meeting, and of the last one. */
  startsAt: v.number(),
  endsAt: v.number(),
  trainees: v.number(),
  /** Names, notes and papers were erased when their time was over; the numbers stay. */
  isErased: v.boolean(),
});
export type ClassSummary = v.InferOutput<typeof classSummary>;

export const traineeRequest = v.strictObject({
  name: line(1, 60),
  phone: v.optional(line(0, 24), ''),
  /** Village or street: who lives near whom. */
  home: v.optional(line(0, 80), ''),
  stage: v.optional(stage),
});
/** `hostId` says whose shows are theirs; the operator's to say, trainees connect themselves. `isFreed`: another device may come as this person. */
export const traineePatch = v.strictObject({
  name: v.optional(line(1, 60)),
  phone: v.optional(line(0, 24)),
  home: v.optional(line(0, 80)),
  stage: v.optional(stage),
  hostId: v.optional(v.nullable(id)),
  isFreed: v.optional(v.literal(true)),
});

export const certificate = v.object({ id, number: v.string(), issuedAt: v.number(), byName: v.string() });
export type Certificate = v.InferOutput<typeof certificate>;

export const trainee = v.object({
  id,
  name: v.string(),
  phone: v.string(),
  home: v.string(),
  stage,
  /** Who helps them; null: nobody, or they help themselves. */
  seniorId: v.nullable(id),
  /** Whether a phone has come as this person. */
  hasDevice: v.boolean(),
  /** As whom they host shows. */
  host: v.nullable(v.object({ id, name: v.string() })),
  /** They have agreed that their trainers see what they sell. */
  showsNumbers: v.boolean(),
  certificate: v.nullable(certificate),
});
export type Trainee = v.InferOutput<typeof trainee>;

export const attendanceMark = v.object({ traineeId: id, at: v.number(), how: v.picklist(['code', 'trainer']) });
export const meeting = v.object({
  id,
  ...{ startsAt: v.number(), endsAt: v.number() },
  /** Until when the code on the wall takes people; null while it takes nobody. */
  openUntil: v.nullable(v.number()),
  present: v.array(attendanceMark),
});
export type Meeting = v.InferOutput<typeof meeting>;

/** `isFirstSteps`: done by the guided practice of the studio, which ticks it on the phone that has come to the class. */
export const taskRequest = v.strictObject({ title: line(1, 120), text: v.optional(text(0, 1000), ''), dueAt: timestampMs, isFirstSteps: v.optional(v.boolean(), false) });
export const taskPatch = v.strictObject({ title: v.optional(line(1, 120)), text: v.optional(text(0, 1000)), dueAt: v.optional(timestampMs) });
export const task = v.object({ id, title: v.string(), text: v.string(), dueAt: v.number(), isFirstSteps: v.boolean(), done: v.array(v.object({ traineeId: id, at: v.number() })) });
export type Task = v.InferOutput<typeof task>;

/** Types of files that are taken, told by their content. */
export const materialTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'text/plain'] as const;
export type MaterialType = (typeof materialTypes)[number];
/** A name without folders, drives or what a shell or a page would read. */
export const materialName = v.pipe(line(1, 100), v.check((name) => !/[\\/:*?"<>|]/.test(name) && !/^\.+/.test(name), 'not the name of a file'));
export const material = v.object({ id, name: v.string(), type: v.picklist(materialTypes), bytes: v.number(), addedAt: v.number() });
export type Material = v.InferOutput<typeof material>;

export const classView = v.object({
  ...classSummary.entries,
  serverTime: v.number(),
  meetings: v.array(meeting),
  /** By name. */
  people: v.array(trainee),
  /** The next one due first. */
  tasks: v.array(task),
  materials: v.array(material),
});
export type ClassView = v.InferOutput<typeof classView>;

export const pairsRequest = v.strictObject({ pairs: v.pipe(v.array(v.strictObject({ juniorId: id, seniorId: id })), v.maxLength(CLASS_LIMITS.seats)) });

/** A one-time link for a trainer: `url` carries its code in the fragment, which no server log sees. */
export const trainerInvitation = v.object({ id, classId: id, name: v.string(), url: v.string(), qrSvg: v.string(), expiresAt: v.number() });
export type TrainerInvitation = v.InferOutput<typeof trainerInvitation>;
/** The same for the list, without its code. */
export const trainerLink = v.object({ id, name: v.string(), createdAt: v.number(), expiresAt: v.number(), usedAt: v.nullable(v.number()), seenAt: v.nullable(v.number()), revokedAt: v.nullable(v.number()) });
export type TrainerLink = v.InferOutput<typeof trainerLink>;

/** What hangs on the wall: who scans it comes to a page of this server and is there. */
export const attendanceSheet = v.object({ url: v.string(), qrSvg: v.string(), openUntil: v.number() });
export type AttendanceSheet = v.InferOutput<typeof attendanceSheet>;

export const attendanceCode = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{12,64}$/));
/** Of the meeting that a code stands for, to a phone that knows nothing else. */
export const attendanceDoor = v.object({
  title: v.string(),
  place: v.string(),
  startsAt: v.number(),
  endsAt: v.number(),
  /** `isTaken`: a phone has come as this person already. */
  people: v.array(v.object({ id, name: v.string(), isTaken: v.boolean() })),
  /** Whether somebody who is not in the list may still come. */
  hasRoom: v.boolean(),
});
export type AttendanceDoor = v.InferOutput<typeof attendanceDoor>;
/** As whom: somebody in the list, somebody new by name, or (neither) who this phone has come as before. */
export const comingRequest = v.strictObject({ traineeId: v.optional(id), name: v.optional(line(1, 60)), phone: v.optional(line(0, 24), ''), home: v.optional(line(0, 80), '') });
/** `token`: by it this phone is this trainee from now on. */
export const come = v.object({ classId: id, traineeId: id, name: v.string(), at: v.number(), token: v.string() });
export type Come = v.InferOutput<typeof come>;

/** A class as one of its trainees sees it. */
export const ownClass = v.object({
  classId: id,
  title: v.string(),
  place: v.string(),
  trainers: v.array(v.string()),
  name: v.string(),
  serverTime: v.number(),
  meetings: v.array(v.object({ id, startsAt: v.number(), endsAt: v.number(), wasThere: v.boolean() })),
  tasks: v.array(v.object({ id, title: v.string(), text: v.string(), dueAt: v.number(), isFirstSteps: v.boolean(), doneAt: v.nullable(v.number()) })),
  materials: v.array(material),
  /** Who helps them, and whom they help; phone numbers as far as they were given. */
  senior: v.nullable(v.object({ name: v.string(), phone: v.string() })),
  juniors: v.array(v.object({ name: v.string(), phone: v.string() })),
  isHostKnown: v.boolean(),
  showsNumbers: v.boolean(),
  certificate: v.nullable(certificate),
});
export type OwnClass = v.InferOutput<typeof ownClass>;
