// Owns what a refusal has to look like: a problem document with a stable code of the 4xx family, and nothing of the server's inside.
import { type ErrorCode, errorStatus, type Problem } from '../../server/protocol/errors.ts';

const STACK = /\bat (async )?[\w.<>]+ \(|node_modules|\.(ts|js):\d+|node:internal/;

/** What is wrong with a problem document, or undefined. @param codes those it may have; any of 4xx when not given */
export function faultOfProblem(problem: Partial<Problem> | undefined, codes?: readonly ErrorCode[]): string | undefined {
  const code = problem?.code;
  if (code === undefined || !Object.hasOwn(errorStatus, code)) return `no stable code in ${brief(problem)}`;
  if (problem?.status !== errorStatus[code]) return `${code} with status ${problem?.status}`;
  if (errorStatus[code] >= 500) return `answered ${code}`;
  // A case that meets the rate limit has not been tried.
  if (code === 'rate.limited' && !codes?.includes(code)) return 'was not tried: rate.limited';
  if (codes && !codes.includes(code)) return `answered ${code}, not ${codes.join(' or ')}`;
  if (typeof problem.detail !== 'string' || problem.detail === '') return `${code} without a detail`;
  return STACK.test(JSON.stringify(problem)) ? `tells of the server's inside: ${brief(problem)}` : undefined;
}

export function brief(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}
