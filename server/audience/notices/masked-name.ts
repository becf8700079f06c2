// Owns how much of a name strangers see: its first letter. Pure.

/** `王小明` -> `王**`, `li mei` -> `L**`. What does not begin with a letter (a phone number, a picture) is nobody: empty. */
export function maskedName(name: string): string {
  const [first] = name.normalize('NFC').trim();
  return first !== undefined && /^\p{L}$/u.test(first) ? `${first.toLocaleUpperCase('en')}**` : '';
}
