// Owns the endpoints of classes: what trainers and the operator do, and what a trainee's phone does.
import * as v from 'valibot';
import * as classes from '../classes.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { line } from '../text.ts';
import { classParams, everyone, nothing, operator, teachers, traineeParams } from './common.ts';

const taskParams = v.strictObject({ taskId: id });
const meetingParams = v.strictObject({ meetingId: id });
const codeParams = v.strictObject({ code: classes.attendanceCode });
/** A whole class taps at once, behind one address. */
const aClassAtOnce = { perAddress: 600 };

export const listClasses = endpoint({
  method: 'GET',
  path: '/api/v1/classes',
  summary: 'Classes of this trainer, all of them for the operator; newest first',
  roles: teachers,
  status: 200,
  response: v.object({ classes: v.array(classes.classSummary) }),
});

export const createClass = endpoint({
  method: 'POST',
  path: '/api/v1/classes',
  summary: 'A new class; a trainer who makes it teaches it',
  roles: teachers,
  body: classes.classRequest,
  status: 201,
  response: classes.classView,
  idempotency: 'accepted',
  limit: { perIdentity: 30 },
});

export const readClass = endpoint({
  method: 'GET',
  path: '/api/v1/classes/{classId}',
  summary: 'A class with its people, meetings and who was there, tasks and materials',
  roles: teachers,
  params: classParams,
  status: 200,
  response: classes.classView,
});

export const changeClass = endpoint({
  method: 'PATCH',
  path: '/api/v1/classes/{classId}',
  summary: 'Title, place, stage, places, meetings',
  roles: teachers,
  params: classParams,
  body: classes.classPatch,
  status: 200,
  response: classes.classView,
});

export const deleteClass = endpoint({
  method: 'DELETE',
  path: '/api/v1/classes/{classId}',
  summary: 'Delete a class for good, with all that was kept of its people',
  roles: operator,
  params: classParams,
  status: 204,
});

export const inviteTrainer = endpoint({
  method: 'POST',
  path: '/api/v1/classes/{classId}/links',
  summary: 'A one-time link with QR code for a trainer of this class',
  roles: operator,
  params: classParams,
  body: v.strictObject({ name: line(1, 80) }),
  status: 201,
  response: classes.trainerInvitation,
});

export const listTrainerLinks = endpoint({
  method: 'GET',
  path: '/api/v1/classes/{classId}/links',
  summary: 'Links of trainers, without their codes',
  roles: operator,
  params: classParams,
  status: 200,
  response: v.object({ links: v.array(classes.trainerLink) }),
});

export const endTrainer = endpoint({
  method: 'DELETE',
  path: '/api/v1/classes/{classId}/links/{linkId}',
  summary: 'Take a trainer\'s link back: sessions, tokens and connections that came from it end at once',
  roles: operator,
  params: v.strictObject({ classId: id, linkId: id }),
  status: 204,
});

export const addTrainee = endpoint({
  method: 'POST',
  path: '/api/v1/classes/{classId}/trainees',
  summary: 'Somebody comes into the class; class.full when every place is taken',
  roles: teachers,
  params: classParams,
  body: classes.traineeRequest,
  status: 201,
  response: classes.classView,
  idempotency: 'accepted',
});

export const changeTrainee = endpoint({
  method: 'PATCH',
  path: '/api/v1/trainees/{traineeId}',
  summary: 'Name, phone, home, stage; isFreed lets another phone come as them; hostId (operator) says whose shows are theirs',
  roles: teachers,
  params: traineeParams,
  body: classes.traineePatch,
  status: 200,
  response: classes.classView,
});

export const removeTrainee = endpoint({
  method: 'DELETE',
  path: '/api/v1/trainees/{traineeId}',
  summary: 'Erase all that is kept of somebody in the class, for good',
  roles: teachers,
  params: traineeParams,
  status: 204,
});

export const pairTrainees = endpoint({
  method: 'PUT',
  path: '/api/v1/classes/{classId}/pairs',
  summary: 'Who helps whom, all pairs at once',
  roles: teachers,
  params: classParams,
  body: classes.pairsRequest,
  status: 200,
  response: classes.classView,
});

export const openAttendance = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/{meetingId}/attendance',
  summary: 'A code for the wall that takes people for four hours; the same one while it does',
  roles: teachers,
  params: meetingParams,
  body: nothing,
  status: 200,
  response: classes.attendanceSheet,
});

export const closeAttendance = endpoint({
  method: 'DELETE',
  path: '/api/v1/meetings/{meetingId}/attendance',
  summary: 'The code takes nobody any more',
  roles: teachers,
  params: meetingParams,
  status: 204,
});

export const markAttendance = endpoint({
  method: 'PUT',
  path: '/api/v1/meetings/{meetingId}/attendance/{traineeId}',
  summary: 'Somebody without a phone was there, or was not after all',
  roles: teachers,
  params: v.strictObject({ meetingId: id, traineeId: id }),
  body: v.strictObject({ wasThere: v.boolean() }),
  status: 200,
  response: classes.classView,
});

