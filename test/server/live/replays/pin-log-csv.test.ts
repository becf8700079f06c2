import { describe, expect, it } from 'vitest';
import { pinLogCsv } from '../../../../server/live/replays/pin-log-csv.ts';

const entry = { productId: 'prd_1', name: '苹果', rank: 0, startedAt: Date.UTC(2026, 0, 2, 3, 4, 5), endedAt: null, startMs: 1_250, endMs: 61_000 };

describe('the record of pins as a table', () => {
  it('is UTF-8 that Excel reads, with times people and programs understand', () => {
    expect(pinLogCsv([entry])).toBe(
      '\uFEFFproduct_id,product,rank,started_at,ended_at,replay_start_s,replay_end_s\r\nprd_1,苹果,0,2026-01-02T03:04:05.000Z,,1.3,61.0\r\n',
    );
  });

  it('keeps commas, quotes and formulas of a name in their field, as text', () => {
    const [, row] = pinLogCsv([{ ...entry, name: '=HYPERLINK("http://x"),a' }]).split('\r\n');
    expect(row).toContain(`prd_1,"'=HYPERLINK(""http://x""),a",0,`);
  });
});
