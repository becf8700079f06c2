// Owns how a draw comes to its winners: a pure function of a seed and a list, the same for the server that draws and for a page that checks it.

// Both runtimes have them; neither's type library is loaded here.
declare const crypto: { subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> } };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** 48 bits are whole numbers that a double holds exactly. */
const RANGE = 2 ** 48;

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is told of a seed before anybody takes part: whoever knows it can tell later that the seed is the same. */
export const commitmentOf = (seed: string): Promise<string> => sha256(seed);

/**
 * Draws without putting back. `L` is the SHA-256 of all entries, one a line. The k-th winner (from 0) is found with `sha256(seed:L:k:t)`:
 * the number of its first 12 digits, modulo how many are left, is the place among those left, in their order. `t` is 0, and grows by one
 * where the number is so large that the modulo would favour the first ones.
 * @param entries in the order in which they were taken; no two are the same
 * @returns the first prize first; all of them where there are no more entries than winners
 */
export async function drawWinners({ seed, entries, winners }: { seed: string; entries: readonly string[]; winners: number }): Promise<string[]> {
  const left = [...entries];
  const drawn: string[] = [];
  const list = await sha256(entries.join('\n'));
  while (drawn.length < winners && left.length > 0) {
    const fairBelow = RANGE - (RANGE % left.length);
    let number = RANGE;
    for (let attempt = 0; number >= fairBelow; attempt += 1) {
      number = Number.parseInt((await sha256(`${seed}:${list}:${drawn.length}:${attempt}`)).slice(0, 12), 16);
    }
    drawn.push(...left.splice(number % left.length, 1));
  }
  return drawn;
}
