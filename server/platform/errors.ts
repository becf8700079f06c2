// Owns the one error a caller may be told of. Everything else that is thrown is a fault: logged with its cause, answered as `internal`.
import { type ErrorCode, type Issue, type Problem, problem } from '../protocol/errors.ts';

export interface ErrorDetails {
  issues?: Issue[];
  params?: Record<string, string | number>;
  /** HTTP headers that belong to the answer, e.g. `Retry-After` in seconds. */
  headers?: Record<string, string>;
  cause?: unknown;
}

export class FieldcastError extends Error {
  readonly code: ErrorCode;
  readonly headers: Record<string, string>;
  readonly #details: ErrorDetails;

  /** @param detail one English sentence for the developer at the other end; no secrets, no personal data. */
  constructor(code: ErrorCode, detail: string, details: ErrorDetails = {}) {
    super(detail, { cause: details.cause });
    this.name = 'FieldcastError';
    this.code = code;
    this.headers = details.headers ?? {};
    this.#details = details;
  }

  toProblem(): Problem {
    return problem(this.code, this.message, this.#details);
  }
}

/** The problem to answer with. `isFault` tells the edge to log it: it was not meant for the caller. */
export function toProblem(error: unknown): { problem: Problem; isFault: boolean; headers: Record<string, string> } {
  if (error instanceof FieldcastError) {
    return { problem: error.toProblem(), isFault: error.code === 'internal', headers: error.headers };
  }
  if (isStorageFault(error)) {
    return {
      problem: problem('storage.unavailable', 'The server cannot store anything right now; nothing was changed. Try again soon.'),
      isFault: true,
      headers: { 'retry-after': '5' },
    };
  }
  return { problem: problem('internal', 'The server made a mistake; nothing more is known to you.'), isFault: true, headers: {} };
}

// SQLite: disk full, I/O error, read-only, cannot open. The order that met it was rolled back, so the caller may try again.
function isStorageFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY)/.test(code);
}

/** For a rejection that is dropped on purpose: `void close().catch(ignore('already gone'))`. */
export function ignore(_why: string): (error: unknown) => void {
  return () => undefined;
}
