// Owns how an order's page looks.
import { css } from 'lit';

export const orderStyles = css`
  .order {
    display: grid;
    gap: 18px;
  }
  .head h2 {
    font-size: 21px;
  }
  .timeline {
    display: grid;
  }
  .step {
    display: grid;
    grid-template-columns: 28px 1fr auto;
    gap: 0 10px;
    min-block-size: 44px;
    color: var(--fc-muted);
  }
  .step .dot {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: start;
  }
  .step .dot::before {
    content: '';
    inline-size: 14px;
    block-size: 14px;
    margin-block-start: 4px;
    border: 2px solid var(--fc-field-line);
    border-radius: 50%;
    background: var(--fc-surface);
    z-index: 1;
  }
  .step:not(:last-child) .dot::after {
    content: '';
    position: absolute;
    inset-block: 10px -12px;
    border-inline-start: 2px solid var(--fc-line);
  }
  .step.done {
    color: var(--fc-text);
  }
  .step.done .dot::before {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
  }
  .step.done:not(:last-child) .dot::after {
    border-color: var(--fc-accent);
  }
  .step.now .word {
    font-weight: 700;
  }
  .step.stopped .dot::before {
    border-color: var(--fc-danger);
    background: var(--fc-danger);
  }
  .step time {
    font-size: 14px;
    color: var(--fc-muted);
    white-space: nowrap;
  }
  .block {
    display: grid;
    gap: 8px;
    padding: 14px 16px;
  }
  .block h3 {
    font-size: 15px;
    color: var(--fc-muted);
  }
  .line {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .lots {
    display: block;
    color: var(--fc-muted);
    font-size: 14px;
  }
  a.lots {
    inline-size: fit-content;
    padding-block: 12px;
    color: var(--fc-accent);
    font-weight: 600;
  }
  /* A long word of where the money is goes below its way, and does not crush it. */
  .line.money {
    flex-wrap: wrap;
    align-items: center;
  }
  .sum {
    font-weight: 700;
    border-block-start: 1px solid var(--fc-line);
    padding-block-start: 8px;
  }
  .to {
    white-space: pre-line;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px;
  }
`;
