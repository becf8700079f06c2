// Owns how the shelf's list and a product's page look.
import { css } from 'lit';

export const shelfStyles = css`
  :host {
    container: fieldcast-shelf / inline-size;
    block-size: 100%;
    min-block-size: 0;
  }
  .shelf {
    block-size: 100%;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    background: var(--fc-surface);
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 14px 16px 10px;
  }
  .head h2 {
    font-size: 19px;
  }
  .head .muted {
    font-size: 14px;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .list {
    display: grid;
    padding: 0 8px 16px;
  }
  .row {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    border-radius: var(--fc-radius-small);
    /* 200 products: those out of sight are neither laid out nor painted. */
    content-visibility: auto;
    contain-intrinsic-size: auto 104px;
  }
  .row > fieldcast-moments {
    flex: 1 0 100%;
    padding-inline: 8px;
  }
  .row > fieldcast-moments:defined {
    padding-block-end: 8px;
  }
  .row + .row::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: 112px 8px;
    border-block-start: 1px solid var(--fc-line);
  }
  .open {
    appearance: none;
    flex: 1;
    min-inline-size: 0;
    display: flex;
    align-items: center;
    gap: 14px;
    margin: 2px 0;
    padding: 8px;
    border: 0;
    border-radius: var(--fc-radius-small);
    background: transparent;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  .open:focus-visible,
  .add:focus-visible {
    outline-offset: -3px;
  }
  .open .picture {
    inline-size: 84px;
    position: relative;
  }
  .words {
    min-inline-size: 0;
    flex: 1;
    display: grid;
    gap: 3px;
  }
  .name {
    font-size: 16px;
    font-weight: 600;
    line-height: 1.3;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .row .price {
    font-size: 17px;
  }
  .unit {
    color: var(--fc-muted);
    font-size: 14px;
    font-weight: 400;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .badges:empty {
    display: none;
  }
  .sold-out .picture img {
    filter: grayscale(1);
    opacity: 0.6;
  }
  .sold-out .name,
  .sold-out .price {
    color: var(--fc-muted);
  }
  .add {
    margin-inline-end: 8px;
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
    position: relative;
  }
  .add:disabled {
    background: transparent;
  }
  .add .in-cart {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-inline-size: 20px;
    padding: 0 5px;
    border-radius: 999px;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-size: 12px;
    line-height: 20px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 48px 32px;
    text-align: center;
    color: var(--fc-muted);
  }
  .empty .icon {
    inline-size: 44px;
    block-size: 44px;
    stroke-width: 1.3;
  }
  @container fieldcast-shelf (min-width: 640px) {
    .list {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      column-gap: 12px;
    }
    .row:nth-child(2)::before {
      display: none;
    }
  }

  .product {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--fc-surface);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 54px;
    padding: 4px 8px 0 4px;
    flex: none;
  }
  .bar span {
    font-weight: 600;
  }
  .gallery {
    display: flex;
    gap: 8px;
    padding: 0 16px;
    overflow-x: auto;
    scroll-snap-type: x mandatory;
    scrollbar-width: none;
  }
  .gallery li {
    flex: 0 0 min(100%, 420px);
    scroll-snap-align: center;
  }
  .gallery .picture {
    aspect-ratio: 4 / 3;
    border-radius: var(--fc-radius);
  }
  .facts {
    display: grid;
    gap: 12px;
    padding: 16px;
  }
  .facts h2 {
    font-size: 21px;
  }
  .facts .price {
    font-size: 22px;
  }
  .description {
    white-space: pre-line;
    color: var(--fc-muted);
  }
  .variants {
    display: grid;
    gap: 8px;
  }
  .variants legend {
    margin-block-end: 8px;
    padding: 0;
    font-size: 14px;
    font-weight: 600;
  }
  .variant {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 48px;
    padding: 8px 14px;
    border: 1px solid var(--fc-field-line);
    border-radius: var(--fc-radius-small);
    cursor: pointer;
  }
  .variant:has(input:checked) {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    box-shadow: inset 0 0 0 1px var(--fc-accent);
  }
  .variant:has(input:focus-visible) {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .variant input {
    accent-color: var(--fc-accent);
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    outline: none;
  }
  .variant .what {
    flex: 1;
  }
  .variant .price {
    font-size: 16px;
  }
  .buy {
    flex: none;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 16px max(12px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--fc-line);
    background: var(--fc-surface);
  }
  .buy .button {
    flex: 1;
    min-block-size: 48px;
  }
`;
