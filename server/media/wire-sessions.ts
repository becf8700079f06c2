// Owns the WHIP and WHEP sessions that are open, and ends those whose opener may not have them any more: nobody asks them again by HTTP.
import type { Caller } from '../platform/auth.ts';
import type { WireSession } from './wire-session.ts';

interface Held {
  session: WireSession;
  caller: Caller;
  /** Rejects for who may not. */
  mayUse: (caller: Caller, streamId: string) => Promise<void>;
}

export class WireSessions {
  readonly #held = new Map<string, Held>();

  /** Keeps a session until it is closed. */
  add(session: WireSession, caller: Caller, mayUse: Held['mayUse']): void {
    this.#held.set(session.id, { session, caller, mayUse });
    session.onClosed(() => this.#held.delete(session.id));
  }

  find(sessionId: string): WireSession | undefined {
    return this.#held.get(sessionId)?.session;
  }

  /** Ends what was opened by a link that is taken back. */
  endOfLink(linkId: string): void {
    for (const { session, caller } of this.#held.values()) if (caller.claims.linkId === linkId) session.close();
  }

  /** Ends the sessions of a stream that would not be opened now: a gate has closed since. */
  async endRefused(streamId: string): Promise<void> {
    const ofStream = [...this.#held.values()].filter(({ session }) => session.streamId === streamId);
    await Promise.all(ofStream.map(({ session, caller, mayUse }) => mayUse(caller, streamId).catch(() => session.close())));
  }
}
