// A pin that a coach shows and gives back, and the host whose hand goes before it.
import { expect, test } from 'vitest';
import { FieldcastError } from '../../../../server/platform/errors.ts';
import type { Demo } from '../../../../server/protocol/coach-desk.ts';
import { Demos } from '../../../../server/training/console/demos.ts';

const LI = { identity: 'per-li', name: 'Li' };
const ZHAO = { identity: 'per-zhao', name: 'Zhao' };

function open(pinned: string[], shelf = ['apples', 'pears', 'honey']) {
  let pins = pinned;
  const told: (Demo | null)[] = [];
  const demos = new Demos({
    pins: {
      of: async () => pins,
      async set(_showId, ids) {
        if (ids.some((id) => !shelf.includes(id))) throw new FieldcastError('shelf.not-on-shelf', 'not there');
        pins = [...ids];
        // As the bus tells it: nobody waits for who listens.
        void demos.pinsChanged('show-1');
      },
      async restore(_showId, ids) {
        pins = ids.filter((id) => shelf.includes(id));
        void demos.pinsChanged('show-1');
      },
    },
    changed: (_showId, demo) => told.push(demo),
  });
  return { demos, told, pins: () => pins, pinByHost: async (ids: string[]) => { pins = ids; await demos.pinsChanged('show-1'); } };
}

test('what was pinned before is pinned again when it is given back', async () => {
  const { demos, pins, told } = open(['apples', 'pears']);
  await demos.show('show-1', LI, 'honey');
  expect(pins()).toEqual(['honey']);
  await demos.show('show-1', LI, 'pears');
  await demos.giveBack('show-1');
  expect(pins()).toEqual(['apples', 'pears']);
  expect(told).toEqual([{ by: 'Li', productId: 'honey' }, { by: 'Li', productId: 'pears' }, null]);
});

test('the pins that the host sets meanwhile stay', async () => {
  const { demos, pins, told, pinByHost } = open(['apples']);
  await demos.show('show-1', LI, 'honey');
  await pinByHost(['pears']);
  await demos.giveBack('show-1');
  expect(pins()).toEqual(['pears']);
  expect(told).toEqual([{ by: 'Li', productId: 'honey' }, null]);
});

test('a coach who goes gives back; one who showed nothing changes nothing', async () => {
  const { demos, pins } = open(['apples']);
  await demos.show('show-1', LI, 'honey');
  await demos.left('show-1', ZHAO.identity);
  expect(pins()).toEqual(['honey']);
  await demos.left('show-1', LI.identity);
  expect(pins()).toEqual(['apples']);
});

test('one coach at a time', async () => {
  const { demos } = open(['apples']);
  await demos.show('show-1', LI, 'honey');
  const refusal = await demos.show('show-1', ZHAO, 'pears').catch((error: FieldcastError) => error.toProblem());
  expect(refusal).toMatchObject({ code: 'coach.demo-taken', params: { name: 'Li' } });
});

test('a product that is not on the shelf is refused and leaves everything as it was', async () => {
  const { demos, pins } = open(['apples']);
  await expect(demos.show('show-1', LI, 'melons')).rejects.toMatchObject({ code: 'shelf.not-on-shelf' });
  expect([pins(), demos.of('show-1')]).toEqual([['apples'], null]);
});
