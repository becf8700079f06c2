// Owns how the cards of promotions look: a head that says what it is and until when, a body with picture, words and one button.
import { css } from 'lit';

export const cardFrame = css`
  /* Cards beside each other are of one height. */
  :host {
    block-size: 100%;
  }
  .card {
    display: grid;
    align-content: start;
    gap: 4px;
    block-size: 100%;
    padding: 6px 8px 8px;
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    color: var(--fc-text);
    box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    font-size: 13.5px;
    font-weight: 600;
    line-height: 1.2;
  }
  .head strong {
    padding: 3px 8px;
    border-radius: 999px;
    background: #b3261e;
    color: #fff;
    font-size: 13px;
    white-space: nowrap;
  }
  .head .end {
    margin-inline-start: auto;
    color: var(--fc-price);
  }
  .clock {
    font-size: 16px;
    font-weight: 750;
    font-variant-numeric: tabular-nums;
  }
  .countdown .head strong {
    background: #6b4300;
  }
  .over .head strong {
    background: #59625c;
  }
  .body {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .body .picture {
    inline-size: 56px;
    flex: none;
  }
  .open {
    appearance: none;
    display: flex;
    flex: 1;
    align-items: center;
    gap: 10px;
    min-inline-size: 0;
    min-block-size: 52px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  .words {
    display: grid;
    flex: 1;
    gap: 1px;
    min-inline-size: 0;
  }
  .name {
    overflow: hidden;
    font-size: 15px;
    font-weight: 600;
    line-height: 1.25;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fine {
    color: var(--fc-muted);
    font-size: 12.5px;
    line-height: 1.25;
  }
  s {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .body .button {
    flex: none;
    min-inline-size: 76px;
    padding-inline: 12px;
  }
  .card :focus-visible {
    outline-color: var(--fc-accent);
  }
`;
