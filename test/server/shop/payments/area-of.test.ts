// How far an address is read: to the county, never to the street.
import { describe, expect, it } from 'vitest';
import { areaOf } from '../../../../server/shop/payments/area-of.ts';

describe('the area of an address', () => {
  it.each([
    ['浙江省杭州市西湖区文三路 1 号', '浙江省杭州市西湖区'],
    ['浙江省 杭州市 西湖区 文三路 1 号', '浙江省杭州市西湖区'],
    ['北京市朝阳区建国路 88 号', '北京市朝阳区'],
    ['陕西省延安市洛川县凤栖镇', '陕西省延安市洛川县'],
    ['内蒙古自治区锡林郭勒盟多伦县多伦诺尔镇', '内蒙古自治区锡林郭勒盟多伦县'],
    ['中国云南省大理白族自治州大理市下关镇', '云南省大理白族自治州大理市'],
    ['杭州市西湖区幸福小区 3 栋', '杭州市西湖区'],
    ['幸福小区 3 栋', ''],
    ['3 栋 201', ''],
    ['12 Orchard Road, Yan’an', 'Yan’an'],
    ['12 Orchard Road, Springfield, IL 62704', 'Springfield'],
    ['12 Orchard Road', ''],
  ])('of %s is %s', (address, area) => {
    expect(areaOf(address)).toBe(area);
  });
});
