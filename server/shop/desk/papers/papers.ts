// Owns what the desk prints: a label for each parcel, the packing list, and receipts of the seller of record.
import { renderSVG } from 'uqr';
import { escape, paperPage } from '../../../platform/http/paper-page.ts';
import type { SellerRecord } from '../../../protocol/desk.ts';
import { formatMoney } from '../../../protocol/money.ts';
import { lotText } from '../../../protocol/lot-text.ts';
import { goodsName } from '../../../protocol/goods-name.ts';
import type { Order } from '../../../protocol/order.ts';
import type { PaperKind } from '../../../protocol/desk.ts';
import { packingList, placeOf } from '../packing.ts';
import { type PaperWords, paperWords } from './words.ts';

export interface PaperInput {
  kind: PaperKind;
  lang: 'en' | 'zh-CN';
  /** As far as whoever prints may see them. */
  orders: readonly Order[];
  record: (sellerId: string) => SellerRecord;
  /** Where a buyer follows an order; the QR code of its label. */
  orderUrl: (orderId: string) => string;
}

interface Kit {
  lang: PaperInput['lang'];
  words: PaperWords;
  money: (minor: number, order: Order) => string;
  date: (at: number) => string;
}

export function paper(input: PaperInput): { html: string; policy: string } {
  const { kind, lang, orders } = input;
  const words = paperWords[lang];
  const kit: Kit = {
    lang,
    words,
    money: (minor, order) => formatMoney(minor, order.currency, lang),
    date: (at) => new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at),
  };
  const bodies = { labels: () => orders.map((order) => label(order, input, kit)).join(''), packing: () => packing(input, kit), receipts: () => orders.map((order) => receipt(order, input, kit)).join('') };
  const titles = { labels: words.labels(orders.length), packing: words.packing, receipts: words.receipts(orders.length) };
  return paperPage({ lang, title: titles[kind], print: words.print, style: styles[kind], body: bodies[kind]() });
}

const styles: Readonly<Record<PaperKind, string>> = {
  // The size of the thermal labels that couriers hand out.
  labels: `
    @page { size: 100mm 150mm; margin: 0; }
    .sheet { width: 100mm; height: 150mm; padding: 4mm; display: grid; grid-template-rows: auto auto auto 1fr auto; gap: 2.5mm; overflow: hidden; break-after: page; }
    @media screen { .sheet { max-width: 100vw; height: auto; min-height: 150mm; } }
    .top { display: flex; justify-content: space-between; align-items: baseline; gap: 4mm; border-bottom: 0.6mm solid #000; padding-bottom: 2mm; }
    .top b { font-size: 22px; white-space: nowrap; }
    .place { font-size: 20px; font-weight: 700; }
    .to { font-size: 17px; }
    .to b { font-size: 22px; }
    .goods { font-size: 14px; overflow: hidden; border-top: 0.3mm dashed #000; padding-top: 2mm; }
    .end { display: flex; gap: 4mm; align-items: flex-end; border-top: 0.6mm solid #000; padding-top: 2mm; }
    .end svg { width: 26mm; height: 26mm; flex: none; }
    .end p { font-size: 14px; }
    .pay { font-size: 20px; font-weight: 700; }
  `,
  packing: `
    @page { size: A4; margin: 12mm; }
    .sheet { max-width: 190mm; padding: 8mm; }
    .place { display: flex; justify-content: space-between; gap: 8mm; font-size: 19px; border-bottom: 0.5mm solid #000; }
    .all { display: flex; flex-wrap: wrap; gap: 1mm 8mm; margin: 3mm 0; padding: 2mm 3mm; background: #f3f1ea; }
    .all b { font-size: 17px; }
    li.parcel { display: grid; grid-template-columns: 6mm 20mm 1fr 1fr; gap: 1mm 4mm; padding: 2mm 0; border-bottom: 0.2mm solid #999; break-inside: avoid; }
    .box { width: 5mm; height: 5mm; border: 0.4mm solid #000; }
    .note { grid-column: 3 / -1; }
    @media (max-width: 560px) { li.parcel { grid-template-columns: 6mm 1fr; } li.parcel > * { grid-column: 2; } li.parcel > .box { grid-column: 1; } }
  `,
  receipts: `
    @page { size: A5; margin: 10mm; }
    .sheet { max-width: 148mm; padding: 9mm; break-after: page; display: grid; gap: 5mm; }
    .head { display: flex; justify-content: space-between; align-items: baseline; }
    .head h2 { font-size: 24px; }
    .who { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; }
    .who h3 { font-size: 12px; color: #444; font-weight: 400; }
    table { width: 100%; border-collapse: collapse; }
    th, td { padding: 1.5mm 0; text-align: left; border-bottom: 0.2mm solid #999; vertical-align: top; }
    th:nth-child(n+2), td:nth-child(n+2) { text-align: right; white-space: nowrap; padding-left: 3mm; }
    tr.total td { font-size: 18px; font-weight: 700; border-bottom: 0; }
    .small { font-size: 12px; color: #444; }
  `,
};

