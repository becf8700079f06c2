// Owns the design tokens: public `--fieldcast-*` properties with their defaults, and the wall against the page's own styles.
import { css } from 'lit';

/**
 * Every element's first style sheet. A page sets the `--fieldcast-*` properties on any ancestor; elements read `--fc-*`.
 *
 * @cssprop --fieldcast-accent - Buttons and marks that matter. Needs 4.5:1 against `--fieldcast-on-accent`.
 * @cssprop --fieldcast-on-accent - Text on the accent colour.
 * @cssprop --fieldcast-surface - Background of cards and sheets.
 * @cssprop --fieldcast-surface-sunken - Background behind cards.
 * @cssprop --fieldcast-text - Text.
 * @cssprop --fieldcast-text-muted - Secondary text; 4.5:1 on both surfaces.
 * @cssprop --fieldcast-line - Hairlines and borders.
 * @cssprop --fieldcast-price - Prices and scarcity.
 * @cssprop --fieldcast-radius - Corner radius of cards; buttons and fields follow it.
 * @cssprop --fieldcast-font - Font family.
 */
export const tokens = css`
  :host {
    --fc-accent: var(--fieldcast-accent, #17713b);
    --fc-on-accent: var(--fieldcast-on-accent, #fff);
    --fc-accent-soft: var(--fieldcast-accent-soft, #e4f3e9);
    --fc-surface: var(--fieldcast-surface, #fff);
    --fc-sunken: var(--fieldcast-surface-sunken, #f4f3ef);
    --fc-text: var(--fieldcast-text, #1d231f);
    --fc-muted: var(--fieldcast-text-muted, #59625c);
    --fc-line: var(--fieldcast-line, #dfe0da);
    --fc-field-line: var(--fieldcast-field-line, #858c87);
    --fc-price: var(--fieldcast-price, #b3370f);
    --fc-danger: var(--fieldcast-danger, #b3261e);
    --fc-warm: var(--fieldcast-warm, #fdf0d9);
    --fc-on-warm: var(--fieldcast-on-warm, #6b4300);
    --fc-live: #d3232f;
    --fc-scrim: rgb(12 18 14 / 0.68);
    --fc-radius: var(--fieldcast-radius, 14px);
    --fc-radius-small: calc(var(--fc-radius) * 0.7);
    --fc-font: var(
      --fieldcast-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'PingFang SC',
      'Noto Sans SC',
      'Noto Sans CJK SC',
      'Microsoft YaHei',
      sans-serif
    );
    --fc-shadow: 0 1px 2px rgb(20 30 24 / 0.08), 0 6px 24px rgb(20 30 24 / 0.1);
    display: block;
    box-sizing: border-box;
  }
  /* light-dark() follows the page's color-scheme; browsers without it stay light. */
  @supports (color: light-dark(#000, #fff)) {
    :host {
      --fc-accent: var(--fieldcast-accent, light-dark(#17713b, #6fd08f));
      --fc-on-accent: var(--fieldcast-on-accent, light-dark(#fff, #06210f));
      --fc-accent-soft: var(--fieldcast-accent-soft, light-dark(#e4f3e9, #1d3325));
      --fc-surface: var(--fieldcast-surface, light-dark(#fff, #1a1f1c));
      --fc-sunken: var(--fieldcast-surface-sunken, light-dark(#f4f3ef, #101411));
      --fc-text: var(--fieldcast-text, light-dark(#1d231f, #eef1ee));
      --fc-muted: var(--fieldcast-text-muted, light-dark(#59625c, #a9b3ac));
      --fc-line: var(--fieldcast-line, light-dark(#dfe0da, #333b36));
      --fc-field-line: var(--fieldcast-field-line, light-dark(#858c87, #79827c));
      --fc-price: var(--fieldcast-price, light-dark(#b3370f, #ff9e73));
      --fc-danger: var(--fieldcast-danger, light-dark(#b3261e, #ffb0a8));
      --fc-warm: var(--fieldcast-warm, light-dark(#fdf0d9, #3b2d14));
      --fc-on-warm: var(--fieldcast-on-warm, light-dark(#6b4300, #f7d79b));
    }
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  /* A page's rules reach the host only; whatever would be inherited through it stops here. */
  :where(:host > *) {
    font: 400 16px/1.45 var(--fc-font);
    color: var(--fc-text);
    letter-spacing: normal;
    word-spacing: normal;
    text-transform: none;
    text-indent: 0;
    text-align: start;
    text-shadow: none;
    white-space: normal;
    word-break: normal;
    overflow-wrap: anywhere;
    list-style: none;
    cursor: auto;
    visibility: visible;
    font-variant-numeric: tabular-nums;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :where(h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  :where(ul, ol) {
    list-style: none;
  }
  :where(h1, h2, h3, h4) {
    font-size: 1em;
    font-weight: 650;
    line-height: 1.25;
  }
  :where(img, svg, video) {
    display: block;
  }
  :focus-visible {
    outline: 3px solid var(--fc-focus, var(--fc-accent));
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
      scroll-behavior: auto !important;
    }
  }
`;
