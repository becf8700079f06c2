// Owns a page's copy of what stands in a room beside the chat: hearts, poll, announcement. Taps go out gathered, votes until they are answered. No DOM.
import { readStage, vote } from '../../server/protocol/endpoints.ts';
import type { Announcement, Poll, ReactionCounts } from '../../server/protocol/stage.ts';
import { REACTION_BURST_LIMIT, type ReactionKind, reactionKinds } from '../../server/protocol/stage-limits.ts';
import { type Client, type Failure, isRetryable, type Playhead, type ShowStore, Watchable } from '../show/index.ts';

const SEND_MS = 1_000;
const RETRY_MS = 2_500;
/** How long a result is looked at. */
const RESULT_MS = 15_000;

export interface StageRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on' | 'request' | 'socket'>;
  readonly store: Pick<ShowStore, 'joinCount' | 'subscribe' | 'serverNow'>;
  /** Of a viewer's page alone. */
  readonly playhead?: Playhead;
}

const none = (): ReactionCounts => ({ heart: 0, thumb: 0 });

export class StageLog extends Watchable {
  readonly #room: StageRoom;
  #totals = none();
  /** Tapped here and not sent yet. */
  #unsent = none();
  /** Sent, and perhaps not in `#totals` yet. */
  #sent = none();
  #poll: Poll | null = null;
  #announcement: Announcement | null = null;
  #stops: (() => void)[] = [];
  #users = 0;
  #sending: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #burstListeners = new Set<(counts: ReactionCounts) => void>();
  /** What this device answers, before the server has said so too. */
  ownOption: number | null = null;
  /** Why the last answer was not taken. */
  fault: Failure | null = null;
  isVoting = false;

  constructor(room: StageRoom) {
    super();
    this.#room = room;
  }

