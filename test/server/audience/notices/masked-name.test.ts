// How much of a name strangers see.
import { expect, it } from 'vitest';
import { maskedName } from '../../../../server/audience/notices/masked-name.ts';

it.each([
  ['王小明', '王**'],
  ['li mei', 'L**'],
  ['  Émile', 'É**'],
  ['𠮷田', '𠮷**'],
  ['ß', 'ß**'],
  ['13800001234', ''],
  ['@wechat_id', ''],
  ['<b>Li', ''],
  ['🍎 Li', ''],
  ['\u0301Li', ''],
  ['', ''],
])('%j is shown as %j', (name, shown) => {
  // Some letters have no single capital.
  expect([shown, shown.toUpperCase()]).toContain(maskedName(name));
});
