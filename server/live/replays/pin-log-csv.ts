// Owns the record of pins as a table for a spreadsheet.
import type { PinEntry } from '../../protocol/replay.ts';

const HEADER = ['product_id', 'product', 'rank', 'started_at', 'ended_at', 'replay_start_s', 'replay_end_s'];

/** RFC 4180, with the byte order mark without which Excel takes UTF-8 for something else. */
export function pinLogCsv(entries: readonly PinEntry[]): string {
  const rows = entries.map((entry) => [
    entry.productId,
    entry.name,
    String(entry.rank),
    new Date(entry.startedAt).toISOString(),
    entry.endedAt === null ? '' : new Date(entry.endedAt).toISOString(),
    seconds(entry.startMs),
    seconds(entry.endMs),
  ]);
  return `\uFEFF${[HEADER, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

function seconds(ms: number | null): string {
  return ms === null ? '' : (ms / 1000).toFixed(1);
}

/** A spreadsheet runs what begins like a formula, and a product may be called anything. */
function field(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
