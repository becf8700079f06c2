// Owns how the report looks on a phone, on a desk, and on one sheet of paper.
import { css } from 'lit';

export const reportStyles = css`
  :host {
    display: block;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-variant-numeric: tabular-nums;
  }
  article {
    display: grid;
    gap: 20px;
    max-inline-size: 960px;
    margin: 0 auto;
    padding: 20px 16px 32px;
  }
  header {
    display: grid;
    gap: 14px;
  }
  h1,
  h2,
  p {
    margin: 0;
  }
  h1 {
    font-size: clamp(24px, 5vw, 34px);
    line-height: 1.2;
  }
  h2 {
    margin-block-end: 8px;
    font-size: 20px;
  }
  .kicker {
    color: var(--fc-accent);
    font-weight: 700;
  }
  .muted,
  small {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    align-items: center;
  }
  .switch {
    display: flex;
    gap: 10px;
    align-items: center;
    min-block-size: 44px;
    cursor: pointer;
  }
  .switch input {
    inline-size: 22px;
    block-size: 22px;
    flex: none;
  }
  .switch small {
    display: block;
  }
  .note {
    padding: 10px 14px;
    border-radius: 12px;
    background: var(--fc-accent-soft);
  }
  .lead {
    display: grid;
    gap: 6px;
    font-size: 17px;
  }
  .lead .large {
    font-size: clamp(20px, 3.6vw, 26px);
    font-weight: 700;
    line-height: 1.35;
  }
  .advice {
    padding: 16px;
    border: 2px solid var(--fc-accent);
    border-radius: 16px;
  }
  .advice ol {
    display: grid;
    gap: 12px;
    margin: 0;
    padding-inline-start: 26px;
    list-style: decimal;
    font-size: 17px;
  }
  .advice li::marker {
    font-weight: 700;
  }
  .advice strong,
  .advice span {
    display: block;
  }
  section {
    min-inline-size: 0;
  }
  .two {
    display: grid;
    gap: 20px;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr));
  }
  .both {
    display: grid;
    align-content: start;
    gap: 20px;
    min-inline-size: 0;
  }
  .funnel,
  .plain {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .funnel li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 10px;
  }
  .funnel i {
    grid-column: 1 / -1;
    block-size: 8px;
    border-radius: 4px;
    background: var(--fc-sunken);
  }
  .funnel em {
    display: block;
    block-size: 100%;
    min-inline-size: 2px;
    border-radius: 4px;
    background: var(--fc-accent);
  }
  .funnel small {
    grid-column: 1 / -1;
    font-size: 14px;
  }
  .plain li {
    padding-block: 4px;
    border-block-end: 1px solid var(--fc-line);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 16px;
  }
  th,
  td {
    padding: 6px 8px;
    border-block-end: 1px solid var(--fc-line);
    text-align: end;
    font-weight: 400;
    overflow-wrap: normal;
  }
  td {
    white-space: nowrap;
  }
  td.start {
    white-space: normal;
  }
  thead th {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .start,
  tbody th {
    text-align: start;
  }
  .up {
    color: light-dark(#1b6e2b, #7fd48a);
  }
  .down {
    color: light-dark(#a3341f, #ffb0a8);
  }
  .trend-figure {
    --trend-line: light-dark(#1b6e2b, #7fd48a);
    --trend-gone: light-dark(#c62828, #ff8f86);
  }
  summary {
    min-block-size: 44px;
    align-content: center;
    cursor: pointer;
  }
  .empty {
    padding: 40px 20px;
    text-align: center;
  }
  @media (max-width: 560px) {
    th,
    td {
      padding-inline: 4px;
      font-size: 15px;
    }
    thead th {
      font-size: 13px;
    }
    .goods thead {
      display: none;
    }
    .goods tr {
      display: grid;
      grid-template-columns: 1fr 1fr 1fr;
      padding-block: 8px;
      border-block-end: 1px solid var(--fc-line);
    }
    .goods.wrong tr {
      grid-template-columns: 1fr 1fr;
    }
    .goods th.start {
      grid-column: 1 / -1;
      font-weight: 650;
    }
    .goods td,
    .goods th {
      border: 0;
      padding: 2px 0;
      text-align: start;
    }
    .goods td::before {
      content: attr(data-head);
      display: block;
      color: var(--fc-muted);
      font-size: 13px;
    }
  }
  @media print {
    @page {
      size: A4;
      margin: 10mm;
    }
    .tools,
    details,
    .note {
      display: none;
    }
    /* Paper is white, whatever the screen is. */
    :host {
      color-scheme: light;
      background: #fff;
      color: #000;
    }
    article {
      gap: 8px;
      max-inline-size: none;
      padding: 0;
      font-size: 11px;
      line-height: 1.25;
    }
    h1 {
      font-size: 19px;
    }
    h2 {
      margin-block-end: 3px;
      font-size: 13px;
    }
    .lead,
    .advice ol,
    table,
    .funnel,
    .plain {
      font-size: 11px;
    }
    .lead .large {
      font-size: 15px;
    }
    .muted,
    small,
    thead th,
    .funnel small {
      font-size: 10px;
    }
    .advice {
      padding: 8px 10px;
      border-width: 1px;
    }
    .advice ol {
      gap: 4px;
    }
    .funnel {
      gap: 3px;
    }
    .funnel li {
      grid-template-columns: 11em 1fr 3em;
      align-items: center;
    }
    .funnel i {
      grid-area: 1 / 2;
    }
    .funnel b {
      text-align: end;
    }
    .funnel small {
      display: none;
    }
    .plain {
      gap: 0;
    }
    .plain li {
      padding-block: 2px;
    }
    .plain .drop:nth-child(n + 5) {
      display: none;
    }
    .both {
      gap: 8px;
    }
    .lead {
      gap: 2px;
    }
    .trend-figure figcaption {
      font-size: 10px;
    }
    th,
    td {
      padding: 2px 5px;
    }
    .two {
      gap: 12px;
      grid-template-columns: 1fr 1fr;
    }
    .goods tbody tr:nth-child(n + 9),
    .offers tbody tr:nth-child(n + 6),
    .wrong tbody tr:nth-child(n + 3),
    /* As much room as that takes. */
    article:has(.wrong) .goods:not(.offers) tbody tr:nth-child(n + 5) {
      display: none;
    }
    .trend-figure svg {
      max-block-size: 38mm;
    }
    section {
      break-inside: avoid;
    }
  }
`;
