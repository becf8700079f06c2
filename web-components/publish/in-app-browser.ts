// Owns recognising browsers inside chat and shopping apps: most give a page no camera, so the host has to leave them first.

export type InAppBrowser = 'wechat' | 'alipay' | 'taobao' | 'qq' | 'dingtalk' | 'weibo' | 'douyin' | 'kuaishou' | 'facebook' | 'instagram' | 'line' | 'telegram' | 'tiktok' | 'webview';

// The order matters: WeChat's enterprise client also says MicroMessenger, Messenger also says FBAN.
const marks: readonly (readonly [InAppBrowser, RegExp])[] = [
  ['wechat', /MicroMessenger|wxwork|WindowsWechat/i],
  ['alipay', /AlipayClient|\bAliApp\(AP/i],
  ['taobao', /\bAliApp\((TB|TM)/i],
  ['dingtalk', /DingTalk/i],
  // "QQ/8.9" is the chat app; "MQQBrowser/13" alone is a browser of its own, with a camera.
  ['qq', /\bQQ\/[\d.]+/],
  ['weibo', /\bWeibo\b/i],
  ['douyin', /aweme|NewsArticle|Douyin/i],
  ['kuaishou', /Kwai|Kuaishou/i],
  ['tiktok', /musical_ly|BytedanceWebview|TikTok/i],
  ['instagram', /\bInstagram\b/i],
  ['facebook', /\bFBA[NV]\b|\bFB_IAB\b|Messenger/i],
  ['line', /\bLine\/[\d.]+/i],
  ['telegram', /Telegram/i],
  ['webview', /; wv\)/],
];

/** The app that shows this page, or null in a real browser. */
export function detectInAppBrowser(userAgent: string): InAppBrowser | null {
  return marks.find(([, mark]) => mark.test(userAgent))?.[0] ?? null;
}
