// Owns when following comes: with the first place that offers it.

let isAsked = false;

/** Loads and registers its elements, once. A failed download is tried again by the next call. */
export function loadFollowing(): void {
  if (isAsked) return;
  isAsked = true;
  import('./index.ts').then(
    ({ defineFollowing }) => defineFollowing(),
    () => {
      isAsked = false;
    },
  );
}
