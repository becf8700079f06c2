// Owns the pairing of the catalogues of classes, which only trainers, trainees and the operator load.
import type { Catalogues } from './localize.ts';
import { classesEn, type ClassMessages } from './classes.en.ts';
import { classesZhCN } from './classes.zh-CN.ts';

export const classMessages: Catalogues<ClassMessages> = { en: classesEn, 'zh-CN': classesZhCN };
export type { ClassMessages } from './classes.en.ts';