function label(order: Order, { record, orderUrl }: PaperInput, { lang, words, money }: Kit): string {
  const seller = record(order.sellerId);
  const { place, isPoint } = placeOf(order, seller.points);
  const isToCollect = order.payment === 'cod' && order.money.state === 'due';
  return `<section class="sheet">
    <div class="top"><span>${escape(seller.legalName || seller.name)}</span><b>${escape(words.number(order.number))}</b></div>
    <p class="place">${escape(isPoint ? `${words.point}${words.colon}${place}` : place)}</p>
    <div class="to"><p>${escape(words.to)}${words.colon}<b>${escape(order.buyer.name)}</b> ${escape(order.buyer.phone)}</p><p>${escape(order.buyer.address)}</p></div>
    <div class="goods"><ul>${order.lines.map((line) => `<li>${escape(goodsText(line, words))}${line.lots ? `<br>${escape(lotText(line.lots, lang))}` : ''}${traceText(line, words)}</li>`).join('')}</ul>${order.note ? `<p>${escape(words.note)}${words.colon}${escape(order.note)}</p>` : ''}</div>
    <div class="end">${renderSVG(orderUrl(order.id), { border: 0 })}<div>
      ${isToCollect ? `<p class="pay">${escape(words.collect)}<br>${escape(money(order.money.dueMinor - order.money.paidMinor, order))}</p>` : order.money.state === 'paid' ? `<p class="pay">${escape(words.isPaid)}</p>` : ''}
      ${order.tracking ? `<p>${escape(order.tracking.courier)} ${escape(order.tracking.number)}</p>` : ''}
      ${seller.phone || seller.address ? `<p>${escape(words.from)}${words.colon}${escape([seller.phone, seller.address].filter(Boolean).join(' · '))}</p>` : ''}
    </div></div>
  </section>`;
}

/** An address is behind the label's QR code, on the order's page; nobody types it. */
function traceText({ traceCode = '' }: Order['lines'][number], words: PaperWords): string {
  return traceCode === '' || /^https?:/i.test(traceCode) ? '' : `<br>${escape(`${words.trace}${words.colon}${traceCode}`)}`;
}

function goodsText(line: { name: string; label: string; grade?: string | undefined; unit: Order['lines'][number]['unit']; quantity: number }, words: PaperWords): string {
  return `${goodsName(line, ' ')} × ${line.quantity} ${words.units[line.unit]}`;
}

