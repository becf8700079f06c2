// Owns tables for spreadsheets: RFC 4180 with a byte order mark, and no cell that a spreadsheet would run.

/** Without it Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * One field, quoted, and defused where Excel and its kin would begin a formula (OWASP: `=`, `+`, `-`, `@`, tab, return; also in full
 * width). A number is written bare: what a spreadsheet adds up must not become text, and no number is a formula.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The whole file as bytes. */
export function csvFile(head: readonly string[], rows: Iterable<readonly (string | number)[]>): Uint8Array {
  const lines = [head.map(csvCell).join(',')];
  for (const row of rows) lines.push(row.map(csvCell).join(','));
  return new TextEncoder().encode(`${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`);
}
