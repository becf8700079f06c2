// Owns the certificate as a page to print, in the words of the language it is asked for.
import { renderSVG } from 'uqr';
import { escape, paperPage } from '../../platform/http/paper-page.ts';
import type { CertificateFacts } from './certificates.ts';

interface CertificateWords {
  title: string;
  print: string;
  before: string;
  after: (facts: CertificateFacts, when: string) => string;
  on: (day: string) => string;
  between: (from: string, to: string) => string;
  took: (facts: CertificateFacts) => string;
  trainer: string;
  day: string;
  number: string;
  check: string;
}

const words: Readonly<Record<'en' | 'zh-CN', CertificateWords>> = {
  en: {
    title: 'Certificate',
    print: 'Print',
    before: 'This is to say that',
    after: ({ title, place }, when) => `took part in the class “${title}”${place ? `, ${place},` : ''} ${when}.`,
    on: (day) => `on ${day}`,
    between: (from, to) => `from ${from} to ${to}`,
    took: ({ attended, meetings, tasksDone, tasks }) => `Meetings attended: ${attended} of ${meetings}.${tasks > 0 ? ` Tasks done: ${tasksDone} of ${tasks}.` : ''}`,
    trainer: 'Trainer',
    day: 'Date',
    number: 'No.',
    check: 'This code opens this page and shows that the certificate is real.',
  },
  'zh-CN': {
    title: '结业证书',
    print: '打印',
    before: '兹证明',
    after: ({ title, place }, when) => `于${when}${place ? `在${place}` : ''}参加了“${title}”培训班的学习。`,
    on: (day) => day,
    between: (from, to) => `${from}至${to}`,
    took: ({ attended, meetings, tasksDone, tasks }) => `出勤 ${attended} 次（共 ${meetings} 次）${tasks > 0 ? `，完成练习 ${tasksDone} 项（共 ${tasks} 项）` : ''}。`,
    trainer: '培训老师',
    day: '日期',
    number: '编号',
    check: '扫码打开本页，即可核对证书真伪。',
  },
};

const STYLE = `
  @page { size: A4 landscape; margin: 12mm; }
  .sheet { max-width: 273mm; min-height: 178mm; padding: 14mm 18mm; display: grid; grid-template-rows: auto 1fr auto; gap: 8mm; border: 1.2mm double #17713b; text-align: center; }
  h2 { font-size: 44px; letter-spacing: 0.08em; color: #17713b; }
  .middle { align-content: center; display: grid; gap: 5mm; font-size: 22px; }
  .name { font-size: 46px; font-weight: 700; }
  .took { font-size: 17px; color: #333; }
  .foot { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: 6mm; text-align: left; }
  .foot dl { display: grid; grid-template-columns: auto 1fr; gap: 1mm 4mm; font-size: 16px; }
  .foot dt { color: #444; }
  .line { min-width: 60mm; padding-top: 12mm; border-bottom: 0.3mm solid #000; }
  .proof { display: flex; align-items: end; gap: 4mm; max-width: 90mm; font-size: 12px; color: #333; }
  .proof svg { width: 28mm; height: 28mm; flex: none; }
  @media screen and (max-width: 700px) { .sheet { margin: 8px; padding: 20px 14px; min-height: 0; } h2 { font-size: 32px; } .name { font-size: 34px; } .middle { font-size: 18px; } .line { min-width: 40mm; } }
`;

/** @param url of the page itself */
export function certificatePage(facts: CertificateFacts, lang: 'en' | 'zh-CN', url: string): { html: string; policy: string } {
  const said = words[lang];
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long' });
  const days = [day.format(facts.from), day.format(facts.to)];
  const when = days[0] === days[1] ? said.on(days[0] ?? '') : said.between(days[0] ?? '', days[1] ?? '');
  const body = `<section class="sheet">
    <h2>${escape(said.title)}</h2>
    <div class="middle"><p>${escape(said.before)}</p><p class="name">${escape(facts.name)}</p><p>${escape(said.after(facts, when))}</p><p class="took">${escape(said.took(facts))}</p></div>
    <div class="foot">
      <dl><dt>${escape(said.trainer)}</dt><dd>${escape(facts.byName)}<div class="line"></div></dd><dt>${escape(said.day)}</dt><dd>${escape(day.format(facts.issuedAt))}</dd><dt>${escape(said.number)}</dt><dd>${escape(facts.number)}</dd></dl>
      <div class="proof">${renderSVG(url, { border: 0 })}<p>${escape(said.check)}</p></div>
    </div>
  </section>`;
  return paperPage({ lang, title: `${said.title} · ${facts.name}`, print: said.print, style: STYLE, body });
}