function packing({ orders, record }: PaperInput, { lang, words }: Kit): string {
  // A batch may hold orders of several sellers; each packs its own.
  const bySeller = new Map<string, Order[]>();
  for (const order of orders) bySeller.set(order.sellerId, [...(bySeller.get(order.sellerId) ?? []), order]);
  return [...bySeller]
    .flatMap(([sellerId, own]) => packingList(own, record(sellerId).points))
    .map(
      ({ place, isPoint, goods, orders: parcels }) => `<section class="sheet">
        <h2 class="place"><span>${escape(isPoint ? `${words.point}${words.colon}${place}` : place || words.unknownPlace)}</span><span>${escape(words.parcels(parcels.length))}</span></h2>
        <p class="all">${escape(words.together)}${words.colon}${goods.map((each) => `<b>${escape(goodsText(each, words))}</b>`).join(' ')}</p>
        <ul>${parcels
          .map(
            (parcel) => `<li class="parcel"><span class="box"></span><b>${escape(words.number(parcel.number))}</b><span>${parcel.goods.map((each) => escape([goodsText(each, words), lotText(each.lots, lang)].filter(Boolean).join(' · '))).join('<br>')}</span><span>${escape(parcel.name)} ${escape(parcel.phone)}<br>${escape(parcel.address)}</span>${parcel.note ? `<span class="note">${escape(words.note)}${words.colon}${escape(parcel.note)}</span>` : ''}</li>`,
          )
          .join('')}</ul>
      </section>`,
    )
    .join('');
}

function receipt(order: Order, { record }: PaperInput, { lang, words, money, date }: Kit): string {
  const seller = record(order.sellerId);
  const facts = [seller.address, seller.taxNumber && `${words.taxNumber}${words.colon}${seller.taxNumber}`, seller.phone && `${words.phone}${words.colon}${seller.phone}`].filter(Boolean);
  const row = (name: string, amount: string, className = ''): string => `<tr class="${className}"><td colspan="3">${escape(name)}</td><td>${escape(amount)}</td></tr>`;
  return `<section class="sheet">
    <div class="head"><h2>${escape(words.receipt)}</h2><b>${escape(words.number(order.number))}</b></div>
    <div class="who">
      <div><h3>${escape(words.seller)}</h3><b>${escape(seller.legalName || seller.name)}</b>${facts.map((fact) => `<p>${escape(fact)}</p>`).join('')}</div>
      <div><h3>${escape(words.buyer)}</h3><b>${escape(order.buyer.name)}</b><p>${escape(order.buyer.address)}</p><p>${escape(words.date)}${words.colon}${escape(date(order.placedAt))}</p></div>
    </div>
    <table><thead><tr><th>${escape(words.goods)}</th><th>${escape(words.quantity)}</th><th>${escape(words.price)}</th><th>${escape(words.sum)}</th></tr></thead><tbody>
      ${order.lines.map((line) => `<tr><td>${escape(goodsName(line, ' '))}${line.lots ? `<br><span class="small">${escape(lotText(line.lots, lang))}</span>` : ''}</td><td>${line.quantity} ${escape(words.units[line.unit])}</td><td>${escape(money(line.unitPriceMinor, order))}</td><td>${escape(money(line.totalMinor, order))}</td></tr>`).join('')}
      ${order.discounts.map(({ kind, title, quantity, amountMinor }) => row([words.promotions[kind], title, quantity > 0 ? `× ${quantity}` : ''].filter(Boolean).join(' '), `−${money(amountMinor, order)}`)).join('')}
      ${order.deliveryMinor > 0 ? row(words.delivery, money(order.deliveryMinor, order)) : ''}
      ${row(words.total, money(order.totalMinor, order), 'total')}
      ${order.money.dueMinor < order.totalMinor ? row(words.lastCents, money(order.money.dueMinor - order.totalMinor, order)) : ''}
      ${order.money.refundedMinor > 0 ? row(words.refunded, money(order.money.refundedMinor, order)) : ''}
    </tbody></table>
    <p>${escape(words.methods[order.payment])}${words.colon}${escape(order.state === 'cancelled' && order.money.paidMinor === 0 ? words.cancelled : words.money[order.money.state])}</p>
    <p class="small">${escape(words.notInvoice)}</p>
  </section>`;
}
