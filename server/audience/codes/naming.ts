// Owns how codes are made: short, said in one breath, never mistaken for another by eye or ear.

/** Without I, L and O, which look like digits, and X, which stands for "times". */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWYZ';
const NUMBERS = 99;

/** The code that a show gives out as its n-th, from 0 on: A1 to A99, B1 to B99, after Z99 A100 and so on. */
export function codeAt(index: number): string {
  const block = LETTERS.length * NUMBERS;
  if (index < block) return `${LETTERS[Math.floor(index / NUMBERS)]}${(index % NUMBERS) + 1}`;
  const over = index - block;
  const perLetter = 999 - NUMBERS;
  return `${LETTERS[Math.floor(over / perLetter) % LETTERS.length]}${NUMBERS + 1 + (over % perLetter)}`;
}
