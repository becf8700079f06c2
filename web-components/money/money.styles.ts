// Owns how the pages of money look: large amounts, rows for a thumb, few colours, words that are read in the sun.
import { css } from 'lit';

export const moneyStyles = css`
  :host {
    color: var(--fc-text);
    font-size: 17px;
  }
  .frame {
    display: grid;
    gap: 12px;
    padding: 10px 12px 96px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .row.wrap {
    flex-wrap: wrap;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .head h2 {
    font-size: 20px;
  }
  .card {
    display: grid;
    gap: 10px;
    padding: 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .card.warm {
    border: 2px solid var(--fc-accent);
  }
  .card h3 {
    font-size: 18px;
  }
  .card h3.name {
    flex: 1;
    min-inline-size: 0;
    font-size: 20px;
  }
  .card img.code {
    inline-size: min(100%, 260px);
    block-size: auto;
    max-block-size: 320px;
    margin: 0 auto;
    object-fit: contain;
    border-radius: 12px;
    background: #fff;
  }
  .amount {
    font-size: 30px;
    font-weight: 750;
    line-height: 1.15;
  }
  .amount.small {
    font-size: 22px;
  }
  .price {
    color: var(--fc-price);
    font-weight: 750;
  }
  .good {
    color: var(--fc-accent);
    font-weight: 700;
  }
  .mark {
    padding: 3px 12px;
    border-radius: 999px;
    background: var(--fc-sunken);
    font-size: 15px;
    font-weight: 650;
  }
  .mark.warm {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .warning {
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .do {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .do .button,
  .big {
    flex: 1 1 auto;
    min-block-size: 56px;
    padding-inline: 14px;
    border-radius: 14px;
    font-size: 18px;
    font-weight: 700;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .choices .button {
    flex: 1 1 auto;
    min-block-size: 52px;
    padding-inline: 10px;
    font-size: 17px;
  }
  .row .big {
    flex: none;
    white-space: nowrap;
  }
  .choices.pairs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
  }
  .choices.list {
    display: grid;
  }
  .choices [aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .choices .told {
    justify-content: flex-start;
    padding: 12px;
    text-align: start;
    white-space: normal;
  }
  .told strong,
  .told .soft {
    display: block;
    line-height: 1.4;
  }
  .card .switch {
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
  }
  .switch:disabled {
    cursor: default;
  }
  .switch strong {
    font-size: 19px;
  }
  .switch:disabled .knob {
    opacity: 0.5;
  }
  .dates {
    display: grid;
    grid-template-columns: 56px 1fr 56px;
    align-items: center;
    text-align: center;
  }
  .dates h3 {
    font-size: 20px;
  }
  .dates .icon-button {
    inline-size: 56px;
    block-size: 56px;
  }
  .dates .icon-button:disabled {
    background: transparent;
    opacity: 0.35;
  }
  .sums {
    display: grid;
    gap: 8px;
  }
  .sums > div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 12px;
  }
  .sums dt {
    flex: 1;
    min-inline-size: 40%;
  }
  .sums dd {
    font-weight: 700;
    text-align: end;
  }
  .three {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 8px;
    text-align: center;
  }
  .three dt {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .three dd {
    font-size: 17px;
    font-weight: 700;
  }
  .three dd b {
    display: block;
    font-size: 24px;
  }
  .halves {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(112px, 1fr));
    align-items: end;
    gap: 10px;
  }
  .areas .up {
    flex: none;
    inline-size: 56px;
    justify-content: center;
    padding: 0;
  }
  .areas .up .icon {
    transform: rotate(-90deg);
  }
  .told {
    display: grid;
    gap: 2px;
    min-block-size: 56px;
    align-content: center;
  }
  .told .no {
    color: var(--fc-danger);
    font-size: 19px;
  }
  .lines {
    display: grid;
  }
  .lines li {
    display: flex;
    align-items: baseline;
    gap: 10px;
    padding: 10px 2px;
    border-block-start: 1px solid var(--fc-line);
  }
  .lines li:first-child {
    border-block-start: 0;
  }
  .lines time {
    flex: none;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .lines .sum {
    flex: none;
    font-weight: 700;
  }
  .lines .gone {
    text-decoration: line-through;
    color: var(--fc-muted);
  }
  .lines .button {
    align-self: center;
    font-size: 15px;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 999px;
    background: var(--fc-sunken);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--fc-sunken);
  }
  progress::-webkit-progress-value {
    background: var(--fc-price);
  }
  progress::-moz-progress-bar {
    background: var(--fc-price);
  }
  .pick {
    position: relative;
    overflow: hidden;
  }
  .pick input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .pick:focus-within {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .field label,
  .field .label {
    font-size: 16px;
  }
  .field input,
  .field select {
    min-block-size: 56px;
    font-size: 19px;
  }
  details summary {
    min-block-size: 48px;
    display: flex;
    align-items: center;
    justify-content: space-between;
    font-weight: 650;
    cursor: pointer;
  }
  details[open] summary {
    margin-block-end: 6px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 28px 16px;
    text-align: center;
  }
  .empty > .icon {
    inline-size: 56px;
    block-size: 56px;
    color: var(--fc-accent);
    stroke-width: 1.4;
  }
  .empty p {
    color: var(--fc-muted);
  }
  .notice-place {
    position: sticky;
    inset-block-end: 8px;
    z-index: 1;
    padding-inline: 12px;
  }
  .page {
    max-inline-size: 720px;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 8px 8px 16px;
    min-block-size: 56px;
    border-radius: 16px;
    background: #12201a;
    color: #fff;
    font-weight: 600;
  }
  .notice.fault {
    background: #7a1009;
  }
  .notice span {
    flex: 1;
  }
  @media (min-width: 900px) {
    .frame.wide {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      align-items: start;
    }
    .frame.wide > .whole {
      grid-column: 1 / -1;
    }
  }
`;
