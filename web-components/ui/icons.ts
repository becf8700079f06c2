// Owns the icons, drawn for this project on a 24-unit grid. They are decoration: the button around them carries the words.
import { html, svg, type TemplateResult } from 'lit';

const shapes = {
  cart: svg`<path d="M3 4h2.2l2.3 11.2a1.6 1.6 0 0 0 1.6 1.3h7.6a1.6 1.6 0 0 0 1.6-1.2L20.5 8H6"/><circle cx="9.6" cy="20" r="1.3"/><circle cx="16.6" cy="20" r="1.3"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  back: svg`<path d="M14.5 5.5L8 12l6.5 6.5"/>`,
  forward: svg`<path d="M9.5 5.5L16 12l-6.5 6.5"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10 11v5M14 11v5"/>`,
  sound: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.6 7.6 0 0 1 0 11"/>`,
  muted: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5"/>`,
  play: svg`<path d="M8 5.5v13l10.5-6.5z" fill="currentColor"/>`,
  eye: svg`<path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>`,
  retry: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4"/>`,
  truck: svg`<path d="M2.5 6h11v10h-11zM13.5 9.5h4l3.5 3.5v3h-7.5z"/><circle cx="7" cy="17.5" r="1.8"/><circle cx="17" cy="17.5" r="1.8"/>`,
  basket: svg`<path d="M3.5 10h17l-1.8 9.5H5.3zM8 10l3-5.5M16 10l-3-5.5M9.5 13.5v3M14.5 13.5v3"/>`,
  leaf: svg`<path d="M5 19c0-9 5-14 14.5-14C19.5 14 15 18.5 8.5 17.500M5 19c1.5-4 4-7 8-9"/>`,
  pin: svg`<path d="M9 4h6l-.8 6 3.3 3.200H6.500L9.8 10zM12 13.200V20"/>`,
  alert: svg`<path d="M12 4L2.8 19.500h18.400zM12 10v4.500M12 17.100v.1"/>`,
  offline: svg`<path d="M4 4l16 16M5 12.500a10 10 0 0 1 4-2.300M2.5 9a14 14 0 0 1 4.3-2.800M12 8.500c3 0 5.3 1.3 7 4M10.5 5.600c4.5-.5 8.3 1 11 3.400M8.5 16a5 5 0 0 1 5.5-1"/><circle cx="12" cy="19" r=".8"/>`,
  user: svg`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.6-6 7.5-6s6.7 2 7.5 6"/>`,
  camera: svg`<path d="M3 7.500h11.500v9H3zM14.5 10.500L21 7.500v9l-6.5-3"/>`,
  flip: svg`<path d="M4 11a8 8 0 0 1 13.7-4.600L20 8.500M20 4v4.500h-4.500M20 13a8 8 0 0 1-13.7 4.600L4 15.500M4 20v-4.500h4.5"/>`,
  mic: svg`<path d="M9 5.500a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
  micOff: svg`<path d="M9 9v2.500a3 3 0 0 0 4.5 2.600M15 12V5.500a3 3 0 0 0-5.8-1M5.5 11.500a6.5 6.5 0 0 0 10 5.500M18.5 11.500c0 .7-.1 1.4-.3 2M12 18v3M4 4l16 16"/>`,
  bell: svg`<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15zM10 20.500h4"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1.2 1.200M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1.2-1.2"/>`,
  stop: svg`<rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor"/>`,
  picture: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.6"/><path d="M4 17l5-4.5 3.5 3L16 12l4.5 4"/>`,
  edit: svg`<path d="M4 20l1-4.500L16 4.5 19.5 8 8.5 19zM14 6.500L17.5 10"/>`,
  phone: svg`<path d="M6.500 3.500h3l1.5 4.500-2 1.500a10 10 0 0 0 5.5 5.500l1.5-2 4.5 1.500v3a2 2 0 0 1-2.200 2C11 18.800 5.200 13 4.500 5.700a2 2 0 0 1 2-2.200z"/>`,
  eyeOff: svg`<path d="M9.500 6.200a9 9 0 0 1 2.500-.4c6 0 9.5 6.200 9.5 6.200a16 16 0 0 1-2.600 3.300M6 7.600A16 16 0 0 0 2.500 12S6 18.200 12 18.200a9 9 0 0 0 4-.9M4 4l16 16"/>`,
  battery: svg`<path d="M3 8h15.500v8H3zM21 10.500v3M6 11v2"/>`,
  signal: svg`<path d="M4 19v-3M9.300 19v-6.500M14.700 19V8.500M20 19V4.500"/>`,
  upright: svg`<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>`,
  more: svg`<g fill="currentColor"><circle cx="5.500" cy="12" r="1.700"/><circle cx="12" cy="12" r="1.700"/><circle cx="18.500" cy="12" r="1.700"/></g>`,
  chat: svg`<path d="M4 5.500h16v10.500h-9L6.500 20v-4H4zM8 9.500h8M8 12.500h5"/>`,
  send: svg`<path d="M4 4.500l16.500 7.500L4 19.500l2.500-7.500zM6.500 12h8"/>`,
  undo: svg`<path d="M9 5L4.5 9.5 9 14M4.5 9.500H14a5.5 5.5 0 0 1 0 11h-3"/>`,
} as const;

export type IconName = keyof typeof shapes;

/** An icon the size of the text around it (1.375 em with `buttonStyles`). */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" part="icon">${shapes[name]}</svg>`;
}
