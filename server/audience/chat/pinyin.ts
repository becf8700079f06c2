// Owns Chinese words as the Latin letters they are typed with. The dictionary takes 10 MB of memory, so it is loaded with the first word.

/** Syllables without tones, lower case: `苹果` is `['ping', 'guo']`. Latin letters in between stay together as they are. */
export async function syllablesOf(word: string): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  return pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((syllable) => syllable.toLowerCase());
}
