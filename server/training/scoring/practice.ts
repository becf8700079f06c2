// Owns the figures of one show for its trainer, and those of the host's other shows beside it.
import type { Audience } from '../../audience/index.ts';
import type { Live } from '../../live/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { minorUnitExponent } from '../../protocol/money-format.ts';
import type { PracticeFigures, PracticeReport } from '../../protocol/scoring.ts';
import type { Show } from '../../protocol/show.ts';
import { mainPins } from '../cues/past-shows.ts';
import { practiceFigures } from './figures.ts';
import type { Readings } from './readings.ts';
import { replayMsOf, type Sheets } from './sheets.ts';

/** The host's last rehearsals and first real shows. */
const REHEARSALS_BESIDE = 3;
const SHOWS_BESIDE = 3;
const LOOKED_AT = 200;

export interface PracticeDeps {
  clock: Clock;
  live: Pick<Live, 'goods' | 'shows' | 'replayTimes'>;
  audience: Pick<Audience, 'record'>;
  readings: Readings;
  sheets: Sheets;
}

export class Practice {
  readonly #deps: PracticeDeps;

  constructor(deps: PracticeDeps) {
    this.#deps = deps;
  }

  async report(show: Show): Promise<PracticeReport> {
    const beside = await this.#beside(show);
    const scores = await this.#deps.sheets.scores(beside.map(({ id }) => id));
    return {
      figures: await this.#figures(show),
      beside: await Promise.all(
        beside.map(async (other) => ({ showId: other.id, title: other.title, kind: other.kind, startedAt: other.startedAt ?? 0, mean: scores.get(other.id)?.mean ?? null, figures: await this.#figures(other) })),
      ),
    };
  }

  async #beside(show: Show): Promise<Show[]> {
    const others = (await this.#deps.live.shows.list({ hostId: show.hostId, limit: LOOKED_AT })).filter(({ id, startedAt }) => id !== show.id && startedAt !== null).sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
    const before = others.filter(({ kind, startedAt }) => kind === 'rehearsal' && (startedAt ?? 0) < (show.startedAt ?? Infinity));
    const real = others.filter(({ kind }) => kind === 'live');
    return [...before.slice(-REHEARSALS_BESIDE), ...real.slice(0, SHOWS_BESIDE)].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  }

  async #figures(show: Show): Promise<PracticeFigures> {
    const { clock, live, audience, readings } = this.#deps;
    const startedAt = show.startedAt ?? clock.now();
    const endedAt = show.endedAt ?? clock.now();
    const [measured, pins, shelf, said, questions, times] = await Promise.all([
      readings.of(show.id),
      live.goods.pinLog(show.id),
      live.goods.of(show.id),
      audience.record.spoken(show.id),
      audience.record.questions(show.id),
      live.replayTimes.of(show.id),
    ]);
    const exponent = minorUnitExponent(show.currency);
    return practiceFigures({
      ...measured,
      startedAt,
      endedAt,
      pins: mainPins(pins, { startedAt, endedAt }),
      names: new Map(shelf.map(({ id, name }) => [id, name])),
      pricesOf: (productId) => (shelf.find(({ id }) => id === productId)?.variants ?? []).map(({ priceMinor, unit }) => ({ priceMinor, exponent, unit })),
      said,
      questions,
      toReplayMs: (at) => replayMsOf(at, times),
    });
  }
}
