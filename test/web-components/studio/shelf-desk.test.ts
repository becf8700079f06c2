// What the seller's taps on the shelf send, and how each is taken back, with the server's answers played by the test.
import { describe, expect, it, vi } from 'vitest';
import type { EndpointSpec } from '../../../server/protocol/endpoint.ts';
import type { Variant } from '../../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import type { Outcome } from '../../../web-components/show/outcome.ts';
import { pinsWith, ShelfDesk } from '../../../web-components/studio/shelf-desk.ts';

interface Sent {
  endpoint: EndpointSpec;
  parts: { body?: unknown; idempotencyKey?: string };
}

function deskWith(answers: Outcome<unknown>[] = []) {
  const sent: Sent[] = [];
  const call = async (endpoint: EndpointSpec, parts: Sent['parts']): Promise<Outcome<unknown>> => {
    sent.push({ endpoint, parts });
    return answers.shift() ?? { ok: true, value: {} };
  };
  const snapshot = { shelf: [{ id: 'a' }, { id: 'b' }], pins: ['a'] } as unknown as ShowSnapshot;
  return { sent, desk: new ShelfDesk({ call: call as never, showId: 'show', snapshot: () => snapshot }) };
}

const variant: Variant = { id: 'v', label: '', unit: 'kg', priceMinor: 1000, stock: 12 };

describe('pinning', () => {
  it('makes the product the main one and keeps three at most', () => {
    expect(pinsWith(['a', 'b', 'c'], 'd')).toEqual(['d', 'a', 'b']);
    expect(pinsWith(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
  });
  it('is taken back to the pins of before', async () => {
    const { desk, sent } = deskWith();
    const { undo } = await desk.pin('b');
    await undo();
    expect(sent.map(({ parts }) => parts.body)).toEqual([{ productIds: ['b', 'a'] }, { productIds: ['a'] }]);
  });
});

describe('stock', () => {
  it('is taken back by the difference, so that what was sold meanwhile stays sold', async () => {
    const { desk, sent } = deskWith();
    const { undo } = await desk.setStock(variant, 0);
    await undo();
    expect(sent.map(({ parts }) => parts.body)).toEqual([{ stock: 0 }, { stockDelta: 12 }]);
  });
});

describe('a bad link', () => {
  it('sends the same change again with the same key', async () => {
    vi.useFakeTimers();
    const { desk, sent } = deskWith([{ ok: false, error: { code: 'network.timeout', status: 0, detail: '' } }]);
    const doing = desk.setPrice(variant, 1280);
    await vi.runAllTimersAsync();
    expect((await doing).outcome.ok).toBe(true);
    vi.useRealTimers();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.parts.idempotencyKey).toBe(sent[1]?.parts.idempotencyKey);
  });
  it('does not repeat what the server has refused', async () => {
    const { desk, sent } = deskWith([{ ok: false, error: { code: 'auth.forbidden', status: 403, detail: '' } }]);
    expect((await desk.setPrice(variant, 1280)).outcome.ok).toBe(false);
    expect(sent).toHaveLength(1);
  });
});
