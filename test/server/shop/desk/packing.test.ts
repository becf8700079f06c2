// What is put together for which place, and what comes out of the printer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import { packingList } from '../../../../server/shop/desk/packing.ts';
import { escape } from '../../../../server/platform/http/paper-page.ts';
import { paper, type PaperInput } from '../../../../server/shop/desk/papers/papers.ts';
import { refusal } from '../open-shop.ts';
import { type DeskStand, openDesk } from './desk-stand.ts';

let test: DeskStand;
const points = [
  { name: '杨家岭快递点', areas: ['延安', 'Yan’an'] },
  { name: '西湖菜鸟驿站', areas: ['西湖区'] },
];

beforeEach(async () => {
  test = await openDesk();
});
afterEach(() => test.close());

describe('the packing list', () => {
  it('adds up the goods for each point in the order of the points, then for each area', async () => {
    const orders = [
      await test.order({ address: '浙江省杭州市西湖区文三路 1 号' }, { quantity: 2 }),
      await test.order({ address: '四川省成都市武侯区人民南路 4 号' }),
      await test.order({ address: '12 Orchard Road, Yan’an' }),
      await test.order({ address: '杭州市西湖区龙井路 9 号' }, { quantity: 3 }),
    ];
    const places = packingList(orders, points);
    expect(places.map(({ place, isPoint, orders: parcels }) => [place, isPoint, parcels.map(({ number }) => number)])).toEqual([
      ['杨家岭快递点', true, [3]],
      ['西湖菜鸟驿站', true, [1, 4]],
      ['四川省成都市武侯区', false, [2]],
    ]);
    expect(places[1]!.goods).toEqual([{ name: 'Fuji apples', label: 'grade 1', unit: 'kg', quantity: 5 }]);
  });
});

describe('the record of a seller', () => {
  it('changes what is given and keeps the rest', async () => {
    const { records } = test.shop.desk;
    expect(await records.find(test.sellerId)).toMatchObject({ name: 'Green Hill', legalName: '', points: [] });
    await records.change(test.sellerId, { legalName: 'Green Hill Farmers’ Cooperative', taxNumber: '91330106MA2' });
    await records.change(test.sellerId, { points });
    expect(await records.find(test.sellerId)).toMatchObject({ legalName: 'Green Hill Farmers’ Cooperative', taxNumber: '91330106MA2', points });
    expect((await refusal(records.change('sel_none', { phone: '1' }))).code).toBe('not-found');
  });
});

describe('a page to print', () => {
  const print = async (kind: PaperInput['kind'], orders: Order[], lang: 'en' | 'zh-CN' = 'en') => {
    const record = { ...(await test.shop.desk.records.find(test.sellerId)), legalName: '青山 <合作社>', taxNumber: '91330106MA2', address: '1 Hill Road', phone: '0571-1', points };
    return paper({ kind, lang, orders, record: () => record, orderUrl: (id) => `https://live.example.org/o#${id}` });
  };

  it('has one label for each parcel: who, where by which point, what to collect, and a code that leads to the order', async () => {
    const order = await test.order({ name: '王芳', address: '杭州市西湖区 1 号' }, { quantity: 2 });
    const { html } = await print('labels', [order, order], 'zh-CN');
    expect(html.match(/class="sheet"/g)).toHaveLength(2);
    for (const text of ['1 号单', '王芳', '13812341234', '杭州市西湖区 1 号', '物流点：西湖菜鸟驿站', 'Fuji apples grade 1 × 2 公斤', '货到收款', '¥25.00', '<svg']) expect(html).toContain(text);
  });

  it('asks no courier to collect what is paid', async () => {
    const order = await test.order();
    const { html } = await print('labels', [{ ...order, payment: 'transfer', money: { ...order.money, state: 'paid' } }]);
    expect(html).toContain('Paid, collect nothing');
    expect(html).not.toContain('12.50');
  });

  it('has receipts in the name of who sells by law, with every sum', async () => {
    const order = await test.order({}, { quantity: 3 });
    const { html } = await print('receipts', [{ ...order, deliveryMinor: 500, totalMinor: 4250 }]);
    for (const text of ['青山 &lt;合作社&gt;', 'Tax number: 91330106MA2', '¥12.50', '¥37.50', 'Delivery', '¥5.00', '¥42.50', 'Cash on delivery: to be paid', 'no tax invoice']) expect(html).toContain(text);
  });

  it('has receipts whose sums come out where a transfer was some cents less', async () => {
    const order = await test.order({}, { quantity: 2 });
    const { html } = await print('receipts', [{ ...order, payment: 'transfer', money: { ...order.money, state: 'paid', dueMinor: 2498, paidMinor: 2498 } }]);
    expect(html).toMatch(/¥25\.00[\s\S]*Less, to tell the transfer apart[\s\S]*-¥0\.02/);
  });

  it('lets nothing that a buyer wrote be markup, and nothing be loaded', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    const order = await test.order({ name: evil, address: `${evil} 1` });
    for (const kind of ['labels', 'packing', 'receipts'] as const) {
      const { html, policy } = await print(kind, [{ ...order, note: evil, tracking: { courier: evil, number: 'SF1' } }]);
      expect(html).not.toContain('<img');
      expect(html).toContain(escape(evil));
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+';/);
    }
  });
});
