// Owns writing text as Chinese Excel saves it: no encoder comes with the platform, but the decoder can be asked for every pair of bytes.

let pairs: Map<string, [number, number]> | undefined;

function pairsOf(): Map<string, [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      found.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
    }
  }
  return found;
}

/** @throws Error for a letter beyond two bytes, which no test needs. */
export function asGb18030(text: string): Uint8Array {
  pairs ??= pairsOf();
  const bytes: number[] = [];
  for (const letter of text) {
    const pair = letter.charCodeAt(0) < 0x80 ? [letter.charCodeAt(0)] : pairs.get(letter);
    if (!pair) throw new Error(`no two bytes for ${letter}`);
    bytes.push(...pair);
  }
  return new Uint8Array(bytes);
}
