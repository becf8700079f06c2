// Owns the HTTP routes of a show's questions and of its seller's ready answers.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Door, Goods } from '../../live/index.ts';
import type { Feed } from '../chat/feed.ts';
import { viewMessage } from '../chat/messages.ts';
import type { Posting } from '../chat/posting.ts';
import type { Queue } from './queue.ts';
import type { ReadyAnswers } from './ready-answers.ts';

export function questionRoutes(deps: { door: Door; goods: Goods; queue: Queue; ready: ReadyAnswers; posting: Posting; feed: Feed }): Route[] {
  const { door, goods, queue, ready, posting, feed } = deps;

  async function worked(caller: Caller, showId: string): Promise<Show> {
    const { show, isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return show;
  }

  async function requireOnShelf(showId: string, productId: string | null | undefined): Promise<void> {
    if (productId && !(await goods.of(showId)).some(({ id }) => id === productId)) {
      throw new FieldcastError('shelf.not-on-shelf', 'Only products on the shelf have ready answers.');
    }
  }

  return [
    route(endpoints.readQuestions, async ({ params, caller }) => queue.list((await worked(caller, params.showId)).id)),

    route(endpoints.changeQuestion, async ({ params, body, caller }) => queue.set((await worked(caller, params.showId)).id, params.questionId, body.state)),

    route(endpoints.answerQuestion, async ({ params, body, caller, once, reply }) => {
      const show = await worked(caller, params.showId);
      const userAgent = reply.request.headers['user-agent'] ?? '';
      const messages = [];
      for (const replyTo of await queue.toAnswer(show.id, params.questionId, body.isPrivate)) {
        // Each asker's answer is written once, whoever has joined those who ask when the call is repeated.
        const key = once && { ...once, key: body.isPrivate ? `${once.key} ${replyTo}` : once.key };
        const message = await posting.post(show, { text: body.text, isPrivate: body.isPrivate, name: '', replyTo }, { caller, isStaff: true, userAgent }, key);
        feed.changed(show.id, [message.id]);
        messages.push(message);
      }
      const question = await queue.answered(show.id, params.questionId);
      const reader = { isStaff: true, identity: caller.claims.identity };
      return { question, messages: messages.flatMap((message) => viewMessage(message, reader) ?? []) };
    }),

    route(endpoints.markQuestion, async ({ params, caller }) => queue.mark((await worked(caller, params.showId)).id, params.messageId)),

    route(endpoints.unmarkQuestion, async ({ params, caller }) => {
      await queue.unmark((await worked(caller, params.showId)).id, params.messageId);
      return undefined;
    }),

    route(endpoints.listReadyAnswers, async ({ params, caller }) => ({ answers: await ready.list((await worked(caller, params.showId)).sellerId) })),

    route(endpoints.addReadyAnswer, async ({ params, body, caller, once }) => {
      const show = await worked(caller, params.showId);
      await requireOnShelf(show.id, body.productId);
      return ready.add(show.sellerId, body, once);
    }),

    route(endpoints.changeReadyAnswer, async ({ params, body, caller }) => {
      const show = await worked(caller, params.showId);
      await requireOnShelf(show.id, body.productId);
      return ready.change(show.sellerId, params.answerId, body);
    }),

    route(endpoints.deleteReadyAnswer, async ({ params, caller }) => {
      await ready.remove((await worked(caller, params.showId)).sellerId, params.answerId);
      return undefined;
    }),
  ];
}
