// Owns the pairing of the questions' catalogues, which come with the questions themselves.
import type { Catalogues } from './localize.ts';
import { questionsEn, type QuestionMessages } from './questions.en.ts';
import { questionsZhCN } from './questions.zh-CN.ts';

/** Words of the questions: `new Localize(this, questionMessages)`. */
export const questionMessages: Catalogues<QuestionMessages> = { en: questionsEn, 'zh-CN': questionsZhCN };
export type { QuestionMessages } from './questions.en.ts';
