// Owns the endpoints of a show's questions and of the answers that its seller keeps ready.
import * as v from 'valibot';
import { chatMessage } from '../chat.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as questions from '../questions.ts';
import { showParams, staff } from './common.ts';

const questionParams = v.strictObject({ showId: id, questionId: id });
const messageParams = v.strictObject({ showId: id, messageId: id });
const answerParams = v.strictObject({ showId: id, answerId: id });

export const readQuestions = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/questions',
  summary: 'Questions of viewers: those that are open, and the newest of the others',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: questions.questionList,
});

export const changeQuestion = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/questions/{questionId}',
  summary: 'Mark a question as answered or dismissed, or open it again',
  roles: staff,
  right: 'chat',
  params: questionParams,
  body: questions.questionPatch,
  status: 200,
  response: questions.question,
});

export const answerQuestion = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/questions/{questionId}/answers',
  summary: 'Answer a question in the chat: to everybody, or to each of those who asked alone; the same key answers once',
  roles: staff,
  right: 'chat',
  params: questionParams,
  body: questions.answerRequest,
  status: 201,
  response: v.object({ question: questions.question, messages: v.array(chatMessage) }),
  idempotency: 'required',
});

export const markQuestion = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/messages/{messageId}/question',
  summary: "Mark a viewer's message as a question",
  roles: staff,
  right: 'chat',
  params: messageParams,
  status: 200,
  response: questions.question,
});

export const unmarkQuestion = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/messages/{messageId}/question',
  summary: 'Mark a message as no question; it leaves the queue and does not come back by itself',
  roles: staff,
  right: 'chat',
  params: messageParams,
  status: 204,
});

export const listReadyAnswers = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/ready-answers',
  summary: "Answers that the show's seller keeps ready, general ones and those for products, oldest first",
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: v.object({ answers: v.array(questions.readyAnswer) }),
});

export const addReadyAnswer = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/ready-answers',
  summary: 'Keep an answer ready, for every product or for one on the shelf',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: questions.readyAnswerRequest,
  status: 201,
  response: questions.readyAnswer,
  idempotency: 'accepted',
});

export const changeReadyAnswer = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/ready-answers/{answerId}',
  summary: 'Change a ready answer or what it is for',
  roles: staff,
  right: 'chat',
  params: answerParams,
  body: questions.readyAnswerPatch,
  status: 200,
  response: questions.readyAnswer,
});

export const deleteReadyAnswer = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/ready-answers/{answerId}',
  summary: 'Delete a ready answer',
  roles: staff,
  right: 'chat',
  params: answerParams,
  status: 204,
});
