// Owns the export list of the staff's questions.
export { FieldcastQuestions } from './fieldcast-questions.ts';
export { FieldcastReadyAnswers } from './fieldcast-ready-answers.ts';
export type { QuestionRoom } from './room.ts';
