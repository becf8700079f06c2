// Owns the one answer shape of every call from a page: the server's problem, or the lack of an answer, never an exception.
import type { Problem } from '../../server/protocol/errors.ts';
import type { AnyErrorCode } from '../i18n/index.ts';

/** Why a call failed. `status` is 0 where no server answered. */
export interface Failure {
  code: AnyErrorCode;
  status: number;
  /** One English sentence for developers; people read the catalogue's words for `code`. */
  detail: string;
  issues?: Problem['issues'];
  params?: Problem['params'];
  /** Wait at least this long before trying again (from `Retry-After`). */
  retryAfterMs?: number;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const success = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failure = (code: AnyErrorCode, detail: string, status = 0): { ok: false; error: Failure } => ({
  ok: false,
  error: { code, detail, status },
});

/** Whether the same call may succeed later: nothing was decided by the server, or it asked for patience. */
export function isRetryable(error: Failure): boolean {
  return error.status === 0 || error.status === 429 || error.status >= 500;
}