  /** Taps of everybody, with those of this device that are on their way. */
  get totals(): ReactionCounts {
    return { heart: this.#shown('heart'), thumb: this.#shown('thumb') };
  }

  /** The open poll, or the result of one for as long as it is looked at. */
  get poll(): Poll | null {
    const poll = this.#poll;
    if (!poll || poll.state === 'withdrawn') return null;
    const closedAt = poll.closedAt ?? poll.closesAt;
    const now = this.#room.store.serverNow();
    if (closedAt === null) return poll;
    this.#again(closedAt > now ? closedAt - now : closedAt + RESULT_MS - now);
    if (closedAt > now) return poll;
    return now < closedAt + RESULT_MS ? { ...poll, state: 'closed' } : null;
  }

  get announcement(): Announcement | null {
    const { endsAt = null } = this.#announcement ?? {};
    if (endsAt === null) return this.#announcement;
    const leftMs = endsAt - this.#room.store.serverNow();
    this.#again(leftMs);
    return leftMs > 0 ? this.#announcement : null;
  }

  /** Taps of other people, as they come. Answers the function that stops it. */
  onBurst(listener: (counts: ReactionCounts) => void): () => void {
    this.#burstListeners.add(listener);
    return () => void this.#burstListeners.delete(listener);
  }

  /** Begins to follow the show for one element; the answered function ends it. */
  use(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users === 0) this.#stop();
    };
  }

  /** Counts one tap. What is tapped without a network, or faster than a thumb can, is lost: it is decoration. */
  tap(kind: ReactionKind): void {
    if (this.#room.client.socket.state !== 'connected' || this.#unsent[kind] >= REACTION_BURST_LIMIT) return;
    this.#unsent[kind] += 1;
    this.#sending ??= setTimeout(() => void this.#send(), SEND_MS);
    this.changed();
  }

  /** Answers the poll, and keeps trying while there is no network: the same answer twice is one vote. */
  async vote(option: number): Promise<void> {
    const poll = this.#poll;
    if (!poll || this.poll?.state !== 'open') return;
    clearTimeout(this.#retry);
    const before = this.ownOption;
    this.ownOption = option;
    this.fault = null;
    this.isVoting = true;
    this.changed();
    const { showId, client } = this.#room;
    const outcome = await client.call(vote, { params: { showId, pollId: poll.id }, body: { option } });
    // Another answer was chosen, or another poll came, while this one was on its way.
    if (this.ownOption !== option || this.#poll?.id !== poll.id) return;
    if (outcome.ok) {
      this.isVoting = false;
      this.#takePoll(outcome.value);
    } else if (isRetryable(outcome.error)) {
      this.fault = outcome.error;
      if (this.#users > 0) this.#retry = setTimeout(() => void this.vote(option), outcome.error.retryAfterMs ?? RETRY_MS);
    } else {
      this.fault = outcome.error;
      this.isVoting = false;
      this.ownOption = before;
    }
    this.changed();
  }

  #shown(kind: ReactionKind): number {
    return this.#totals[kind] + this.#sent[kind] + this.#unsent[kind];
  }

  #start(): void {
    const { client, store, showId } = this.#room;
    let joins = store.joinCount;
    this.#stops = [
      client.on('reactions.changed', (event) => event.showId === showId && this.#takeBurst(event.counts, event.totals)),
      client.on('poll.changed', (event) => {
        if (event.showId !== showId) return;
        this.#takePoll(event.poll);
        this.changed();
      }),
      client.on('announcement.changed', (event) => {
        if (event.showId !== showId) return;
        this.#announcement = event.announcement;
        this.changed();
      }),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        void this.#sync();
      }),
    ];
    void this.#sync();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    for (const timer of [this.#sending, this.#retry, this.#timer]) clearTimeout(timer);
    this.#sending = undefined;
  }

  async #sync(): Promise<void> {
    const { client, showId, store } = this.#room;
    const joins = store.joinCount;
    const outcome = await client.call(readStage, { params: { showId } });
    if (this.#stops.length === 0 || joins !== store.joinCount) return;
    if (!outcome.ok) {
      if (isRetryable(outcome.error)) setTimeout(() => this.#stops.length > 0 && void this.#sync(), RETRY_MS * (0.75 + Math.random() / 2));
      return;
    }
    const { reactions, poll, ownOption, announcement } = outcome.value;
    this.#totals = reactions;
    this.#sent = none();
    this.#announcement = announcement;
    if (poll) this.#takePoll(poll);
    // What is being voted for now is newer than what the server knew.
    if (!this.isVoting) this.ownOption = ownOption;
    // Withdrawn while this page was away.
    if (!poll && this.#poll?.state === 'open') this.#poll = null;
    this.changed();
  }

  #takePoll(poll: Poll): void {
    const known = this.#poll;
    if (known && known.id !== poll.id) {
      if (poll.openedAt < known.openedAt && known.state !== 'withdrawn') return;
      this.ownOption = this.fault = null;
      this.isVoting = false;
    }
    if (known?.id !== poll.id || poll.revision >= known.revision) this.#poll = poll;
  }

  #takeBurst(counts: ReactionCounts, totals: ReactionCounts): void {
    const others = none();
    for (const kind of reactionKinds) {
      others[kind] = Math.max(0, counts[kind] - this.#sent[kind]);
      this.#sent[kind] = Math.max(0, this.#sent[kind] - counts[kind]);
    }
    this.#totals = totals;
    for (const listener of this.#burstListeners) listener(others);
    this.changed();
  }

  async #send(): Promise<void> {
    this.#sending = undefined;
    for (const kind of reactionKinds) {
      const count = this.#unsent[kind];
      if (count === 0) continue;
      this.#unsent[kind] = 0;
      this.#sent[kind] += count;
      const outcome = await this.#room.client.request('reaction.send', { kind, count });
      // Never sent again: an answer that was lost does not tell whether they were counted.
      if (!outcome.ok) this.#sent[kind] = Math.max(0, this.#sent[kind] - count);
    }
    this.changed();
  }

  #again(afterMs: number): void {
    if (afterMs <= 0 || this.#stops.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.changed(), Math.min(afterMs, 60_000) + 20);
  }
}

const logs = new WeakMap<object, StageLog>();

/** The one of a room; its elements share it. */
export function stageOf(room: StageRoom): StageLog {
  let log = logs.get(room);
  if (!log) logs.set(room, (log = new StageLog(room)));
  return log;
}
