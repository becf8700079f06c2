// Owns reducing text to what an eye reads in it, so that a word is found under full width, accents, look-alikes and invisible signs.

// Letters of other scripts that look like Latin ones; both cases are folded by toLowerCase before.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', ё: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j', ԁ: 'd', ԛ: 'q', ԝ: 'w',
  α: 'a', β: 'b', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', ı: 'i', ł: 'l', ø: 'o', æ: 'ae', ß: 'ss',
};

/** Compatibility form, lower case, without accents, invisible signs or look-alikes. Spaces and punctuation stay. */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    // Combining marks, and all that takes no room: joiners, variation selectors, soft hyphens, direction marks, tags.
    .replace(/[\p{Mn}\p{Me}\p{Cf}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu, '')
    .normalize('NFC')
    .toLowerCase();
  return [...plain].map((sign) => LOOK_ALIKES[sign] ?? sign).join('');
}

/** {@link fold} without anything but letters, digits and characters: spaces and signs between letters hide no word. */
export function squeeze(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}
