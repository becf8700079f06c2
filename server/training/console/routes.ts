// Owns the HTTP routes of what a coach and the host they coach have between them.
import { type Door, isHostOf } from '../../live/index.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Cue, Hand, WhisperState } from '../../protocol/coach-desk.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import type { CueBoard } from './cue-board.ts';
import type { Demos } from './demos.ts';
import type { Hands } from './hands.ts';
import type { Notes } from './notes.ts';

export interface ConsoleRoutesDeps {
  door: Pick<Door, 'enter'>;
  /** The show that this caller coaches in. @throws FieldcastError `not-found`, `auth.forbidden` */
  coached: (caller: Caller, showId: string) => Promise<Show>;
  cues: CueBoard;
  hands: Hands;
  demos: Demos;
  notes: Notes;
  whisper: (showId: string) => WhisperState;
  /** Names of coaches who are there now. */
  coachesIn: (showId: string) => string[];
  tell: {
    cue: (showId: string, cue: Cue) => void;
    hand: (showId: string, hand: Hand) => void;
  };
}

export function consoleRoutes({ door, coached, cues, hands, demos, notes, whisper, coachesIn, tell }: ConsoleRoutesDeps): Route[] {
  async function hosted(caller: Caller, showId: string): Promise<Show> {
    const { show } = await door.enter(caller, showId);
    if (caller.claims.role !== 'host' || !isHostOf(caller, show)) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return show;
  }
  const either = (caller: Caller, showId: string) => (caller.claims.role === 'coach' ? coached(caller, showId) : hosted(caller, showId));
  async function going(found: Promise<Show>): Promise<Show> {
    const show = await found;
    if (show.status === 'ended') throw new FieldcastError('show.wrong-state', 'This show is over.');
    return show;
  }
  const who = ({ claims: { identity, name = '' } }: Caller) => ({ identity, name });

  return [
    route(endpoints.readCoachDesk, async ({ params, caller }) => {
      const { id } = await either(caller, params.showId);
      return { whisper: whisper(id), hand: hands.of(id), demo: demos.of(id), cues: cues.of(id), coaches: coachesIn(id) };
    }),

    route(endpoints.sendCue, async ({ params, body, caller }) => {
      const { id } = await going(coached(caller, params.showId));
      const cue = cues.send(id, who(caller).name, body);
      tell.cue(id, cue);
      return cue;
    }),

    route(endpoints.cueSeen, async ({ params, caller }) => {
      const { id } = await hosted(caller, params.showId);
      const cue = cues.seen(id, params.cueId);
      tell.cue(id, cue);
      return cue;
    }),

    route(endpoints.raiseHand, async ({ params, body, caller }) => {
      const { id } = await going(either(caller, params.showId));
      if (body.isUp && caller.claims.role === 'coach') throw new FieldcastError('auth.forbidden', 'Only the host puts their own hand up.');
      const hand = hands.set(id, body.isUp);
      tell.hand(id, hand);
      return hand;
    }),

    route(endpoints.showDemo, async ({ params, body, caller }) => {
      const { id } = await going(coached(caller, params.showId));
      await demos.show(id, who(caller), body.productId);
      return { demo: demos.of(id) };
    }),

    route(endpoints.endDemo, async ({ params, caller }) => {
      const { id } = await either(caller, params.showId);
      await demos.giveBack(id);
      return { demo: null };
    }),

    route(endpoints.listNotes, async ({ params, caller }) => {
      const { id } = await coached(caller, params.showId);
      return { notes: await notes.list(id, caller.claims.identity) };
    }),

    route(endpoints.writeNote, async ({ params, body, caller, once }) => {
      const { id } = await coached(caller, params.showId);
      return notes.write(id, who(caller), body, once);
    }),

    route(endpoints.changeNote, async ({ params, body, caller }) => {
      const { id } = await coached(caller, params.showId);
      return notes.change(id, params.noteId, caller.claims.identity, body.text);
    }),

    route(endpoints.deleteNote, async ({ params, caller }) => {
      const { id } = await coached(caller, params.showId);
      await notes.delete(id, params.noteId, caller.claims.identity);
      return undefined;
    }),
  ];
}
