// Owns the names of what is summed up by minutes and of the sets of people, and how long things took as counts of steps.
import type { Phase } from './raw-event.ts';

/**
 * Each is a sum by phase, minute and subject. Subjects: a product of `impressions`, `clicks`, `cartTimes`, `cartUnits`; a path of `watchMs`, `failed`,
 * `stallMs`; a step of `starts`; a quarter of the minute (0-3) of `online`; the beginning (ms) of an `outageMs`; product and moment of `soldOut`
 * and `restocked`; the reason of `apart` and `leftOut`. Those that begin with `area` are by network, `areaStarts` by network and step, and
 * all of them in minute 0: a row for each minute would be as many as all others together.
 */
export type Counter =
  | 'reach' | 'entries' | 'returns' | 'valid' | 'engaged'
  | 'watchMs' | 'kilobytes' | 'watchers' | 'stayed' | 'online'
  | 'starts' | 'failed' | 'stalls' | 'stallMs'
  | 'impressions' | 'clicks' | 'cartTimes' | 'cartUnits' | 'checkouts'
  | 'comments' | 'likes' | 'shares' | 'follows' | 'negative'
  | 'airMs' | 'outageMs' | 'soldOut' | 'restocked' | 'apart' | 'leftOut'
  | 'areaWatchMs' | 'areaKilobytes' | 'areaStallMs' | 'areaStarts' | 'areaFailed';

/** Sets of devices by phase and subject: a product of `saw`, `clicked`, `carted`; seconds of `stayed`; the reason of `apart`; the network of `area`. */
export type PeopleSet = 'viewers' | 'interacted' | 'commented' | 'followed' | 'notFollowing' | 'saw' | 'clicked' | 'carted' | 'checkout' | 'stayed' | 'apart' | 'area';

/** Where a roll-up goes. Sums and sets only: in which order it is told of changes nothing. */
export interface RollUp {
  add(phase: Phase, minute: number, counter: Counter, subject: string, amount: number): void;
  join(phase: Phase, set: PeopleSet, subject: string, device: number): void;
}

/** Each step is 10 % longer than the one before. */
const STEP = Math.log(1.1);

/** The step of a time; 0 is up to 1 ms. */
export function stepOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / STEP - 1e-9);
}

/** How long at most those of a step took, ms. */
export function longestOf(step: number): number {
  return Math.round(Math.exp(step * STEP));
}
