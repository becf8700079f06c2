// Owns putting words on the clipboard, also where a page without https has no clipboard of its own.

/** Answers whether they are there. `within` is a shadow root that may hold a field for a moment. */
export async function copyText(words: string, within: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = words;
    field.readOnly = true;
    field.className = 'visually-hidden';
    within.append(field);
    field.select();
    // The only way over http, which is how a stall's own network is often reached.
    const isCopied = document.execCommand('copy');
    field.remove();
    return isCopied;
  }
}
