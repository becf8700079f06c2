// Owns the shape of one raw event as it is kept: what was measured, by which device, at which moment of the server's clock; and its line of text.
import { leftOutReasons } from '../../protocol/analytics.ts';
import type { TelemetryEvent } from '../../protocol/telemetry.ts';

/** Part of a show that an event belongs to; the index is what is kept. */
export const phases = ['live', 'replay', 'after'] as const;
export type Phase = (typeof phases)[number];

/**
 * Why a device is counted apart from viewers; the index is what is kept. `own`: it works for the show; `bot`: it says so, or is driven by
 * a program; `crowded`: one of too many devices behind one address.
 */
export const marks = ['', 'own', 'bot', 'crowded'] as const;
export type Mark = (typeof marks)[number];

/** What the server itself saw. */
export const serverKinds = {
  /** `[ms]`: the host sent something for so long, up to this moment. */
  air: 20,
  /** `[ms]`: the host sent nothing for so long, up to this moment. */
  outage: 21,
  /** `[productId]`: nothing of it is left; there is some again. */
  soldOut: 22,
  restocked: 23,
  /** `[reason, count]`: so many events of a batch of this device count nowhere. */
  leftOut: 24,
} as const;
/** By the index that is kept; watch time counted twice is seen when it is folded. */
export const leftOutAs = leftOutReasons.filter((reason) => reason !== 'twice');
/** Number of the server among a show's devices. */
export const SERVER_DEVICE = 0;

type Rest<T> = T extends readonly [infer Kind, number, ...infer Args] ? { kind: Kind; args: Args } : never;
export type ServerHappening = { kind: 20 | 21; args: [ms: number] } | { kind: 22 | 23; args: [productId: string] };
export type Happening = Rest<TelemetryEvent> | ServerHappening | { kind: 24; args: [reason: number, count: number] };
export type RawEvent = Happening & {
  /** Ms since epoch, the server's clock. */
  at: number;
  /** Number of the device within its show. */
  device: number;
  phase: Phase;
  mark: Mark;
};

/** One line; times count from `base`, so that they are short. */
export function toLine({ at, device, phase, mark, kind, args }: RawEvent, base: number): string {
  return JSON.stringify([at - base, device, phases.indexOf(phase) + phases.length * marks.indexOf(mark), kind, ...args]);
}

export function fromLine(line: string, base: number): RawEvent {
  const [at, device, where, kind, ...args] = JSON.parse(line) as [number, number, number, number, ...unknown[]];
  return { at: base + at, device, phase: phases[where % phases.length], mark: marks[Math.floor(where / phases.length)], kind, args } as RawEvent;
}
