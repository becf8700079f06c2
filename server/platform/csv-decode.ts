// Owns the step from the bytes of somebody's table to text: which encoding a spreadsheet saved it in, with or without a byte order mark.

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** A letter that could not be read. */
export const UNREADABLE = '\ufffd';

/** Above this share of broken letters it is no UTF-8 with a few faults but another encoding: Chinese Excel saves GB 18030 without saying so. */
const FAULTS_LIMIT = 0.02;

/** Never fails: letters that cannot be read become {@link UNREADABLE}, for whoever reads the rows to refuse. */
export function decodeTable(bytes: Uint8Array): { text: string; encoding: TableEncoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return read(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return read(bytes, 'utf-16be');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    // Broken somewhere, or something else.
  }
  const utf8 = read(bytes, 'utf-8');
  const { faults, foreign } = countFaults(utf8.text);
  if (faults <= foreign * FAULTS_LIMIT) return utf8;
  const gb18030 = read(bytes, 'gb18030');
  return countFaults(gb18030.text).faults < faults ? gb18030 : utf8;
}

function read(bytes: Uint8Array, encoding: TableEncoding): { text: string; encoding: TableEncoding } {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function countFaults(text: string): { faults: number; foreign: number } {
  let faults = 0;
  let foreign = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) foreign += 1;
    if (code === 0xfffd) faults += 1;
  }
  return { faults, foreign };
}

/** A cell as it was before it was defused against spreadsheets that would run it. */
export function plainCell(cell: string): string {
  return /^'\s*[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}
