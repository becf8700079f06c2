// Owns how the order desk looks: cards for a thumb on a phone, rows for a mouse where there is room.
import { css } from 'lit';

export const ordersStyles = css`
  :host {
    color: var(--fc-text);
    font-size: 17px;
    container-type: inline-size;
  }
  .desk {
    position: relative;
    min-block-size: 100%;
    padding: 10px 12px 24px;
  }
  .find {
    display: flex;
    gap: 8px;
    margin-block-end: 10px;
  }
  .find input,
  .point input {
    flex: 1;
    min-inline-size: 0;
  }
  .find input {
    min-block-size: 48px;
    padding: 8px 14px;
    border: 1px solid var(--fc-field-line);
    border-radius: 999px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
  }
  .tools {
    inline-size: 48px;
    block-size: 48px;
  }
  .queues {
    display: flex;
    gap: 8px;
    margin: 0 -12px 10px;
    padding: 2px 12px 6px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .queue {
    flex: none;
    min-block-size: 48px;
    padding: 6px 14px;
    border-radius: 999px;
  }
  .queue[aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .queue.problems .count,
  .queue.claimed .count {
    background: var(--fc-live);
    color: #fff;
  }
  .count {
    min-inline-size: 26px;
    padding: 2px 7px;
    border-radius: 999px;
    background: var(--fc-sunken);
    color: var(--fc-text);
    font-size: 15px;
    font-weight: 700;
  }
  .found {
    margin-block-end: 10px;
    color: var(--fc-muted);
  }
  .all {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    padding-inline: 4px 12px;
    font-size: 16px;
    cursor: pointer;
  }
  input[type='checkbox'] {
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    flex: none;
    accent-color: var(--fc-accent);
  }
  .orders {
    display: grid;
    gap: 12px;
    margin-block-end: 12px;
  }
  li.order {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 10px 14px 14px;
    border: 1px solid var(--fc-line);
    border-radius: 18px;
    background: var(--fc-surface);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 270px;
  }
  li.order.selected {
    border-color: var(--fc-accent);
    box-shadow: inset 0 0 0 1px var(--fc-accent);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .top h3 {
    font-size: 20px;
    font-weight: 700;
    white-space: nowrap;
  }
  .top time {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .tick {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin: 0 -6px 0 -11px;
    cursor: pointer;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
    padding: 4px 12px;
    border-radius: 999px;
    background: var(--fc-sunken);
    font-size: 15px;
    font-weight: 700;
  }
  .placed .state {
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .state .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .lines {
    display: grid;
    gap: 2px;
    font-size: 18px;
  }
  .lines li {
    display: flex;
    gap: 8px;
  }
  .lines b {
    min-inline-size: 42px;
  }
  .lines small {
    display: block;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .who small {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .note {
    margin-block-start: 4px;
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
    unicode-bidi: plaintext;
  }
  .pay {
    display: grid;
    gap: 6px;
    align-content: start;
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 4px 10px;
    font-size: 20px;
  }
  .sum small {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .price {
    color: var(--fc-price);
    font-weight: 750;
  }
  .mark {
    padding: 1px 10px;
    border-radius: 999px;
    background: var(--fc-sunken);
    color: var(--fc-text);
    font-weight: 600;
  }
  .mark.played {
    background: #6d3fc4;
    color: #fff;
  }
  .mark.paid {
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .mark.claimed,
  .mark.lost {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .parcel,
  .alert {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 16px;
  }
  .alert {
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .do {
    display: flex;
    gap: 8px;
    align-self: end;
  }
  .do .button {
    min-block-size: 52px;
  }
  .do .step {
    flex: 1;
    padding-inline: 8px;
    font-size: 18px;
    white-space: nowrap;
  }
  .do .call,
  .do .more {
    inline-size: 56px;
    padding: 0;
  }
  .do .more {
    margin-inline-start: auto;
  }
  .button.wide {
    min-block-size: 52px;
  }
  .foot {
    position: sticky;
    inset-block-end: 8px;
    z-index: 1;
    display: grid;
    gap: 8px;
  }
  .batch {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 8px 8px 10px 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
    box-shadow: var(--fc-shadow);
  }
  .batch-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex: none;
  }
  .batch-do {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    flex: 1;
  }
  .batch-do .button {
    flex: 1 1 auto;
    padding-inline: 12px;
  }
  .batch-do .primary {
    flex-basis: 100%;
    min-block-size: 52px;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 6px 6px 16px;
    min-block-size: 56px;
    border-radius: 16px;
    background: #12201a;
    color: #fff;
    font-weight: 600;
  }
  .notice.fault {
    background: #7a1009;
  }
  .notice > span {
    flex: 1;
  }
  .notice .icon-button {
    color: inherit;
  }
  .notice .icon-button:hover {
    background: rgb(255 255 255 / 0.16);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 36px 16px;
    text-align: center;
  }
  .empty > .icon {
    inline-size: 60px;
    block-size: 60px;
    color: var(--fc-accent);
    stroke-width: 1.4;
  }
  .empty h3 {
    font-size: 20px;
  }
  .empty p {
    color: var(--fc-muted);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-end: 10px;
  }
  .head h2 {
    font-size: 20px;
  }
  .rows {
    display: grid;
    gap: 10px;
  }
  .card {
    display: grid;
    gap: 10px;
    padding: 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .card h3 {
    font-size: 18px;
  }
  .card legend {
    float: inline-start;
    inline-size: 100%;
    font-weight: 700;
  }
  .rows {
    gap: 0;
  }
  .rows li {
    padding: 8px 0;
    border-block-end: 1px solid var(--fc-line);
    unicode-bidi: plaintext;
  }
  .rows .dead {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 10px;
  }
  .summary {
    font-weight: 700;
  }
  .file {
    cursor: pointer;
  }
  .file:focus-within {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .parcels {
    display: grid;
    gap: 12px;
    margin-block-start: 8px;
  }
  summary {
    min-block-size: 44px;
    align-content: center;
    cursor: pointer;
  }
  .point {
    display: grid;
    grid-template-columns: 1fr 44px;
    gap: 8px;
    align-items: end;
    padding-block-end: 12px;
    border-block-end: 1px solid var(--fc-line);
  }
  .point .field:first-child {
    grid-column: 1 / -1;
  }
  .ticks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 0 12px;
  }
  .tick-row {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 44px;
    cursor: pointer;
  }
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  dialog {
    position: fixed;
    inset: auto 0 0;
    inline-size: 100%;
    max-inline-size: 560px;
    max-block-size: 92dvh;
    margin: 0 auto;
    padding: 0;
    border: 0;
    border-radius: 22px 22px 0 0;
    background: var(--fc-surface);
    color: var(--fc-text);
    overflow: auto;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.6);
  }
  @media (min-width: 720px) {
    dialog {
      inset: 0;
      margin: auto;
      border-radius: 22px;
    }
  }
  .sheet-head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 8px 4px 20px;
  }
  .sheet-head h2 {
    flex: 1;
    font-size: 21px;
    font-weight: 700;
    outline: none;
  }
  .sheet-body {
    padding: 8px 16px calc(16px + env(safe-area-inset-bottom));
  }
  figure video {
    inline-size: 100%;
    max-block-size: 56dvh;
    border-radius: 14px;
    background: #000;
  }
  figcaption {
    padding-block: 8px;
  }
  .history li {
    display: flex;
    gap: 12px;
    padding: 10px 0;
    border-block-end: 1px solid var(--fc-line);
  }
  .history time {
    flex: none;
    color: var(--fc-muted);
    font-size: 15px;
  }
  @container (min-width: 720px) {
    .queues {
      flex-wrap: wrap;
    }
    .orders {
      gap: 8px;
    }
    li.order {
      grid-template-columns: 150px minmax(0, 1.2fr) minmax(0, 1.6fr) minmax(150px, 1fr);
      gap: 6px 18px;
      padding: 8px 14px;
      border-radius: 14px;
      contain-intrinsic-block-size: auto 120px;
    }
    .top {
      grid-row: 1 / 3;
      align-content: start;
      gap: 0 8px;
    }
    .top h3 {
      flex: 1 0 60%;
      font-size: 18px;
    }
    .top time,
    .state {
      margin-inline: 33px auto;
    }
    .lines,
    .who {
      grid-row: 1 / 3;
      padding-block-start: 9px;
      font-size: 16px;
    }
    .pay {
      padding-block-start: 9px;
    }
    .sum {
      font-size: 18px;
    }
    .do {
      grid-column: 4;
      justify-content: flex-end;
    }
    .do .button {
      min-block-size: 44px;
    }
    .do .step {
      flex: 0 1 auto;
      padding-inline: 14px;
      font-size: 16px;
    }
    .do .call,
    .do .more {
      inline-size: 44px;
      margin: 0;
    }
    .stack {
      max-inline-size: 640px;
    }
    .batch {
      flex-direction: row;
      align-items: center;
      gap: 16px;
    }
    .batch-do .button,
    .batch-do .primary {
      flex: 0 1 auto;
      min-block-size: 44px;
    }
  }
  @container (min-width: 960px) {
    li.order {
      grid-template-columns: 150px minmax(0, 1.1fr) minmax(0, 1.5fr) minmax(170px, 1fr) max-content;
    }
    .top,
    .lines,
    .who {
      grid-row: 1;
    }
    .do {
      grid-column: 5;
      align-self: start;
    }
  }
`;
