// Which area an address is in, as buyers write addresses.
import { describe, expect, it } from 'vitest';
import type { DeliveryArea } from '../../../server/protocol/delivery.ts';
import { areaOf } from '../../../server/protocol/delivery-area.ts';

const named = (name: string, ...words: string[]): DeliveryArea => ({ name, words, fee: { by: 'order', feeMinor: 0 }, freeFromMinor: null, minimumMinor: 0 });
const areas = [named('county', '洛川县', 'Luochuan'), named('province', '陕西省'), named('north', '北京市', '内蒙古自治区', '新疆维吾尔自治区'), named('york', 'York'), named('else')];

describe('the area of an address', () => {
  it.each([
    ['陕西省延安市洛川县凤栖街道 1 号', 'county'],
    ['陕西延安宝塔区', 'province'],
    ['陕 西 省 西安市', 'province'],
    ['北京朝阳区建国路 88 号', 'north'],
    ['内蒙古呼和浩特', 'north'],
    ['新疆乌鲁木齐市', 'north'],
    ['南京市鼓楼区北京路 5 号', 'else'],
    ['上海市黄浦区北京东路 5 号', 'else'],
    ['12 High Street, york', 'york'],
    ['12 Yorkshire Lane, Leeds', 'else'],
    ['９ ＬＵＯＣＨＵＡＮ road', 'county'],
    ['', 'else'],
  ])('%s is %s', (address, name) => expect(areaOf(areas, address)?.name).toBe(name));

  it('is none where nothing is for everywhere else', () => {
    expect(areaOf(areas.slice(0, -1), '广州市天河区')).toBeUndefined();
  });

  it('is the first that fits, as the seller ordered them', () => {
    expect(areaOf(areas.slice(1), '陕西省延安市洛川县')?.name).toBe('province');
  });
});
