// Owns the HTTP routes of cue cards and scripts.
import * as endpoints from '../../protocol/endpoints.ts';
import type { CueCard } from '../../protocol/cue-cards.ts';
import type { Script, ScriptStep } from '../../protocol/scripts.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Live } from '../../live/index.ts';
import type { Shop } from '../../shop/index.ts';
import { type Originals, originalsOf } from '../originals.ts';
import type { Prompting } from '../prompting.ts';
import { cardDraft } from './card-draft.ts';
import type { Cards } from './cards.ts';
import type { PastShows } from './past-shows.ts';
import { scriptFromTemplate } from './script-draft.ts';
import type { Scripts } from './scripts.ts';

export interface CueRoutesDeps {
  prompting: Prompting;
  goods: Pick<Live['goods'], 'of'>;
  practice: Shop['practice'];
  cards: Cards;
  scripts: Scripts;
  past: PastShows;
  /** Whether the host's page is to measure in this show. */
  isMeasured: (show: Show) => Promise<boolean>;
  /** Whether this caller may look into another show of the same host. */
  maySee: (caller: Caller, show: Show) => Promise<boolean>;
  changed: (showId: string) => void;
}

export function cueRoutes({ prompting, goods, practice, cards, scripts, past, isMeasured, maySee, changed }: CueRoutesDeps): Route[] {
  const by = ({ claims }: Caller): string => claims.name ?? '';
  const toShow = (steps: readonly ScriptStep[], { shownAs }: Originals): ScriptStep[] => steps.map((step) => ({ ...step, productId: step.productId && shownAs(step.productId) }));
  const fromShow = (steps: readonly ScriptStep[], { originalOf }: Originals): ScriptStep[] => steps.map((step) => ({ ...step, productId: step.productId && originalOf(step.productId) }));

  async function enter(caller: Caller, showId: string): Promise<{ show: Show; originals: Originals }> {
    const show = await prompting(caller, showId);
    return { show, originals: await originalsOf(show, practice) };
  }

  async function read(originals: Originals, scriptId: string, version?: number): Promise<Script> {
    const found = await scripts.read(originals.sellerId, scriptId, version);
    return { ...found, steps: toShow(found.steps, originals) };
  }

  return [
    route(endpoints.listCueCards, async ({ params, query, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      const shelf = await goods.of(show.id);
      const written = await cards.of(shelf.map(({ id }) => originals.originalOf(id)));
      return {
        cards: shelf.map((product): CueCard => {
          const card = written.get(originals.originalOf(product.id));
          return card ? { productId: product.id, isDraft: false, ...card } : { productId: product.id, isDraft: true, ...cardDraft(product, query.lang), changedAt: null, changedBy: '' };
        }),
        isMeasured: await isMeasured(show),
      };
    }),

    route(endpoints.writeCueCard, async ({ params, body, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      if (!(await goods.of(show.id)).some(({ id }) => id === params.productId)) throw new FieldcastError('shelf.not-on-shelf', 'Only products on the shelf have cards.');
      const card = await cards.write(originals.originalOf(params.productId), body, by(caller));
      changed(show.id);
      return { productId: params.productId, isDraft: false, ...card };
    }),

    route(endpoints.deleteCueCard, async ({ params, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      if (!(await goods.of(show.id)).some(({ id }) => id === params.productId)) throw new FieldcastError('shelf.not-on-shelf', 'Only products on the shelf have cards.');
      await cards.remove(originals.originalOf(params.productId));
      changed(show.id);
      return undefined;
    }),

    route(endpoints.listScripts, async ({ params, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      const [list, usedId, sources] = await Promise.all([scripts.list(originals.sellerId), scripts.usedBy(show.id), past.list(show, (other) => maySee(caller, other))]);
      return { scripts: list, usedId, sources };
    }),

    route(endpoints.draftScript, async ({ params, query, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      if (query.fromShowId === undefined) return scriptFromTemplate({ shelf: await goods.of(show.id), kind: query.kind, lang: query.lang });
      const draft = await past.draft(show, query.fromShowId, query.lang, (other) => maySee(caller, other));
      return { ...draft, steps: toShow(draft.steps, originals) };
    }),

    route(endpoints.createScript, async ({ params, body, caller, once }) => {
      const { show, originals } = await enter(caller, params.showId);
      const id = await scripts.create(originals.sellerId, show.id, { ...body, steps: fromShow(body.steps, originals) }, by(caller), once);
      changed(show.id);
      return read(originals, id);
    }),

    route(endpoints.readScript, async ({ params, query, caller }) => {
      const { originals } = await enter(caller, params.showId);
      return read(originals, params.scriptId, query.version);
    }),

    route(endpoints.changeScript, async ({ params, body, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      await scripts.change(originals.sellerId, params.scriptId, { ...body, steps: fromShow(body.steps, originals) }, by(caller));
      changed(show.id);
      return read(originals, params.scriptId);
    }),

    route(endpoints.deleteScript, async ({ params, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      await scripts.remove(originals.sellerId, params.scriptId);
      changed(show.id);
      return undefined;
    }),

    route(endpoints.useScript, async ({ params, body, caller }) => {
      const { show, originals } = await enter(caller, params.showId);
      await scripts.use(originals.sellerId, show.id, body.scriptId);
      changed(show.id);
      return { scriptId: body.scriptId };
    }),
  ];
}
