// Owns how cards and scripts are edited on a phone: one column, one thing after the other.
import { css } from 'lit';

export const prompterFormStyles = css`
  :host {
    display: block;
    font-size: 17px;
  }
  .stack,
  form {
    display: grid;
    gap: 12px;
  }
  .tabs {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 6px;
  }
  .tabs .act,
  .choice .act {
    min-block-size: 52px;
    padding: 4px 8px;
    font-size: 17px;
  }
  .choice {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(128px, 1fr));
    gap: 8px;
  }
  h3 {
    font-size: 19px;
    font-weight: 700;
  }
  .hint {
    color: var(--fc-muted);
    font-size: 16px;
  }
  .list {
    display: grid;
    gap: 8px;
  }
  .list .act {
    justify-content: flex-start;
    inline-size: 100%;
    min-block-size: 64px;
    text-align: start;
  }
  .list .what {
    flex: 1;
    min-inline-size: 0;
    display: grid;
  }
  .list small {
    color: var(--fc-muted);
    font-size: 16px;
    font-weight: 500;
  }
  .pictured {
    inline-size: 48px;
    block-size: 48px;
    flex: none;
    border-radius: 10px;
    overflow: hidden;
  }
  label {
    display: grid;
    gap: 4px;
    font-weight: 650;
  }
  input,
  textarea,
  select {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 52px;
    padding: 8px 14px;
    border: 2px solid var(--fc-field-line);
    border-radius: 14px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font: inherit;
    font-size: 18px;
    font-weight: 400;
  }
  textarea {
    line-height: 1.4;
  }
  fieldset {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 12px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
  }
  legend {
    padding: 0 6px;
    font-weight: 700;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .row {
    display: flex;
    gap: 8px;
  }
  .row > .act {
    flex: 1;
    padding: 4px 8px;
    font-size: 17px;
  }
  .way-back {
    justify-content: flex-start;
  }
  .keys {
    grid-template-columns: 1fr 1fr;
    background: var(--fc-sunken);
  }
  .keys .hint {
    grid-column: 1 / -1;
  }
  .keys .act {
    display: grid;
    gap: 2px;
    justify-items: start;
    justify-content: start;
    align-content: center;
    min-block-size: 52px;
    padding: 6px 10px;
    border-radius: 12px;
    font-size: 16px;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .keys code {
    color: var(--fc-muted);
    font-size: 13px;
    font-weight: 400;
  }
  .keys small {
    color: var(--fc-accent);
    font-size: 15px;
    font-weight: 500;
  }
  .reads {
    padding-inline-start: 4px;
    color: var(--fc-accent);
    font-size: 16px;
    font-weight: 400;
  }
  .fault {
    color: var(--fc-danger);
    font-weight: 650;
  }
  .note {
    padding: 10px 12px;
    border-radius: 14px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  summary {
    display: flex;
    align-items: center;
    min-block-size: 52px;
    font-weight: 700;
    cursor: pointer;
  }
`;
