// Owns which messages belong to the picture on the screen: live those up to its moment, in a replay those that were said then.
import type { ChatMessage } from '../../server/protocol/chat.ts';
import { readChat } from '../../server/protocol/endpoints.ts';
import type { Replay } from '../../server/protocol/replay.ts';
import { type Call, Watchable } from '../show/index.ts';

/** People look at the chat beside the picture; half a second early is not seen as out of step. */
const EARLY_MS = 500;
const WINDOW_MS = 60_000;
/** Windows kept beside the present one, so that seeking back and forth asks for little. */
const WINDOWS_KEPT = 10;
const SHOWN = 100;
const RETRY_MS = 5_000;

interface Window {
  messages: readonly ChatMessage[];
  /** After a failure, by `Date.now()`. */
  askAgainAt: number;
}

/** Messages whose moment the picture has reached; one's own at once. `nextInMs` tells when the next one is due; null for never. */
export function reached(messages: readonly ChatMessage[], pictureAt: number, ownKey: string | null): { due: ChatMessage[]; nextInMs: number | null } {
  const due: ChatMessage[] = [];
  let nextInMs: number | null = null;
  for (const message of messages) {
    const waitMs = message.at - pictureAt - EARLY_MS;
    if (waitMs <= 0 || message.author.key === ownKey) due.push(message);
    else nextInMs = Math.min(nextInMs ?? waitMs, waitMs);
  }
  return { due, nextInMs };
}

/** The server's clock when what is at a replay time was said; null outside the replay. */
export function serverClockAt({ stretches }: Pick<Replay, 'stretches'>, timeMs: number): number | null {
  const stretch = stretches.findLast(({ startMs }) => startMs <= timeMs) ?? stretches[0];
  return stretch ? stretch.at + Math.min(Math.max(0, timeMs - stretch.startMs), stretch.endMs - stretch.startMs) : null;
}

/** What was said around a moment of a replay, read a minute at a time. */
export class PastChat extends Watchable {
  readonly #call: Call;
  readonly #showId: string;
  /** By the window's number since the epoch, the one used last at the end. */
  readonly #windows = new Map<number, Window>();

  constructor(call: Call, showId: string) {
    super();
    this.#call = call;
    this.#showId = showId;
  }

  /** Messages said up to a moment of the server's clock, the newest last; what is not here yet is read, and listeners hear of it. */
  upTo(at: number): ChatMessage[] {
    const present = Math.floor(at / WINDOW_MS);
    for (const number of [present - 1, present, present + 1]) void this.#ensure(number);
    return [present - 1, present].flatMap((number) => this.#windows.get(number)?.messages ?? []).filter((message) => message.at <= at).slice(-SHOWN);
  }

  async #ensure(number: number): Promise<void> {
    const known = this.#windows.get(number);
    const window = known ?? { messages: [], askAgainAt: Infinity };
    this.#windows.delete(number);
    this.#windows.set(number, window);
    if (known && Date.now() < known.askAgainAt) return;
    window.askAgainAt = Infinity;
    const from = number * WINDOW_MS;
    const page = await this.#call(readChat, {
      params: { showId: this.#showId },
      query: { from: String(from), to: String(from + WINDOW_MS), limit: '200' },
    });
    // Asked for again by whoever looks then, not by the news of the failure.
    if (!page.ok) {
      window.askAgainAt = Date.now() + RETRY_MS;
      return;
    }
    window.messages = page.value.messages;
    for (const oldest of [...this.#windows.keys()].slice(0, Math.max(0, this.#windows.size - WINDOWS_KEPT))) this.#windows.delete(oldest);
    this.changed();
  }
}
