// Owns what is told of a show's replay: its state, its chapters and pins, the record of pins for staff, the moments of an order.
import type { Chapter, OrderMoment, OrderMoments, PinEntry, Replay, ReplayState, ReplayStretch } from '../../protocol/replay.ts';
import { MOMENT_PARAMETER } from '../../protocol/replay.ts';
import type { Order } from '../../protocol/order.ts';
import type { Product } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Recording, Replays } from '../../media/index.ts';
import type { Shelf } from '../shelf.ts';
import { watchUrl } from '../watch-page.ts';
import { addressesOf, type ReplayPasses } from './addresses.ts';
import type { DeletedReplays } from './deleted-replays.ts';
import { momentOf } from './moments.ts';
import type { RetentionRules } from './retention-rules.ts';
import { chaptersOf, pinsOver, shownIn, totalsOf } from './shown.ts';

/** A phone's clock and the server's drift apart by less than 0.1 s in this time. */
const CLOCK_PART_MS = 10 * 60_000;
/** A camera has found its light by then. */
const POSTER_MS = 5_000;

/** What turns the server's clock into replay time. */
export type ReplayTimes = Pick<Recording, 'durationMs' | 'stretches' | 'toReplayMs' | 'toServerMs'>;

export interface ShowReplaysDeps {
  replays: Pick<Replays, 'find'>;
  policy: { isRecording(showId: string): boolean };
  deleted: DeletedReplays;
  rules: RetentionRules;
  shelf: Pick<Shelf, 'pinLog'>;
  catalogue: { products(ids: readonly string[]): Promise<Product[]> };
  passes: ReplayPasses;
  /** Where this server is reached. */
  publicUrl: () => string;
}

export class ShowReplays {
  readonly #deps: ShowReplaysDeps;

  constructor(deps: ShowReplaysDeps) {
    this.#deps = deps;
  }

  async stateOf(show: Pick<Show, 'id' | 'status'>): Promise<ReplayState> {
    const { replays, policy } = this.#deps;
    const recording = await replays.find(show.id);
    if (policy.isRecording(show.id)) return 'recording';
    if (!recording) return 'none';
    return show.status === 'ended' && !recording.isRecording ? 'ready' : 'recording';
  }

  /** Length in ms of those that can be watched now. */
  async durations(showIds: readonly string[]): Promise<Map<string, number>> {
    const durations = new Map<string, number>();
    for (const showId of showIds) {
      const recording = await this.#deps.replays.find(showId);
      if (recording && !recording.isRecording) durations.set(showId, Math.round(recording.durationMs));
    }
    return durations;
  }

  /** Undefined where there is no replay. */
  times(showId: string): Promise<ReplayTimes | undefined> {
    return this.#deps.replays.find(showId);
  }

  /** @throws FieldcastError `replay.not-found`. */
  async require(show: Show): Promise<Recording> {
    const recording = await this.#deps.replays.find(show.id);
    if (!recording) throw new FieldcastError('replay.not-found', 'This show cannot be watched again.');
    return recording;
  }

