// Owns which server an element talks to when its page names none: the one that the script came from.

/** Origin of this script; empty where a script has none (a file, a test). */
export const scriptOrigin: string = (() => {
  const { origin } = new URL(import.meta.url);
  return origin === 'null' ? '' : origin;
})();
