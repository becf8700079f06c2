// Owns the export list of the templates.
import type { ScriptLang } from '../../../protocol/cue-limits.ts';
import { templateEn } from './en.ts';
import type { TemplateWords } from './template.ts';
import { templateZhCN } from './zh-CN.ts';

export const templates: Readonly<Record<ScriptLang, TemplateWords>> = { 'zh-CN': templateZhCN, en: templateEn };
export { kindOf } from './kind-of.ts';
export { PART_SECONDS } from './template.ts';
