// Owns the drawings of the guided practice: one for each screen, our own, in the colours of the page.
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { GoodId, ScreenName } from './steps.ts';

const GREEN = '#2f9e57';
const WOOD = '#c08a4a';
const SKIN = '#e8b48c';
const RED = '#c8402f';

const phone = (x: number, y: number, inside: SVGTemplateResult): SVGTemplateResult =>
  svg`<g transform="translate(${x} ${y})"><rect width="64" height="112" rx="11" fill="#22302a"/><rect x="5" y="8" width="54" height="96" rx="4" fill="#eef4ee"/>${inside}</g>`;
const person = (x: number, y: number, arm: SVGTemplateResult): SVGTemplateResult =>
  svg`<g transform="translate(${x} ${y})"><path d="M-30 78c0-26 12-38 30-38s30 12 30 38z" fill=${GREEN}/><circle cy="18" r="19" fill=${SKIN}/><path d="M-27 8c6-16 48-16 54 0z" fill=${WOOD}/><path d="M-32 9h64" stroke=${WOOD} stroke-width="6" stroke-linecap="round"/><circle cx="-7" cy="18" r="2" fill="#3a2a1e"/><circle cx="7" cy="18" r="2" fill="#3a2a1e"/><path d="M-6 26q6 5 12 0" fill="none" stroke="#3a2a1e" stroke-width="2" stroke-linecap="round"/>${arm}</g>`;
const apple = (x: number, y: number, size: number): SVGTemplateResult =>
  svg`<g transform="translate(${x} ${y}) scale(${size})"><path d="M0-8c10-8 20 0 18 12C16 15 8 20 0 17c-8 3-16-2-18-13C-20-8-10-16 0-8z" fill=${RED}/><path d="M0-9q0-7 5-10" fill="none" stroke="#5a3b1e" stroke-width="3" stroke-linecap="round"/><path d="M4-15q9-5 12 1q-8 5-12-1z" fill=${GREEN}/></g>`;
const pear = svg`<path d="M0-18c7 0 6 9 9 14 6 9 5 20-9 20s-15-11-9-20c3-5 2-14 9-14z" fill="#c7b53a"/><path d="M0-18q1-5 4-7" fill="none" stroke="#5a3b1e" stroke-width="3" stroke-linecap="round"/>`;
const honey = svg`<rect x="-14" y="-10" width="28" height="27" rx="6" fill="#e0a12b"/><rect x="-16" y="-17" width="32" height="8" rx="3" fill=${WOOD}/><rect x="-9" y="-3" width="18" height="11" rx="2" fill="#fff6df"/>`;
const hand = (x: number, y: number): SVGTemplateResult =>
  svg`<path transform="translate(${x} ${y})" d="M0 0c3-3 7-1 7 3v13l12 3c5 2 6 6 5 11l-3 14H2L-9 30c-2-4 2-7 5-5l4 4z" fill=${SKIN} stroke="#8a5a38" stroke-width="2" stroke-linejoin="round"/>`;
