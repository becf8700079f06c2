// The last cents of a transfer: what they may take off, what happens when they run out, and the words beside it.
import { describe, expect, it } from 'vitest';
import { type TakenAmount, transferAmount } from '../../../../server/shop/payments/transfer-amount.ts';
import { transferReference } from '../../../../server/shop/payments/transfer-reference.ts';

const awaited = (amountMinor: number): TakenAmount => ({ amountMinor, closedAt: null });

describe('the amount of a transfer', () => {
  it('is the total where no other transfer has it', () => {
    expect(transferAmount(5000, 'CNY', [awaited(5001), awaited(4999)])).toEqual({ amountMinor: 5000, discountMinor: 0, isUnique: true });
  });

  it('is the next lower one that is free', () => {
    expect(transferAmount(5000, 'CNY', [awaited(5000), awaited(4999), awaited(4997)])).toEqual({ amountMinor: 4998, discountMinor: 2, isUnique: true });
  });

  it('tells a hundred equal totals apart, and every discount and amount add up to the total', () => {
    const taken: TakenAmount[] = [];
    for (let count = 0; count < 100; count += 1) {
      const next = transferAmount(5000, 'CNY', taken);
      expect(next.isUnique).toBe(true);
      expect(next.amountMinor + next.discountMinor).toBe(5000);
      expect(next.discountMinor).toBeLessThanOrEqual(99);
      taken.push(awaited(next.amountMinor));
    }
    expect(new Set(taken.map(({ amountMinor }) => amountMinor)).size).toBe(100);
  });

  it('asks the whole total of the hundred and first, and says that it is shared', () => {
    const taken = Array.from({ length: 100 }, (_, cents) => awaited(5000 - cents));
    expect(transferAmount(5000, 'CNY', taken)).toEqual({ amountMinor: 5000, discountMinor: 0, isUnique: false });
  });

  it('uses the amount again that is over for the longest, before it shares one', () => {
    const taken = Array.from({ length: 100 }, (_, cents) => (cents === 40 || cents === 70 ? { amountMinor: 5000 - cents, closedAt: cents === 70 ? 1_000 : 2_000 } : awaited(5000 - cents)));
    expect(transferAmount(5000, 'CNY', taken)).toEqual({ amountMinor: 4930, discountMinor: 70, isUnique: true });
  });

  it('takes an amount for held as long as one of its transfers is awaited', () => {
    expect(transferAmount(5000, 'CNY', [awaited(5000), { amountMinor: 5000, closedAt: 1 }]).amountMinor).toBe(4999);
    expect(transferAmount(5000, 'CNY', [{ amountMinor: 5000, closedAt: 1 }, awaited(5000)]).amountMinor).toBe(4999);
  });

  it.each([1, 2, 3, 50, 99, 100])('leaves something to pay of a total of %i', (totalMinor) => {
    const taken: TakenAmount[] = [];
    for (let count = 0; count < 101; count += 1) {
      const next = transferAmount(totalMinor, 'CNY', taken);
      expect(next.amountMinor).toBeGreaterThanOrEqual(1);
      expect(next.amountMinor + next.discountMinor).toBe(totalMinor);
      taken.push(awaited(next.amountMinor));
    }
  });

  it('takes nothing off where the currency has no cents', () => {
    expect(transferAmount(5000, 'JPY', [awaited(5000)])).toEqual({ amountMinor: 5000, discountMinor: 0, isUnique: false });
  });

  it('stays exact for the largest totals', () => {
    const total = Number.MAX_SAFE_INTEGER;
    expect(transferAmount(total, 'CNY', [awaited(total)])).toEqual({ amountMinor: total - 1, discountMinor: 1, isUnique: true });
  });
});

describe('the reference of a transfer', () => {
  it('is the number of the order with a word, in the language of the currency', () => {
    expect(transferReference(128, 'CNY')).toMatch(/^\p{Script=Han}{2}128$/u);
    expect(transferReference(128, 'USD')).toMatch(/^[a-z]+ 128$/);
  });

  it('asks for another word when one digit is wrong or two have changed places', () => {
    const word = (number: number): string => transferReference(number, 'CNY').replace(/\d+/, '');
    const unnoticed: string[] = [];
    for (let number = 1; number < 3_000; number += 1) {
      const digits = [...String(number)];
      for (const [at, digit] of digits.entries()) {
        const slips = Array.from({ length: 10 }, (_, other) => [...digits.slice(0, at), other, ...digits.slice(at + 1)]);
        slips.push([...digits.slice(0, at), digits[at + 1] ?? '', digit, ...digits.slice(at + 2)]);
        for (const slip of slips.map((each) => Number(each.join('')))) if (slip !== number && word(slip) === word(number)) unnoticed.push(`${number} ${slip}`);
      }
    }
    expect(unnoticed).toEqual([]);
  });
});
