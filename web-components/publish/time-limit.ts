// Owns waiting that ends: work with a limit, and pauses that can be called off.

/** The work's result, or an error when it takes longer or the signal comes. */
export async function withLimit<T>(work: Promise<T>, limitMs: number, signal: AbortSignal): Promise<T> {
  let giveUp = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error('given up'));
    timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Ends early, without an error, when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
