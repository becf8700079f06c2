// Owns how looking back looks: the recording beside the sheet, the sheet alone on paper.
import { css } from 'lit';

export const reviewStyles = css`
  :host {
    display: block;
    color: var(--fc-text);
    font-size: 16px;
  }
  .stack {
    display: grid;
    gap: 12px;
    align-content: start;
  }
  .pad {
    padding: 0 12px 24px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 15px;
  }
  h2 {
    font-size: 20px;
    line-height: 1.25;
  }
  h3 {
    font-size: 17px;
  }
  .list {
    display: grid;
    gap: 8px;
  }
  .list .button {
    justify-content: flex-start;
    inline-size: 100%;
    min-block-size: 60px;
    text-align: start;
  }
  .sides {
    display: grid;
    gap: 16px;
  }
  .side {
    display: grid;
    gap: 16px;
    align-content: start;
    min-inline-size: 0;
  }
  @media (min-width: 860px) {
    .sides {
      grid-template-columns: minmax(280px, 400px) 1fr;
      align-items: start;
    }
    .side.left {
      position: sticky;
      inset-block-start: 8px;
    }
  }
  video {
    display: block;
    inline-size: 100%;
    max-block-size: 62dvh;
    border-radius: 14px;
    background: #0b0f0d;
  }
  .card {
    display: grid;
    gap: 8px;
    padding: 12px;
    border: 1px solid var(--fc-line);
    border-radius: 14px;
    background: var(--fc-surface);
  }
  .card > .top {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .card > .top h3 {
    flex: 1;
  }
  .level {
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
    font-weight: 650;
    white-space: nowrap;
  }
  .level.none {
    background: var(--fc-sunken);
    color: var(--fc-muted);
    font-weight: 400;
  }
  .five {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    gap: 6px;
  }
  .five .button {
    min-block-size: 48px;
    padding: 0;
    font-size: 19px;
    font-weight: 700;
    justify-content: center;
  }
  .five .button.on {
    border-color: transparent;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .marks {
    display: grid;
    gap: 6px;
  }
  .marks li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .marks .at {
    flex: none;
    min-inline-size: 108px;
    justify-content: flex-start;
    font-variant-numeric: tabular-nums;
  }
  .marks .what {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  textarea,
  input,
  select {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 8px 12px;
    border: 1px solid var(--fc-field-line);
    border-radius: 12px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
  }
  label {
    display: grid;
    gap: 4px;
    font-weight: 650;
  }
  label :is(.soft, textarea, input, select) {
    font-weight: 400;
  }
  .notice-place {
    position: sticky;
    inset-block-end: 8px;
    z-index: 2;
  }
  .told {
    flex: 1 1 14em;
  }
  .shared {
    color: var(--fc-accent);
    font-weight: 650;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .scroll {
    overflow-x: auto;
  }
  th,
  td {
    padding: 8px 6px;
    border-block-end: 1px solid var(--fc-line);
    text-align: start;
    vertical-align: top;
  }
  th {
    font-size: 15px;
    font-weight: 650;
  }
  tr.now {
    background: var(--fc-accent-soft);
  }
  .printed {
    display: none;
  }
  .fault {
    color: var(--fc-danger);
  }
  @media print {
    :host {
      font-size: 12pt;
      color: #000;
    }
    .screen,
    .button,
    .icon-button,
    textarea,
    video {
      display: none !important;
    }
    .printed {
      display: block;
    }
    .sides {
      display: block;
    }
    .side.left {
      position: static;
    }
    .card {
      margin-block-end: 8px;
      break-inside: avoid;
    }
    .level {
      border: 1px solid #000;
      background: none;
      color: #000;
    }
    .marks .button.at {
      display: inline !important;
      border: 0;
      padding: 0;
    }
  }
`;
