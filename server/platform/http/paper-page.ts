// Owns the frame of a page to print: one document without anything from elsewhere, under a policy that lets nothing else in.
import { createHash } from 'node:crypto';

/** Text as HTML. Whatever somebody has written stays text. */
export function escape(text: string | number): string {
  return String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

const FRAME = `
  * { box-sizing: border-box; }
  body { margin: 0; color: #000; background: #eceae4; font: 14px/1.4 system-ui, 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; overflow-wrap: anywhere; }
  h1, h2, h3, p, ul, dl, dd, table { margin: 0; padding: 0; }
  ul { list-style: none; }
  .bar { position: sticky; top: 0; display: flex; align-items: center; gap: 12px; padding: 10px 16px; background: #fff; border-bottom: 1px solid #ccc; }
  .bar h1 { flex: 1; font-size: 18px; }
  .bar button { min-height: 44px; padding: 8px 22px; border: 0; border-radius: 10px; background: #17713b; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
  .sheet { margin: 16px auto; background: #fff; break-inside: avoid; }
  @media print {
    body { background: #fff; }
    .bar { display: none; }
    .sheet { margin: 0 auto; box-shadow: none; }
  }
`;
const SCRIPT = `document.querySelector('button').addEventListener('click', () => print());`;

export interface PaperPage {
  lang: string;
  title: string;
  print: string;
  style: string;
  /** HTML; everything in it that came from outside has gone through {@link escape}. */
  body: string;
}

export function paperPage({ lang, title, print, style, body }: PaperPage): { html: string; policy: string } {
  const styles = FRAME + style;
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    html: `<!doctype html><html lang="${escape(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${styles}</style></head><body><header class="bar"><h1>${escape(title)}</h1><button type="button">${escape(print)}</button></header><main>${body}</main><script>${SCRIPT}</script></body></html>`,
    policy: `default-src 'none'; style-src ${hash(styles)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
