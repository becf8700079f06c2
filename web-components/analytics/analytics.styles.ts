// Owns how the explorer looks, on a phone and on a desk.
import { css } from 'lit';

export const analyticsStyles = css`
  :host {
    display: block;
    background: var(--fc-surface);
    color: var(--fc-text);
  }
  .frame {
    display: grid;
    gap: 16px;
    padding: 16px;
    min-inline-size: 0;
  }
  .frame > * {
    min-inline-size: 0;
  }
  .views {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(84px, 1fr));
    gap: 8px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .views .button {
    padding-inline: 0;
    font-size: min(16px, 4.2vw);
  }
  .views .button[aria-pressed='true'],
  .views .button[aria-pressed='true']:hover {
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    border-color: transparent;
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr));
    gap: 12px;
  }
  .formula,
  .muted {
    margin: 4px 0 14px;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .scroll {
    max-block-size: 60vh;
    overflow: auto;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 15px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 8px 10px;
    border-block-end: 1px solid var(--fc-line);
    text-align: start;
    font-weight: 400;
    vertical-align: top;
    overflow-wrap: normal;
  }
  td {
    white-space: nowrap;
  }
  td.words {
    white-space: normal;
  }
  tbody th {
    min-inline-size: 7.4em;
  }
  @media (max-width: 560px) {
    .filters {
      grid-template-columns: 1fr 1fr;
    }
    .filters :is(input, select) {
      min-inline-size: 0;
      padding-inline: 8px;
    }
    .field:has(#seller, #show, #figure) {
      grid-column: 1 / -1;
    }
  }
  /* How it is counted stands below its figure where there is no room beside it. */
  @media (max-width: 560px) {
    .worded thead {
      display: none;
    }
    .worded tr {
      display: grid;
      grid-template-columns: 1fr auto;
      border-block-end: 1px solid var(--fc-line);
    }
    .worded th,
    .worded td {
      border: 0;
    }
    .worded td.words {
      grid-column: 1 / -1;
      padding-block-start: 0;
      color: var(--fc-muted);
    }
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--fc-sunken);
    font-weight: 650;
    white-space: nowrap;
  }
  tbody th {
    min-inline-size: 7em;
    font-weight: 600;
  }
  a {
    color: var(--fc-accent);
  }
  a.button.primary {
    color: var(--fc-on-accent);
  }
  summary {
    min-block-size: 44px;
    align-content: center;
    cursor: pointer;
  }
  .take {
    display: grid;
    gap: 10px;
    margin-block-start: 20px;
  }
  h2 {
    margin: 0;
    font-size: 17px;
  }
  .note {
    margin: 0;
    padding: 10px 14px;
    border-radius: 12px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .empty {
    padding: 32px 12px;
    text-align: center;
    color: var(--fc-muted);
  }
`;
