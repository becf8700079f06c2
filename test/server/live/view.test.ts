// What of a show is read again when something in it changes, and what is not.
import { describe, expect, it } from 'vitest';
import { ShowViews } from '../../../server/live/view.ts';

function openViews() {
  let ids = ['prd_apple', 'prd_pear'];
  let reads = 0;
  const deps = {
    shows: { require: async (id: string) => ({ id, sellerId: 'sel_1', status: 'live' }) },
    shelf: { productIds: async () => ids, pins: async () => [] },
    catalogue: {
      async products(asked: readonly string[]) {
        reads += 1;
        return asked.map((id) => ({ id }));
      },
    },
    ways: { of: async () => [] },
    replays: { stateOf: async () => 'none' },
  };
  const views = new ShowViews(deps as unknown as ConstructorParameters<typeof ShowViews>[0]);
  return { views, reads: () => reads, shelve: (next: string[]) => void (ids = next) };
}

describe('what may be bought in a show', () => {
  it('is read once for all orders, each of which makes what is left another', async () => {
    const { views, reads } = openViews();
    for (let order = 0; order < 50; order += 1) {
      expect([...(await views.productIds('shw_1'))]).toEqual(['prd_apple', 'prd_pear']);
      views.forgetStock('shw_1');
    }
    expect(reads()).toBe(1);
  });

  it('is read again when the shelf has changed, also while it is being read', async () => {
    const { views, shelve } = openViews();
    const before = views.productIds('shw_1');
    shelve(['prd_pear']);
    views.forgetGoods('shw_1');
    await before;
    expect([...(await views.productIds('shw_1'))]).toEqual(['prd_pear']);
    shelve([]);
    views.forget('shw_1');
    expect([...(await views.productIds('shw_1'))]).toEqual([]);
  });

  it('is nothing while the show is withheld', async () => {
    const { views } = openViews();
    await views.productIds('shw_1');
    const giveBack = views.withhold('shw_1');
    await expect(views.productIds('shw_1')).rejects.toMatchObject({ code: 'not-found' });
    giveBack();
    expect((await views.productIds('shw_1')).size).toBe(2);
  });
});