  /** @throws FieldcastError `replay.not-found`. */
  async describe(show: Show): Promise<Replay> {
    const recording = await this.require(show);
    const state = (await this.stateOf(show)) === 'recording' ? 'recording' : 'ready';
    const shown = shownIn(recording, await this.#deps.shelf.pinLog(show.id));
    const addresses = await addressesOf(show, this.#deps.passes);
    const spans = chaptersOf(shown);
    const products = await this.#products(spans.map(({ productId }) => productId));
    return {
      showId: show.id,
      state,
      startedAt: recording.startedAt,
      durationMs: Math.round(recording.durationMs),
      hlsUrl: state === 'ready' ? addresses.hls : null,
      posterUrl:
        show.posterPictureId === null
          ? addresses.thumbnail(Math.round(Math.min(POSTER_MS, recording.durationMs / 2)))
          : `/api/v1/pictures/${show.posterPictureId}/480`,
      frameUrl: addresses.frames,
      clipUrl: addresses.clips,
      stretches: clockOf(recording),
      chapters: spans.map(
        (span): Chapter => ({
          ...span,
          name: products.get(span.productId)?.name ?? '',
          pictureId: products.get(span.productId)?.pictures[0] ?? null,
          thumbnailUrl: addresses.thumbnail(span.startMs),
          clipUrl: addresses.clip(span.startMs, span.endMs),
        }),
      ),
      pins: pinsOver(shown, recording.durationMs),
      explained: totalsOf(shown),
      keptUntil: state === 'ready' ? await this.#deps.rules.keptUntil(show.sellerId, recording) : null,
    };
  }

  /** The record of pins, oldest first; also without a replay. What is pinned when the show ends, ends with it. */
  async pinEntries(show: Show): Promise<PinEntry[]> {
    const rows = await this.#deps.shelf.pinLog(show.id);
    const recording = await this.#deps.replays.find(show.id);
    const products = await this.#products(rows.map(({ productId }) => productId));
    return rows.map((row): PinEntry => {
      const endedAt = show.endedAt === null ? row.endedAt : Math.max(row.startedAt, Math.min(row.endedAt ?? show.endedAt, show.endedAt));
      const [shown] = recording ? shownIn(recording, [row]) : [];
      return {
        productId: row.productId,
        name: products.get(row.productId)?.name ?? '',
        rank: row.rank,
        startedAt: row.startedAt,
        endedAt,
        startMs: shown?.startMs ?? null,
        endMs: shown?.endMs ?? null,
      };
    });
  }

  async moments(order: Order, show: Show): Promise<OrderMoments> {
    const recording = await this.#deps.replays.find(show.id);
    const none = { orderId: order.id, showId: show.id, moments: [], keptUntil: null };
    if (!recording) return { ...none, reason: (await this.#deps.deleted.has(show.id)) ? 'deleted' : 'not-recorded' };

    const shown = shownIn(recording, await this.#deps.shelf.pinLog(show.id));
    const addresses = await addressesOf(show, this.#deps.passes);
    const moments: OrderMoment[] = [];
    for (const [productId, name] of new Map(order.lines.map((line) => [line.productId, line.name]))) {
      const moment = momentOf(productId, order.placedAt, shown, recording);
      if (!moment) continue;
      const { fromMs, toMs } = moment;
      const url = new URL(watchUrl(show, this.#deps.publicUrl()));
      url.searchParams.set(MOMENT_PARAMETER, String(Math.floor(fromMs / 1000)));
      moments.push({ productId, name, ...moment, url: url.href, thumbnailUrl: addresses.thumbnail(fromMs), clipUrl: addresses.clip(fromMs, toMs) });
    }
    if (moments.length === 0) return { ...none, reason: 'not-shown' };
    const isOver = (await this.stateOf(show)) === 'ready';
    return { ...none, moments, reason: null, keptUntil: isOver ? await this.#deps.rules.keptUntil(show.sellerId, recording) : null };
  }

  async #products(ids: readonly string[]): Promise<Map<string, Product>> {
    const products = await this.#deps.catalogue.products([...new Set(ids)]);
    return new Map(products.map((product) => [product.id, product]));
  }
}

/** The stretches, cut into parts short enough that one offset holds for each. */
function clockOf(recording: Recording): ReplayStretch[] {
  return recording.stretches.flatMap(({ startMs, durationMs }) => {
    const parts: ReplayStretch[] = [];
    const endMs = startMs + durationMs;
    for (let partMs = startMs; partMs < endMs; partMs += CLOCK_PART_MS) {
      parts.push({ startMs: Math.round(partMs), endMs: Math.round(Math.min(endMs, partMs + CLOCK_PART_MS)), at: Math.round(recording.toServerMs(partMs)) });
    }
    return parts;
  });
}
