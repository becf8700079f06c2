// Owns when the lobby comes: with the first picture, or when there is none to wait for.

let isAsked = false;

/** Loads and registers the lobby's elements, once. A failed download is tried again by the next call. */
export function loadLobby(): void {
  if (isAsked) return;
  isAsked = true;
  import('./lobby/index.ts').then(
    ({ defineLobby }) => defineLobby(),
    () => {
      isAsked = false;
    },
  );
}
