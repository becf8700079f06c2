// Owns the frame of the cooperative's shop: header with navigation and language, footer. Shop and order pages share it.
import { html, type TemplateResult } from 'lit';
import { language, say, setLanguage } from './language.ts';
import mark from './mark.svg';

export function languageSwitch(): TemplateResult {
  return language() === 'zh-CN'
    ? html`<button class="button quiet small" lang="en" @click=${() => setLanguage('en')}>English</button>`
    : html`<button class="button quiet small" lang="zh-CN" @click=${() => setLanguage('zh-CN')}>中文</button>`;
}

/** @param at where navigation links start: '' on the shop page, its address elsewhere. */
export function header(at: string): TemplateResult {
  return html`
    <a class="skip" href="#content">${say('跳到内容', 'Skip to content')}</a>
    <header class="top">
      <div class="wrap">
        <a class="brand" href="./shop.html">
          <img src=${mark} width="40" height="40" alt="" />
          <span><b>${say('清河果蔬合作社', 'Qinghe Orchard')}</b><small>${say('Qinghe Orchard', 'Growers’ cooperative')}</small></span>
        </a>
        <nav aria-label=${say('主导航', 'Main')}>
          <a href="${at}#live">${say('直播', 'Live')}</a>
          <a href="${at}#goods">${say('商品', 'Goods')}</a>
          <a href="${at}#story">${say('我们', 'About')}</a>
        </nav>
        ${languageSwitch()}
      </div>
    </header>
  `;
}

export function footer(): TemplateResult {
  return html`
    <footer class="bottom">
      <div class="wrap">
        <div>
          <b>${say('清河果蔬合作社', 'Qinghe Orchard Cooperative')}</b>
          <p>${say('清河镇南坡村 · 62 户果农 · 2009 年成立', 'South Slope village, Qinghe · 62 families · since 2009')}</p>
        </div>
        <div>
          <b>${say('下单以后', 'After you order')}</b>
          <p>${say('48 小时内发货，货到付款，坏果拍照包赔。', 'Sent within 48 hours. Pay on delivery. Send us a photo of bruised fruit and we replace it.')}</p>
        </div>
        <p class="made">${say('示例店铺，直播由 Fieldcast 提供', 'A demonstration shop; live selling by Fieldcast')} · <a href="./">${say('演示首页', 'All demo pages')}</a></p>
      </div>
    </footer>
  `;
}
