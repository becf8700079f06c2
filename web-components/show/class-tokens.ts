// Owns as whom this phone has come to classes: a token for each, kept on the phone, the newest first.
import { deviceStorage } from './storage.ts';

const KEY = 'fieldcast:classes';
/** More classes than this nobody goes to; the oldest make room. */
const MOST = 10;

export interface ClassToken {
  classId: string;
  token: string;
}

export function readTokens(): ClassToken[] {
  try {
    const kept: unknown = JSON.parse(deviceStorage().getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each): each is ClassToken => typeof each?.classId === 'string' && typeof each?.token === 'string') : [];
  } catch {
    return [];
  }
}

export function keepToken(fresh: ClassToken): void {
  keep([fresh, ...readTokens().filter(({ classId }) => classId !== fresh.classId)].slice(0, MOST));
}

export function dropToken(classId: string): void {
  keep(readTokens().filter((each) => each.classId !== classId));
}

function keep(tokens: readonly ClassToken[]): void {
  deviceStorage().setItem(KEY, JSON.stringify(tokens));
}
