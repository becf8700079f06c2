// Owns figures as files: tables for spreadsheets, objects line by line for programs; raw events as a stream, because they may be millions.
import { csvCell, csvFile } from '../../platform/csv.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ShowReport, Trend } from '../../protocol/analytics.ts';
import { type Figure, figureNames, figurePhases, figures } from '../../protocol/figures.ts';
import { readChunks } from '../store/raw-log.ts';
import { minuteWithoutSmallGroups } from './hiding.ts';
import { type RawRow, rawRow } from './raw-rows.ts';

export type Line = Record<string, string | number | null>;
const RAW_HEAD = ['at', 'device', 'event', 'phase', 'apart', 'path', 'productId', 'deed', 'ms', 'amount'] as const satisfies (keyof RawRow)[];

export function figureLines({ figures: values }: ShowReport): Line[] {
  return figureNames.map((name) => {
    const figure: Figure = figures[name];
    return { figure: name, name: figure.name, unit: figure.unit, ...Object.fromEntries(figurePhases.map((phase) => [phase, values[phase][name]])), formula: figure.formula, window: figure.window };
  });
}

export function productLines({ products }: ShowReport): Line[] {
  return products.map((product) => ({ ...product }));
}

export function promotionLines({ promotions }: ShowReport): Line[] {
  return promotions.map((promotion) => ({ ...promotion }));
}

export function fulfilmentLines({ fulfilment }: ShowReport): Line[] {
  return fulfilment.map((group) => ({ ...group }));
}

/** @param isShared for somebody else than the seller */
export function minuteLines({ minutes }: Trend, isShared: boolean): Line[] {
  return minutes.map((minute) => (isShared ? minuteWithoutSmallGroups(minute) : minute)).map(({ at, ...rest }) => ({ time_utc: new Date(at).toISOString(), at, ...rest }));
}

export function asCsv(lines: readonly Line[]): Uint8Array {
  const head = Object.keys(lines[0] ?? {});
  return csvFile(head, lines.map((line) => head.map((column) => line[column] ?? '')));
}

export function asJsonLines(lines: readonly object[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** A piece of text for each chunk that is kept. */
export async function* rawAs(form: 'csv' | 'jsonl', database: Database, show: number): AsyncGenerator<string> {
  if (form === 'csv') yield `\ufefftime_utc,${RAW_HEAD.join(',')}\r\n`;
  for await (const { events } of readChunks(database, show)) {
    yield events.map((event) => (form === 'csv' ? csvLine(rawRow(event)) : `${JSON.stringify(rawRow(event))}\n`)).join('');
  }
}

function csvLine(row: RawRow): string {
  return `${[new Date(row.at).toISOString(), ...RAW_HEAD.map((column) => row[column] ?? '')].map(csvCell).join(',')}\r\n`;
}
