// Owns the step from untrusted input to a typed value.
import * as v from 'valibot';
import type { Issue } from '../protocol/errors.ts';
import { FieldcastError } from './errors.ts';

const ISSUE_LIMIT = 10;

/** @param what names the part in the error: `body`, `params`, `command`. @throws FieldcastError `input.invalid` with up to 10 issues. */
export function validate<S extends v.GenericSchema>(schema: S, input: unknown, what: string): v.InferOutput<S> {
  const outcome = v.safeParse(schema, input, { abortPipeEarly: true });
  if (outcome.success) return outcome.output;
  const issues: Issue[] = outcome.issues.slice(0, ISSUE_LIMIT).map((issue) => ({
    path: [what, ...(issue.path?.map((item) => String(item.key)) ?? [])].join('.').slice(0, 200),
    // valibot quotes what it received; that may be a phone number, so only what was expected is said.
    message: issue.expected ? `expected ${issue.expected}`.slice(0, 200) : issue.message.slice(0, 200),
  }));
  throw new FieldcastError('input.invalid', `Not valid: ${issues.map((issue) => issue.path).join(', ')}.`, { issues });
}
