// A code as people type it and as it is compared.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { plainCode, typedCode } from '../../../server/protocol/gate.ts';

describe('a typed code', () => {
  it.each([
    ['apple2026', 'APPLE2026'],
    [' ap-ple 20 26\n', 'APPLE2026'],
    ['ＡＰＰＬＥ２０２６', 'APPLE2026'],
    ['abcd–efgh', 'ABCDEFGH'],
    ['果园苹果开园了', '果园苹果开园了'],
  ])('%j is %s', (typed, plain) => expect(plainCode(typed)).toBe(plain));

  it.each(['', 'abc', 'a b c d e', 'a'.repeat(33), 'abc\u0000defg', 'abcdef!', '<script>', 'abc\u202edefg', 'x'.repeat(10_000)])('is not %j', (typed) => {
    expect(v.safeParse(typedCode, typed).success).toBe(false);
  });
});
