// Recognising browsers inside other apps by what they call themselves.
import { expect, it } from 'vitest';
import { detectInAppBrowser } from '../../../web-components/publish/in-app-browser.ts';

it.each([
  ['wechat', 'Mozilla/5.0 (Linux; Android 13; V2149A; wv) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.47'],
  ['wechat', 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.42'],
  ['alipay', 'Mozilla/5.0 (Linux; U; Android 12; zh-CN) AppleWebKit/537.36 Mobile Safari/537.36 AlipayClient/10.5.0 Language/zh-Hans'],
  ['dingtalk', 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Mobile Safari/537.36 AliApp(DingTalk/7.0.0)'],
  ['qq', 'Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Mobile Safari/537.36 V1_AND_SQ_8.9.0 QQ/8.9.0.8000'],
  ['douyin', 'Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Mobile Safari/537.36 aweme_230400'],
  ['facebook', 'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/400.0.0;]'],
  ['instagram', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 300.0'],
  ['line', 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Mobile Safari/537.36 Line/13.16.0'],
  ['webview', 'Mozilla/5.0 (Linux; Android 9; SM-A105F; wv) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Mobile Safari/537.36'],
])('sees %s', (app, userAgent) => {
  expect(detectInAppBrowser(userAgent)).toBe(app);
});

it.each([
  'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; U; Android 12; zh-cn; M2102J2SC) AppleWebKit/537.36 Version/4.0 Chrome/98.0 MQQBrowser/13.9 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; U; Android 13; zh-cn; 2201122C) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.8',
])('takes a real browser for one: %s', (userAgent) => {
  expect(detectInAppBrowser(userAgent)).toBeNull();
});