export const readAttendanceDoor = endpoint({
  method: 'GET',
  path: '/api/v1/attendance/{code}',
  summary: 'Which meeting a code on the wall stands for, and the names in its list; attendance.closed when it takes nobody any more',
  roles: everyone,
  params: codeParams,
  status: 200,
  response: classes.attendanceDoor,
  limit: aClassAtOnce,
});

export const comeToClass = endpoint({
  method: 'POST',
  path: '/api/v1/attendance/{code}',
  summary: 'I am here: as one in the list, as somebody new, or as who this phone came before. The time is the server\'s',
  roles: everyone,
  params: codeParams,
  body: classes.comingRequest,
  status: 200,
  response: classes.come,
  limit: aClassAtOnce,
});

export const readOwnClass = endpoint({
  method: 'GET',
  path: '/api/v1/me/class',
  summary: 'The class of this trainee: meetings, tasks, materials, who helps whom, certificate',
  roles: ['viewer'],
  status: 200,
  response: classes.ownClass,
  limit: aClassAtOnce,
});

export const changeOwnClass = endpoint({
  method: 'PATCH',
  path: '/api/v1/me/class',
  summary: 'Whether this trainee\'s trainers may see what they sell',
  roles: ['viewer'],
  body: v.strictObject({ showsNumbers: v.boolean() }),
  status: 200,
  response: classes.ownClass,
});

export const markOwnTask = endpoint({
  method: 'PUT',
  path: '/api/v1/me/class/tasks/{taskId}',
  summary: 'I have done it, or have not after all',
  roles: ['viewer'],
  params: taskParams,
  body: v.strictObject({ isDone: v.boolean() }),
  status: 200,
  response: classes.ownClass,
  limit: { perIdentity: 120 },
});

export const connectTrainee = endpoint({
  method: 'POST',
  path: '/api/v1/me/class/host',
  summary: 'A host is that trainee: both tokens are of this phone. Only then do trainers learn which shows are theirs',
  roles: ['host'],
  body: v.strictObject({ trainee: v.pipe(v.string(), v.maxLength(2048)), showsNumbers: v.boolean() }),
  status: 200,
  response: classes.ownClass,
});

export const addTask = endpoint({
  method: 'POST',
  path: '/api/v1/classes/{classId}/tasks',
  summary: 'Something to do until a day',
  roles: teachers,
  params: classParams,
  body: classes.taskRequest,
  status: 201,
  response: classes.classView,
  idempotency: 'accepted',
});

export const changeTask = endpoint({
  method: 'PATCH',
  path: '/api/v1/class-tasks/{taskId}',
  summary: 'Change what is to be done, or until when',
  roles: teachers,
  params: taskParams,
  body: classes.taskPatch,
  status: 200,
  response: classes.classView,
});

export const removeTask = endpoint({
  method: 'DELETE',
  path: '/api/v1/class-tasks/{taskId}',
  summary: 'Take a task away',
  roles: teachers,
  params: taskParams,
  status: 200,
  response: classes.classView,
});

export const markTask = endpoint({
  method: 'PUT',
  path: '/api/v1/class-tasks/{taskId}/marks/{traineeId}',
  summary: 'Somebody has done it, or has not after all',
  roles: teachers,
  params: v.strictObject({ taskId: id, traineeId: id }),
  body: v.strictObject({ isDone: v.boolean() }),
  status: 200,
  response: classes.classView,
});

export const addMaterial = endpoint({
  method: 'POST',
  path: '/api/v1/classes/{classId}/materials',
  summary: 'A file for the class: PDF, JPEG, PNG, WebP, MP4 or plain text, told by its content, 20 MB at most; else material.refused',
  roles: teachers,
  params: classParams,
  query: v.strictObject({ name: classes.materialName }),
  raw: { types: ['application/octet-stream', ...classes.materialTypes], maxBytes: classes.CLASS_LIMITS.materialBytes },
  status: 201,
  response: classes.classView,
  limit: { perIdentity: 30 },
});

export const readMaterial = endpoint({
  method: 'GET',
  path: '/api/v1/materials/{materialId}',
  summary: 'A file of the class, for its trainers and trainees',
  roles: everyone,
  params: v.strictObject({ materialId: id }),
  status: 200,
  produces: 'application/octet-stream',
  limit: aClassAtOnce,
});

export const removeMaterial = endpoint({
  method: 'DELETE',
  path: '/api/v1/materials/{materialId}',
  summary: 'Take a file away for good',
  roles: teachers,
  params: v.strictObject({ materialId: id }),
  status: 200,
  response: classes.classView,
});

export const issueCertificate = endpoint({
  method: 'POST',
  path: '/api/v1/trainees/{traineeId}/certificate',
  summary: 'A certificate of what they took part in, as a page to print; the same one when there is one. class.wrong-state for who was never there',
  roles: teachers,
  params: traineeParams,
  body: nothing,
  status: 200,
  response: classes.classView,
});

export const withdrawCertificate = endpoint({
  method: 'DELETE',
  path: '/api/v1/trainees/{traineeId}/certificate',
  summary: 'Take a certificate back: its page is gone',
  roles: teachers,
  params: traineeParams,
  status: 200,
  response: classes.classView,
});