const tag = (x: number, y: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><path d="M0 0h34l14 15-14 15H0z" fill="#f3c64e"/><circle cx="36" cy="15" r="4" fill="#fff"/><path d="M8 11h18M8 19h12" stroke="#7a5a10" stroke-width="4" stroke-linecap="round"/></g>`;
const bell = (x: number, y: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><path d="M-18 16c5-5 4-12 5-18 2-13 24-13 26 0 1 6 0 13 5 18z" fill="#f3c64e"/><circle cy="22" r="5" fill=${WOOD}/><path d="M-26-8q-5 8 0 16M26-8q5 8 0 16" fill="none" stroke=${GREEN} stroke-width="4" stroke-linecap="round"/></g>`;
const note = (x: number, y: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><rect width="74" height="88" rx="8" fill="#fff" stroke="#9aa79d" stroke-width="2"/><path d="M14 20h46M14 36h32" stroke="#5c6b61" stroke-width="5" stroke-linecap="round"/></g>`;
const tick = (x: number, y: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><circle r="18" fill=${GREEN}/><path d="M-8 0l6 6 11-12" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></g>`;

const drawings: Readonly<Record<ScreenName, SVGTemplateResult>> = {
  'see.place': svg`<rect x="132" y="108" width="84" height="44" rx="4" fill=${WOOD}/><path d="M132 122h84M132 136h84" stroke="#9a6a31" stroke-width="3"/><g transform="rotate(8 170 60)">${phone(146, 4, svg``)}</g>${person(58, 62, svg``)}<path d="M92 96h34" stroke=${GREEN} stroke-width="4" stroke-dasharray="3 8" stroke-linecap="round"/>`,
  'see.look': svg`${phone(88, 22, svg`<g transform="translate(32 44) scale(.62)">${person(0, 0, svg``)}</g><circle cx="32" cy="90" r="9" fill=${GREEN}/>`)}${hand(132, 112)}`,
  'hello.speak': svg`${person(88, 62, svg`<path d="M27 54q18-6 16-30" fill="none" stroke=${SKIN} stroke-width="11" stroke-linecap="round"/>`)}<path d="M150 60q12 14 0 28M166 50q20 24 0 48M182 40q28 34 0 68" fill="none" stroke=${GREEN} stroke-width="6" stroke-linecap="round"/>`,
  'pin.tap': svg`${phone(40, 22, svg`${apple(17, 32, 0.55)}<path d="M30 30h22M30 62h22M30 88h22" stroke="#9aa79d" stroke-width="5" stroke-linecap="round"/><g transform="translate(17 60) scale(.55)">${pear}</g><g transform="translate(17 88) scale(.55)">${honey}</g>`)}${hand(84, 54)}<path d="M138 78h22m-8-8 8 8-8 8" fill="none" stroke=${GREEN} stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>${apple(198, 76, 1.5)}`,
  'pin.shown': svg`${phone(88, 22, svg`<g transform="translate(32 30) scale(.5)">${person(0, 0, svg``)}</g><rect x="9" y="66" width="46" height="32" rx="6" fill="#fff"/>${apple(23, 82, 0.6)}<path d="M36 78h14M36 88h10" stroke=${RED} stroke-width="4" stroke-linecap="round"/>`)}`,
  'price.tap': svg`${apple(82, 92, 1.7)}${tag(120, 62)}${hand(150, 92)}`,
  'price.type': svg`<g transform="translate(78 20)"><rect width="84" height="120" rx="10" fill="#fff" stroke="#9aa79d" stroke-width="2"/><rect x="10" y="10" width="64" height="22" rx="5" fill="#eef4ee"/>${[0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => svg`<rect x=${12 + column * 22} y=${40 + row * 18} width="16" height="12" rx="3" fill="#cfd8d1"/>`))}<rect x="12" y="96" width="60" height="16" rx="5" fill=${GREEN}/></g>${hand(136, 116)}`,
  'price.shown': svg`${phone(88, 22, svg`${apple(32, 38, 0.95)}<g transform="translate(10 66) scale(.85)">${tag(0, 0)}</g>`)}${tick(158, 40)}`,
  'order.comes': svg`${phone(54, 22, svg`<rect x="9" y="36" width="46" height="34" rx="6" fill="#fff"/><path d="M16 48h32M16 58h20" stroke="#5c6b61" stroke-width="4" stroke-linecap="round"/>`)}${bell(166, 74)}`,
  'order.take': svg`${note(52, 34)}${apple(176, 84, 1.3)}<path d="M66 98h46" stroke=${GREEN} stroke-width="14" stroke-linecap="round"/>${hand(96, 104)}`,
  'order.done': svg`<rect x="70" y="72" width="100" height="66" rx="5" fill=${WOOD}/><path d="M70 90h100M112 72v22h16V72" stroke="#9a6a31" stroke-width="4" fill="#e6c08d"/>${tick(170, 64)}`,
};

export function drawing(screen: ScreenName): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 240 160" aria-hidden="true" focusable="false"><rect width="240" height="160" rx="18" fill="#e4f3e9"/>${drawings[screen]}</svg>`;
}

/** A thing to sell, as large as the text around it wants. */
export function goodPicture(good: GoodId): TemplateResult {
  const inside = { apples: svg`${apple(0, 2, 1)}`, pears: pear, honey };
  return html`<svg class="good" viewBox="-26 -26 52 52" aria-hidden="true" focusable="false"><rect x="-26" y="-26" width="52" height="52" rx="12" fill="#f4f3ef"/>${inside[good]}</svg>`;
}

/** The end: everything done. */
export function finishedDrawing(): TemplateResult {
  return html`<svg class="drawing" viewBox="0 0 240 160" aria-hidden="true" focusable="false"><rect width="240" height="160" rx="18" fill="#e4f3e9"/>${person(120, 62, svg`<path d="M27 54q22-8 20-38M-27 54q-22-8-20-38" fill="none" stroke=${SKIN} stroke-width="11" stroke-linecap="round"/>`)}${apple(38, 112, 1)}${apple(202, 112, 1)}${tick(120, 32)}</svg>`;
}
