// How a seller says how they are paid, and what a show offers of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, refusal, type TestShop } from '../open-shop.ts';

let test: TestShop;
beforeEach(async () => {
  test = await openShop();
  await test.database.write<any, void>(async (transaction) => {
    await transaction.insertInto('pictures').values({ id: 'pic_code', width: 600, height: 800, created_at: 1 }).execute();
  });
});
afterEach(async () => {
  await test.shop.desk.close();
  await test.shop.money.close();
  await test.close();
});

const change = (patch: Parameters<typeof test.shop.cash.ways.change>[1]) => test.shop.cash.ways.change(test.sellerId, patch);
const offered = async () => (await test.shop.ways.of(test.sellerId)).map(({ method }) => method);

describe('the ways to be paid', () => {
  it('begin with cash on delivery, and gain transfer with a receive code', async () => {
    expect(await test.shop.cash.ways.read(test.sellerId)).toEqual({
      sellerId: test.sellerId,
      cod: true,
      transfer: { isOn: false, qrPictureId: null, payeeName: '', holdMinutes: 120 },
      stripe: null,
      limits: { unpaidPerBuyer: null, unpaidPerAddress: null },
      stock: { policy: 'order' },
    });
    expect(await offered()).toEqual(['cod']);
    const told: string[] = [];
    test.bus.on('ways.changed', ({ sellerId }) => void told.push(sellerId));
    const changed = await change({ transfer: { qrPictureId: 'pic_code', payeeName: '张建国' } });
    expect(changed.transfer).toEqual({ isOn: true, qrPictureId: 'pic_code', payeeName: '张建国', holdMinutes: 120 });
    expect(await offered()).toEqual(['cod', 'transfer']);
    expect(told).toEqual([test.sellerId]);
  });

  it('change only in what is given', async () => {
    await change({ transfer: { qrPictureId: 'pic_code', payeeName: '张建国', holdMinutes: 30 }, limits: { unpaidPerBuyer: 2 } });
    await change({ cod: false });
    expect(await change({ transfer: { payeeName: '' } })).toMatchObject({ cod: false, transfer: { isOn: true, payeeName: '', holdMinutes: 30 }, limits: { unpaidPerBuyer: 2, unpaidPerAddress: null } });
  });

  it('never come down to none', async () => {
    expect(await refusal(change({ cod: false }))).toEqual({ code: 'payment.last-way' });
    await change({ cod: false, transfer: { qrPictureId: 'pic_code' } });
    expect(await refusal(change({ transfer: { isOn: false } }))).toEqual({ code: 'payment.last-way' });
    expect(await refusal(change({ transfer: { qrPictureId: null } }))).toEqual({ code: 'payment.last-way' });
    expect(await offered()).toEqual(['transfer']);
  });

  it('have no transfer without a picture, none that is not there, and nothing of a seller who is not there', async () => {
    expect((await refusal(change({ transfer: { isOn: true } }))).code).toBe('input.invalid');
    expect(await refusal(change({ transfer: { qrPictureId: 'pic_none' } }))).toEqual({ code: 'not-found', params: { pictureId: 'pic_none' } });
    expect((await refusal(test.shop.cash.ways.change('sel_none', { cod: true }))).code).toBe('not-found');
    expect(await offered()).toEqual(['cod']);
  });
});
