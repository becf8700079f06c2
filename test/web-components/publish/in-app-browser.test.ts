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
  ['wecom', 'Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Mobile Safari/537.36 wxwork/4.1.6 MicroMessenger/7.0.1'],
  ['feishu', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Lark/7.10.0 LarkLocale/zh_CN'],
  ['alipay', 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/20A362 AliApp(AP/10.5.20.6000) AlipayClient/10.5.20'],
  ['toutiao', 'Mozilla/5.0 (Linux; Android 11; wv) AppleWebKit/537.36 Mobile Safari/537.36 NewsArticle/9.2.5'],
  ['kuaishou', 'Mozilla/5.0 (Linux; Android 11; wv) AppleWebKit/537.36 Mobile Safari/537.36 Kwai/11.2.10'],
  ['xiaohongshu', 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 discover/8.10 (iPhone; iOS 16.0) NetType/WiFi xhsdiscover'],
  ['pinduoduo', 'Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 Mobile Safari/537.36 phh_android_version/6.70.0'],
  ['baidu', 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Mobile Safari/537.36 T7/13.60 baiduboxapp/13.60.0.10'],
  ['facebook', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/21B74 [FBAN/FBIOS;FBAV/440.0.0;FBDV/iPhone14,2]'],
  ['messenger', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/21B74 [FBAN/MessengerForiOS;FBAV/430.0.0]'],
  ['tiktok', 'Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Mobile Safari/537.36 musical_ly_2023100 BytedanceWebview/d8a21c6'],
  ['kakaotalk', 'Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Mobile Safari/537.36;KAKAOTALK 2410440'],
  ['zalo', 'Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Mobile Safari/537.36 Zalo android/12110 ZaloTheme/light'],
  ['snapchat', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Snapchat/12.60.0'],
  ['x', 'Mozilla/5.0 (Linux; Android 13; Pixel 6 Build/TQ3A; wv) AppleWebKit/537.36 Mobile Safari/537.36 TwitterAndroid'],
  ['linkedin', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.29'],
  ['line', 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Mobile Safari/537.36 Line/13.16.0'],
  ['webview', 'Mozilla/5.0 (Linux; Android 9; SM-A105F; wv) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Mobile Safari/537.36'],
])('sees %s', (app, userAgent) => {
  expect(detectInAppBrowser(userAgent)).toBe(app);
});

it.each([
  'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; U; Android 12; zh-cn; M2102J2SC) AppleWebKit/537.36 Version/4.0 Chrome/98.0 MQQBrowser/13.9 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 Chrome/123.0 Mobile Safari/537.36 EdgA/123.0',
  'Mozilla/5.0 (Android 13; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0',
  'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) AppleWebKit/537.36 Chrome/99.0 HuaweiBrowser/14.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; U; Android 12; zh-CN; V2049A) AppleWebKit/537.36 Version/4.0 Chrome/100.0 UCBrowser/15.5 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 SamsungBrowser/24.0 Chrome/117.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; U; Android 13; zh-cn; 2201122C) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.8',
])('takes a real browser for one: %s', (userAgent) => {
  expect(detectInAppBrowser(userAgent)).toBeNull();
});
