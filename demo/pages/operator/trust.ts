// Owns what the desk shows of a server that is its own certificate authority: the QR code that a phone scans before its first go-live link.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type EndpointResult } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export interface TrustPart {
  load(): Promise<void>;
  draw(): TemplateResult | typeof nothing;
}

export function trustPart(desk: Desk): TrustPart {
  let trust: EndpointResult<typeof endpoints.readTrust>['trust'] = null;
  return {
    async load() {
      ({ trust } = await desk.call(endpoints.readTrust, {}));
    },
    draw: () =>
      trust
        ? html`<details class="panel">
            <summary>${say('手机第一次用？先扫这个', 'First time with this phone? Scan this before')}</summary>
            <img class="qr" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(trust.qrSvg)}" width="240" height="240" alt=${say('二维码，打开“信任服务器”的说明', 'QR code of the page that tells how to trust the server')} />
            <p>${say('这台服务器用自己的证书。每台手机信任一次，摄像头才能打开；页面上有一步一步的说明。', 'This server has a certificate of its own. Each phone has to trust it once before its camera opens; the page says how, step by step.')}</p>
            <p><a href=${trust.url}>${trust.url}</a></p>
            <p class="soft">${say('指纹', 'Fingerprint')} <code class="wrap-anywhere">${trust.fingerprint}</code></p>
          </details>`
        : nothing,
  };
}
