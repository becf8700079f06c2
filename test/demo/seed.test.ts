// What the seed puts on an empty server, over real HTTP with the pictures really drawn; and that it leaves a server with goods alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../../demo/seed.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import { startApp, type TestApp } from '../support/start-app.ts';

/** Sixteen pictures are drawn and encoded in three widths each: seconds of work for two cores, more when others work too. */
const DRAWING_LIMIT_MS = 240_000;

describe('the seed of the demo', () => {
  let test: TestApp;
  let first: Awaited<ReturnType<typeof seed>>;
  const progress: [number, number][] = [];

  beforeAll(async () => {
    test = await startApp();
    first = await seed({ url: test.url, operatorToken: test.operatorToken, pictureScale: 0.5, onProgress: (done, of) => progress.push([done, of]) });
  }, DRAWING_LIMIT_MS);
  afterAll(() => test?.close());

  const contents = async () => {
    const token = test.operatorToken;
    const { sellers } = (await test.call('GET', '/api/v1/sellers', { token })).body;
    const { shows } = (await test.call('GET', '/api/v1/shows', { token })).body;
    const { hosts } = (await test.call('GET', '/api/v1/hosts', { token })).body;
    const { products } = (await test.call('GET', `/api/v1/products?sellerId=${sellers[0].id}`, { token })).body;
    return { sellers, shows, hosts, products };
  };
  const snapshot = async (showId: string): Promise<ShowSnapshot> => (await test.call('GET', `/api/v1/shows/${showId}`)).body as ShowSnapshot;

  it('leads with a show that is ready to go live, with a full shelf and three pins', async () => {
    expect(first.isNew).toBe(true);
    const { show, shelf, pins } = await snapshot(first.showId!);
    expect(show).toMatchObject({ status: 'planned', plannedAt: null, hostName: '张大叔 Uncle Zhang' });
    expect(shelf).toHaveLength(14);
    expect(pins).toHaveLength(3);
    expect(shelf.map((product) => product.id)).toEqual(expect.arrayContaining(pins));
  });

  it('sells by weight, box, bag, jar and bottle, with one product nearly gone and one sold out', async () => {
    const { shelf } = await snapshot(first.showId!);
    const units = new Set(shelf.flatMap((product) => product.variants.map((variant) => variant.unit)));
    expect([...units].sort()).toEqual(['bag', 'bottle', 'box', 'jar', 'jin', 'kg']);
    const stocks = shelf.map((product: Product) => product.variants.reduce((sum, variant) => sum + variant.stock, 0));
    expect(stocks.filter((stock) => stock === 0)).toHaveLength(1);
    expect(stocks.filter((stock) => stock > 0 && stock <= 5)).toHaveLength(1);
  });

  it('gives every product and every show a picture of its own', async () => {
    const { products, shows } = await contents();
    const ids = [...products.map((product: Product) => product.pictures[0]), ...shows.map((show: { posterPictureId: string }) => show.posterPictureId)];
    expect(new Set(ids).size).toBe(16);
    for (const id of ids) {
      const response = await fetch(`${test.url}/api/v1/pictures/${id}/480`);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
    }
  });

  it('plans a second show for tomorrow evening with another host', async () => {
    const { shows, hosts } = await contents();
    const tomorrow = shows.find((show: { id: string }) => show.id !== first.showId);
    expect(new Date(tomorrow.plannedAt).getHours()).toBe(20);
    expect(tomorrow.plannedAt).toBeGreaterThan(Date.now());
    expect(hosts).toHaveLength(2);
  });

  it('hands out a link that signs the host of that show in, once', async () => {
    const code = new URL(first.farmerLink!).hash.replace('#code=', '');
    const opened = await test.call('POST', '/api/v1/sessions', { body: { code } });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ role: 'host', showId: first.showId });
    expect((await test.call('POST', '/api/v1/sessions', { body: { code } })).body.code).toBe('auth.link-used');
  });

  it('counts its progress up to the end', () => {
    expect(progress.map(([done]) => done)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(new Set(progress.map(([, of]) => of))).toEqual(new Set([16]));
  });

  it('adds nothing the second time, and still answers a fresh link', async () => {
    const before = await contents();
    const second = await seed({ url: test.url, operatorToken: test.operatorToken });
    expect(await contents()).toEqual(before);
    expect(second).toMatchObject({ isNew: false, showId: first.showId });
    expect(second.farmerLink).not.toBe(first.farmerLink);
  });
});

describe('the seed on a server that has goods already', () => {
  it('leaves a shop of somebody else alone', async () => {
    const test = await startApp();
    try {
      const token = test.operatorToken;
      await test.call('POST', '/api/v1/sellers', { token, body: { name: 'Another shop', currency: 'EUR' } });
      const seeded = await seed({ url: test.url, operatorToken: token });
      expect(seeded).toEqual({ isNew: false, showId: null, farmerLink: null });
      expect((await test.call('GET', '/api/v1/sellers', { token })).body.sellers).toHaveLength(1);
    } finally {
      await test.close();
    }
  });
});
