// Owns what following needs of a page: calls as this device's viewer, and keeping the token that makes it one.
import type { Call, TokenProvider } from '../show/index.ts';

export interface FollowLink {
  readonly serverUrl: string;
  readonly client: { readonly call: Call };
  readonly viewer?: { keep(token: string): void; readonly provider?: TokenProvider };
}

/** Several buttons for one seller on a page say the same: whoever changes it tells the others. */
export const followNews = new EventTarget();
