// Owns that this tab practises: which rehearsal, kept over a reload, so that a farmer who practises does not wake up in the real show.

const KEY = 'fieldcast:practised';

/** Where to go: a show, or with null the way back to the person's real shows. */
export interface Practise {
  showId: string | null;
  isRehearsal: boolean;
}

/** Fired by the parts of practice; the studio goes there. */
export const PRACTISE = 'studio-practise';

export function goTo(from: EventTarget, where: Practise): void {
  from.dispatchEvent(new CustomEvent<Practise>(PRACTISE, { detail: where, bubbles: true, composed: true }));
}

export function practised(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepPractised(showId: string | null): void {
  try {
    if (showId === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, showId);
  } catch {
    // Storage may be forbidden in a private window; then a reload leads to the list of shows.
  }
}
