// Owns which line of a script is being said, from what was heard last: people leave words out and put others in. Pure.

/** Of a line's words heard before it counts as begun, and as said. */
const BEGUN = 0.35;
const SAID = 0.85;
/** So far ahead somebody may skip. */
const AHEAD = 3;
const HEARD_TOKENS = 60;

/** Chinese by pairs of signs, other scripts by words: single signs are everywhere. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/[\p{sc=Han}]+|[\p{L}\p{N}']+/gu)) {
    if (!/\p{sc=Han}/u.test(run)) tokens.push(run);
    else if (run.length === 1) tokens.push(run);
    else for (let at = 0; at + 1 < run.length; at += 1) tokens.push(run.slice(at, at + 2));
  }
  return tokens;
}

/**
 * @param heard what was said lately, all of it in one
 * @param at the line that was being said so far
 * @returns the line that is being said now; never an earlier one
 */
export function lineReached(lines: readonly string[], heard: string, at: number): number {
  const said = new Set(tokensOf(heard).slice(-HEARD_TOKENS));
  let reached = at;
  for (let index = at; index < Math.min(lines.length, at + AHEAD + 1); index += 1) {
    const tokens = tokensOf(lines[index] ?? '');
    if (tokens.length === 0) continue;
    const share = tokens.filter((token) => said.has(token)).length / tokens.length;
    if (share >= SAID) reached = Math.min(index + 1, lines.length - 1);
    else if (share >= BEGUN) reached = Math.max(reached, index);
  }
  return reached;
}
