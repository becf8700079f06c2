// What a spreadsheet gets: text stays text, numbers stay numbers, nothing runs.
import { describe, expect, it } from 'vitest';
import { csvCell, csvFile } from '../../../server/platform/csv.ts';

describe('a table for a spreadsheet', () => {
  it.each(['=1+1', '+86 138', '-2', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '＝1+1', '＋1', '－1', '＠a'])('defuses %j', (value) => {
    expect(csvCell(value)).toBe(`"'${value}"`);
  });

  it('quotes what has quotes, commas and lines, and leaves the rest as it is', () => {
    expect(csvCell('He said "no", twice\nand left')).toBe('"He said ""no"", twice\nand left"');
    expect(csvCell('红富士 5 kg')).toBe('"红富士 5 kg"');
  });

  it('writes numbers bare, negative ones too', () => {
    expect([csvCell(12.5), csvCell(-3), csvCell(0)]).toEqual(['12.5', '-3', '0']);
  });

  it('begins with a byte order mark and ends every row as RFC 4180 has it', () => {
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvFile(['a', 'b'], [['x', 1]]))).toBe('\ufeff"a","b"\r\n"x",1\r\n');
  });
});
