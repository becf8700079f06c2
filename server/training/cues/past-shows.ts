// Owns the shows of one's own that a script can be made of: which there are, how they went, and what was said in them.
import type { ScriptDraft, ScriptSource } from '../../protocol/scripts.ts';
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import type { Show } from '../../protocol/show.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Audience } from '../../audience/index.ts';
import type { Live, PinRow } from '../../live/index.ts';
import type { Shop } from '../../shop/index.ts';
import { originalsOf } from '../originals.ts';
import { cardDraft } from './card-draft.ts';
import type { Cards } from './cards.ts';
import { type MainPin, scriptFromShow } from './script-draft.ts';
import type { Scripts } from './scripts.ts';

const LOOKED_AT = 60;
const LISTED = 20;
/** Shorter than this it was a try of the camera. */
const SHORTEST_MS = 60_000;

export interface PastShowsDeps {
  shows: Pick<Live['shows'], 'list' | 'require'>;
  goods: Pick<Live['goods'], 'of' | 'pinLog'>;
  sales: Pick<Shop['sales'], 'ofShow'>;
  practice: Shop['practice'];
  audience: Pick<Audience, 'record'>;
  cards: Cards;
  scripts: Scripts;
}

type Past = Show & { startedAt: number; endedAt: number };

export class PastShows {
  readonly #deps: PastShowsDeps;

  constructor(deps: PastShowsDeps) {
    this.#deps = deps;
  }

  /** Those with the most orders an hour first. @param maySee of whom this is asked */
  async list(show: Show, maySee: (past: Show) => Promise<boolean>): Promise<ScriptSource[]> {
    const { shows, goods, sales } = this.#deps;
    const sources: ScriptSource[] = [];
    for (const past of await shows.list({ hostId: show.hostId, status: 'ended', limit: LOOKED_AT })) {
      if (past.id === show.id || !isPast(past) || !(await maySee(past))) continue;
      const [pins, orders] = await Promise.all([goods.pinLog(past.id), sales.ofShow(past.id)]);
      const meanwhile = orders.filter(({ placedAt }) => placedAt !== null && placedAt >= past.startedAt && placedAt <= past.endedAt);
      sources.push({
        showId: past.id,
        title: past.title,
        startedAt: past.startedAt,
        seconds: Math.round((past.endedAt - past.startedAt) / 1000),
        products: new Set(mainPins(pins, past).map(({ productId }) => productId)).size,
        orders: meanwhile.length,
      });
    }
    const perHour = ({ orders, seconds }: ScriptSource): number => orders / seconds;
    return sources.sort((a, b) => perHour(b) - perHour(a) || b.startedAt - a.startedAt).slice(0, LISTED);
  }

  /** @throws FieldcastError `not-found` for a show of another host, or one that is not over. */
  async draft(show: Show, fromShowId: string, lang: ScriptLang, maySee: (past: Show) => Promise<boolean>): Promise<ScriptDraft> {
    const { shows, goods, audience, practice, cards, scripts } = this.#deps;
    const past = await shows.require(fromShowId);
    if (past.hostId !== show.hostId || !isPast(past) || !(await maySee(past))) throw new FieldcastError('not-found', 'No show of this host that is over.');
    const [pins, said, shelf, from, usedId] = await Promise.all([goods.pinLog(past.id), audience.record.spoken(past.id), goods.of(past.id), originalsOf(past, practice), scripts.usedBy(past.id)]);
    const used = usedId === null ? [] : (await scripts.read(from.sellerId, usedId)).steps;
    const written = await cards.of(shelf.map(({ id }) => from.originalOf(id)));
    const draft = scriptFromShow(
      { title: past.title, startedAt: past.startedAt, endedAt: past.endedAt, pins: mainPins(pins, past), said },
      (productId) => {
        const original = from.originalOf(productId);
        const planned = used.filter((step) => step.productId === original).flatMap(({ lines }) => lines);
        if (planned.length > 0) return planned.slice(0, 8);
        const product = shelf.find(({ id }) => id === productId);
        return written.get(original)?.lines ?? (product ? cardDraft(product, lang).lines : []);
      },
      lang,
    );
    return { ...draft, steps: draft.steps.map((step) => ({ ...step, productId: step.productId && from.originalOf(step.productId) })) };
  }
}

function isPast(show: Show): show is Past {
  return show.status === 'ended' && show.startedAt !== null && show.endedAt !== null && show.endedAt - show.startedAt >= SHORTEST_MS;
}

/** Times of the main pin within a show, in the order of time. */
export function mainPins(pins: readonly PinRow[], { startedAt, endedAt }: { startedAt: number; endedAt: number }): MainPin[] {
  return pins
    .filter(({ rank }) => rank === 0)
    .map((pin) => ({ productId: pin.productId, startedAt: Math.max(pin.startedAt, startedAt), endedAt: Math.min(pin.endedAt ?? endedAt, endedAt) }))
    .filter((pin) => pin.endedAt > pin.startedAt);
}
