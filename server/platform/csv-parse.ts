// Owns reading a table (RFC 4180, also with semicolons or tabs) in small turns, so that a large or hostile one holds nobody else up.
import { FieldcastError } from './errors.ts';

export interface TableRow {
  /** Line of the file that the row begins on, from 1. */
  line: number;
  cells: string[];
}

const TURN_MS = 8;
const ROWS_BETWEEN_LOOKS = 200;
const MOST_CELLS = 100;
/** Of one cell. A quotation mark that is never closed would take the rest of the file. */
const MOST_SIGNS = 10_000;

/**
 * All rows that are not empty, the heading among them.
 * @throws FieldcastError `table.unreadable` with params `reason` (`empty`, `quote`, `rows`, `columns`) and `line`.
 */
export async function parseTable(text: string, options: { mostRows: number }): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  const separator = separatorOf(text);
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let turnEndsAt = performance.now() + TURN_MS;
  while (at < text.length) {
    const row = readRow(text, at, line, separator);
    if (row.cells.some((cell) => cell !== '')) rows.push({ line, cells: row.cells });
    if (rows.length > options.mostRows) throw unreadable('rows', line);
    at = row.next;
    line = row.nextLine;
    if (rows.length % ROWS_BETWEEN_LOOKS === 0 && performance.now() > turnEndsAt) {
      await nextTurn();
      turnEndsAt = performance.now() + TURN_MS;
    }
  }
  if (rows.length === 0) throw unreadable('empty', 1);
  return rows;
}

/** Lets the event loop go round. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function readRow(text: string, from: number, fromLine: number, separator: string): { cells: string[]; next: number; nextLine: number } {
  const cells: string[] = [];
  let at = from;
  let line = fromLine;
  for (;;) {
    if (cells.length >= MOST_CELLS) throw unreadable('columns', line);
    if (text[at] === '"') {
      let value = '';
      let end = at + 1;
      for (;;) {
        const close = text.indexOf('"', end);
        if (close < 0 || close - at > MOST_SIGNS) throw unreadable('quote', fromLine);
        value += text.slice(end, close);
        if (text[close + 1] !== '"') {
          at = close + 1;
          break;
        }
        value += '"';
        end = close + 2;
      }
      for (const sign of value) if (sign === '\n') line += 1;
      // What stands between the closing mark and the separator belongs to nothing; spreadsheets write none.
      const rest = plainEnd(text, at, separator);
      cells.push(value + text.slice(at, rest).trimEnd());
      at = rest;
    } else {
      const end = plainEnd(text, at, separator);
      if (end - at > MOST_SIGNS) throw unreadable('quote', fromLine);
      cells.push(text.slice(at, end).trim());
      at = end;
    }
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    return { cells, next: at + 1, nextLine: line + 1 };
  }
}

/** Where a cell without quotation marks ends. */
function plainEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

/** The sign that the heading has most of. */
function separatorOf(text: string): string {
  const heading = text.slice(0, 2_000).split(/[\r\n]/, 1)[0] ?? '';
  const count = (sign: string): number => heading.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function unreadable(reason: 'empty' | 'quote' | 'rows' | 'columns', line: number): FieldcastError {
  return new FieldcastError('table.unreadable', `The table cannot be read: ${reason}, line ${line}.`, { params: { reason, line } });
}
