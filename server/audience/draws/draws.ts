// Owns how viewers come into a draw: by a tap, or by a word in the chat, and as followers where it is for those.
import { enterDraw } from '../../protocol/endpoints.ts';
import type { OwnEntry } from '../../protocol/draw.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Door } from '../../live/index.ts';
import { squeeze } from '../chat/fold.ts';
import type { Follows } from '../following/follows.ts';

/** Draws as the shop has them. */
export interface DrawDesk {
  /** The draw of a show that takes entries by a word; undefined without one. */
  byWord(showId: string): Promise<{ promotionId: string; word: string; followersOnly: boolean } | undefined>;
  terms(promotionId: string): Promise<{ showId: string; sellerId: string; followersOnly: boolean }>;
  enter(promotionId: string, identity: string, way: 'tap' | 'word'): Promise<OwnEntry>;
}

export interface DrawDeps {
  door: Door;
  draws: DrawDesk;
  follows: Pick<Follows, 'isFollowing'>;
  onFault: (error: unknown) => void;
}

export function createDraws({ door, draws, follows, onFault }: DrawDeps): { routes: Route[]; written(show: Show, caller: Caller, text: string): Promise<void> } {
  return {
    routes: [
      route(enterDraw, async ({ params, caller }) => {
        const { showId, sellerId, followersOnly } = await draws.terms(params.promotionId);
        const { isStaff } = await door.enter(caller, showId);
        if (isStaff) throw new FieldcastError('auth.forbidden', 'Who works for the show does not win in it.');
        // Without a token each call would be somebody else.
        if (!caller.isKnown) throw new FieldcastError('auth.missing', 'Join the show first: it gives this device its token.');
        if (followersOnly && !(await follows.isFollowing(sellerId, caller.claims.identity))) {
          throw new FieldcastError('draw.follow-needed', 'This draw is for those who follow the seller.', { params: { sellerId } });
        }
        return draws.enter(params.promotionId, caller.claims.identity, 'tap');
      }),
    ],

    /** Somebody who is not of the staff has written something. A message stands whatever comes of this. */
    async written(show, caller, text) {
      try {
        const open = await draws.byWord(show.id);
        if (!open || !squeeze(text).includes(squeeze(open.word))) return;
        const { identity } = caller.claims;
        if (open.followersOnly && !(await follows.isFollowing(show.sellerId, identity))) return;
        await draws.enter(open.promotionId, identity, 'word');
      } catch (error) {
        // Over between the two looks at it.
        if (!(error instanceof FieldcastError)) onFault(error);
      }
    },
  };
}
