// Owns one call into a shop page: bounded in time, and never an exception, whatever the page does.

export type Asked<T> = { value: T } | { fault: 'timeout' | 'broken'; /** Resolves when the answer comes after all. */ late?: Promise<unknown> };

/** @param isShape whether an answer is one; another counts as broken */
export async function ask<T>(name: string, work: () => T | Promise<T>, isShape: (answer: unknown) => boolean, timeoutMs: number): Promise<Asked<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late()), timeoutMs);
  });
  // In a task of its own: what the page throws at once is caught like what it throws later.
  const answer = Promise.resolve().then(work);
  try {
    const value = await Promise.race([answer, late]);
    if (isShape(value)) return { value };
    console.error(`<fieldcast-live>: ${name} answered what it should not.`, value);
    return { fault: 'broken' };
  } catch (error) {
    if (error instanceof Late) {
      console.error(`<fieldcast-live>: ${name} has not answered within ${timeoutMs / 1000} s.`);
      return { fault: 'timeout', late: answer.catch(() => undefined) };
    }
    console.error(`<fieldcast-live>: ${name} failed.`, error);
    return { fault: 'broken' };
  } finally {
    clearTimeout(timer);
  }
}

class Late extends Error {}
