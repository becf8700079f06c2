// Owns the page on which a phone learns to trust this server's own authority: the certificate, and the steps on each kind of device.
// It is opened before the phone trusts anything, over plain HTTP, so it is one file without scripts.

/** What a phone has to be told once, before it takes this server for secure. */
export interface Trust {
  /** Where the page is, for a QR code. */
  url: string;
  /** SHA-256 of the authority's certificate, as phones and openssl show it. */
  fingerprint: string;
}

type Language = 'zh-CN' | 'en';

interface Words {
  title: string;
  why: string;
  save: string;
  download: string;
  devices: { name: string; steps: string[] }[];
  then: string;
  open: string;
  fingerprint: string;
  other: [language: Language, label: string];
}

const WORDS: Record<Language, Words> = {
  'zh-CN': {
    title: '让这台手机信任直播服务器',
    why: '每台手机只要做一次，大约两分钟。做完以后，手机才肯打开摄像头。',
    save: '1. 下载证书',
    download: '下载 fieldcast-ca.crt',
    devices: [
      {
        name: '安卓手机',
        steps: ['打开“设置”，搜索“证书”。', '选“安装证书”，再选“CA 证书”（也叫“受信任的凭据”）。', '手机会提醒风险，点“仍然安装”。', '选刚才下载的 fieldcast-ca.crt。'],
      },
      {
        name: '苹果手机',
        steps: ['下载时点“允许”。', '打开“设置 › 通用 › VPN 与设备管理”，点 Fieldcast，再点“安装”。', '打开“设置 › 通用 › 关于本机 › 证书信任设置”，打开 Fieldcast 的开关。'],
      },
      { name: '电脑', steps: ['打开下载的文件，把它装进“受信任的根证书颁发机构”。', 'Firefox：设置 › 隐私与安全 › 证书 › 导入。'] },
    ],
    then: '2. 装好以后',
    open: '打开直播页面',
    fingerprint: '这是它的指纹。安装前可以和服务器上显示的对一对：',
    other: ['en', 'English'],
  },
  en: {
    title: 'Let this phone trust the live server',
    why: 'Once for each phone, about two minutes. Only then does the phone open its camera.',
    save: '1. Get the certificate',
    download: 'Download fieldcast-ca.crt',
    devices: [
      {
        name: 'Android',
        steps: ['Open Settings and search for “certificate”.', 'Choose “Install a certificate”, then “CA certificate”.', 'The phone warns; choose “Install anyway”.', 'Choose the file fieldcast-ca.crt.'],
      },
      {
        name: 'iPhone',
        steps: [
          'Allow the download.',
          'Settings › General › VPN & Device Management: choose Fieldcast, then Install.',
          'Settings › General › About › Certificate Trust Settings: switch Fieldcast on.',
        ],
      },
      { name: 'Computer', steps: ['Open the file and put it among the trusted root authorities.', 'Firefox: Settings › Privacy & Security › Certificates › Import.'] },
    ],
    then: '2. When it is installed',
    open: 'Open the live pages',
    fingerprint: 'This is its fingerprint. Before you install it, compare it with the one that the server shows:',
    other: ['zh-CN', '中文'],
  },
};

/** @param asked `?lang=` of the address, else what the browser prefers (`Accept-Language`) */
export function chooseLanguage(asked: string | undefined, accepted: string | undefined): Language {
  if (asked === 'en' || asked === 'zh-CN') return asked;
  return /^\s*zh\b/i.test(accepted ?? '') ? 'zh-CN' : 'en';
}

/**
 * The page as HTML.
 * @param pagesUrl where https answers, without a trailing slash
 */
export function trustPage(language: Language, fingerprint: string, pagesUrl: string): string {
  const words = WORDS[language];
  const [otherLanguage, otherLabel] = words.other;
  const devices = words.devices
    .map(({ name, steps }, index) => `<details${index === 0 ? ' open' : ''}><summary>${name}</summary><ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol></details>`)
    .join('');
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>
  body { margin: 0 auto; max-width: 34rem; padding: 1rem 1.25rem 3rem; font: 1.125rem/1.6 system-ui, sans-serif; color: #23301f; background: #fbfaf5; }
  h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0; }
  h2 { font-size: 1.25rem; margin: 1.75rem 0 .5rem; }
  a.act { display: block; padding: .9rem 1rem; border-radius: .75rem; background: #2c6a2f; color: #fff; text-align: center; font-weight: 600; text-decoration: none; }
  details { border: 1px solid #d8d5c6; border-radius: .75rem; margin: .75rem 0; background: #fff; }
  summary { padding: .75rem 1rem; font-weight: 600; cursor: pointer; }
  ol { margin: 0; padding: 0 1rem 1rem 2.5rem; }
  code { display: block; padding: .75rem; border-radius: .5rem; background: #efece0; font-size: .875rem; overflow-wrap: anywhere; }
  .other { float: right; padding: .6rem 0 .6rem 1rem; color: inherit; }
</style>
<a class="other" href="?lang=${otherLanguage}" lang="${otherLanguage}">${otherLabel}</a>
<h1>${words.title}</h1>
<p>${words.why}</p>
<h2>${words.save}</h2>
<a class="act" href="/ca.crt">${words.download}</a>
${devices}
<p>${words.fingerprint}</p>
<code>${fingerprint}</code>
<h2>${words.then}</h2>
<a class="act" href="${pagesUrl}/demo/farmer.html">${words.open}</a>
</html>
`;
}
