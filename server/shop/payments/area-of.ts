// Owns the area of an address, as far as the county and no nearer: what refusals are counted by.

const PROVINCE = /^[^\d\s,，]{2,7}?(?:省|自治区|特别行政区)/u;
const CITY = /^[^\d\s,，区县]{2,7}?(?:市|自治州|地区|盟)/u;
// A housing estate, a campus or an industrial park ends like a district and is none.
const COUNTY = /^[^\d\s,，]{1,8}?(?:(?<!小|社|园|校|厂|景|住宅)区|县|旗|市)/u;

/**
 * `浙江省杭州市西湖区文三路 1 号` -> `浙江省杭州市西湖区`; `12 Orchard Road, Yan’an 716000` -> `Yan’an`. Empty where nothing can be told.
 */
export function areaOf(address: string): string {
  let rest = address.normalize('NFKC').replace(/^中国/u, '').trim();
  if (!/\p{Script=Han}/u.test(rest)) return lastPart(rest);
  let area = '';
  for (const part of [PROVINCE, CITY, COUNTY]) {
    const found = part.exec(rest)?.[0] ?? '';
    area += found;
    rest = rest.slice(found.length).trimStart();
  }
  return area;
}

/** Where addresses are written from near to far, the town is behind the last comma but for postcode and country code. */
function lastPart(address: string): string {
  const parts = address.split(/[,\n]/);
  if (parts.length < 2) return '';
  for (const part of parts.slice(1).reverse()) {
    const words = part.replaceAll(/\S*\d\S*/g, ' ').replaceAll(/\s+/g, ' ').trim();
    if (words.length > 2) return words;
  }
  return '';
}
