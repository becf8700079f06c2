// Owns raw events as they are handed out: each with words for what is kept as numbers, of devices by their number in the show alone.
import { deeds, telemetryEvents, watchPaths } from '../../protocol/telemetry.ts';
import { leftOutAs, type RawEvent, serverKinds } from '../rollup/raw-event.ts';

export interface RawRow {
  at: number;
  /** 0 is the server. */
  device: number;
  event: string;
  phase: string;
  /** Why the device is counted apart; empty for viewers. */
  apart: string;
  path: string;
  productId: string;
  deed: string;
  ms: number | null;
  amount: number | null;
}

const names = new Map<number, string>([
  ...Object.entries(telemetryEvents).map(([name, schema]) => [schema.items[0].literal, name] as const),
  ...Object.entries(serverKinds).map(([name, kind]) => [kind, name] as const),
]);

export function rawRow({ at, device, kind, phase, mark, args }: RawEvent): RawRow {
  const row: RawRow = { at, device, event: names.get(kind) ?? '', phase, apart: mark, path: '', productId: '', deed: '', ms: null, amount: null };
  const [first, second, third] = args as [unknown, unknown, unknown];
  const path = (index: unknown): string => watchPaths[index as number] ?? '';
  switch (row.event) {
    case 'entry':
    case 'failed':
      return { ...row, path: path(first) };
    case 'watch':
      return { ...row, ms: first as number, path: path(second), amount: third as number };
    case 'start':
    case 'stall':
      return { ...row, ms: first as number, path: path(second) };
    case 'seen':
    case 'opened':
      return { ...row, productId: first as string };
    case 'carted':
      return { ...row, productId: first as string, amount: second as number };
    case 'did':
      return { ...row, deed: deeds[first as number] ?? '', amount: second as number };
    case 'soldOut':
    case 'restocked':
      return { ...row, event: row.event === 'soldOut' ? 'sold-out' : 'restocked', productId: first as string };
    case 'leftOut':
      return { ...row, event: 'left-out', deed: leftOutAs[first as number] ?? '', amount: second as number };
    case 'air':
    case 'outage':
      return { ...row, ms: first as number };
    default:
      return row;
  }
}
