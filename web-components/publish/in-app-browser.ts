// Owns recognising browsers inside chat and shopping apps: most give a page no camera, so the host has to leave them first.

export type InAppBrowser =
  | 'wechat' | 'wecom' | 'alipay' | 'taobao' | 'qq' | 'dingtalk' | 'feishu' | 'weibo' | 'douyin' | 'toutiao' | 'kuaishou' | 'xiaohongshu' | 'pinduoduo' | 'jd' | 'meituan' | 'baidu'
  | 'facebook' | 'messenger' | 'instagram' | 'line' | 'telegram' | 'tiktok' | 'kakaotalk' | 'zalo' | 'viber' | 'snapchat' | 'x' | 'linkedin' | 'pinterest' | 'webview';

// The order matters: WeCom also says MicroMessenger, Messenger also says FBAN, TikTok's and Douyin's shared shell says BytedanceWebview.
const marks: readonly (readonly [InAppBrowser, RegExp])[] = [
  ['wecom', /wxwork/i],
  ['wechat', /MicroMessenger|WindowsWechat/i],
  ['dingtalk', /DingTalk/i],
  ['feishu', /\bLark\/|Feishu/i],
  ['alipay', /AlipayClient|\bAliApp\(AP/i],
  ['taobao', /\bAliApp\((TB|TM)/i],
  // "QQ/8.9" is the chat app; "MQQBrowser/13" alone is a browser of its own, with a camera.
  ['qq', /\bQQ\/[\d.]+/],
  ['weibo', /\bWeibo\b/i],
  ['douyin', /aweme|Douyin/i],
  ['toutiao', /NewsArticle|\bToutiao/i],
  ['kuaishou', /Kwai|Kuaishou/i],
  ['xiaohongshu', /xhsdiscover|\bXiaohongshu|discover\/[\d.]+.*NetType/i],
  ['pinduoduo', /pinduoduo|phh_android|phh_ios/i],
  ['jd', /\bjdapp\b/i],
  ['meituan', /MeituanGroup|dianping/i],
  ['baidu', /baiduboxapp/i],
  ['tiktok', /musical_ly|BytedanceWebview|TikTok|trill/i],
  ['instagram', /\bInstagram\b/i],
  ['messenger', /MessengerForiOS|\bMessenger(Lite)?\b|Orca-Android/i],
  ['facebook', /\bFBA[NV]\b|\bFB_IAB\b/i],
  ['line', /\bLine\/[\d.]+/i],
  ['kakaotalk', /KAKAOTALK/i],
  ['zalo', /\bZalo\b/i],
  ['viber', /\bViber\b/i],
  ['snapchat', /Snapchat/i],
  ['x', /\bTwitter(Android| for)/i],
  ['linkedin', /LinkedInApp/i],
  ['pinterest', /\[?Pinterest\//i],
  ['telegram', /Telegram/i],
  ['webview', /; wv\)/],
];

/** The app that shows this page, or null in a real browser. */
export function detectInAppBrowser(userAgent: string): InAppBrowser | null {
  return marks.find(([, mark]) => mark.test(userAgent))?.[0] ?? null;
}
