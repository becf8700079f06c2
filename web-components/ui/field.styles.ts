// Owns how labelled fields look: `.field` around a label, an input or textarea, and its `.fault` text; `.stepper` for quantities.
import { css } from 'lit';

export const fieldStyles = css`
  .field {
    display: grid;
    gap: 6px;
  }
  .field label,
  .field .label {
    font-size: 14px;
    font-weight: 600;
  }
  .field input,
  .field textarea,
  .field select {
    inline-size: 100%;
    min-block-size: 48px;
    margin: 0;
    padding: 10px 12px;
    border: 1px solid var(--fc-field-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
    color: var(--fc-text);
    /* 16 px and more: iOS zooms the page into smaller fields. */
    font: inherit;
    font-size: 16px;
  }
  .field textarea {
    min-block-size: 76px;
    resize: vertical;
  }
  .field [aria-invalid='true'] {
    border-color: var(--fc-danger);
    box-shadow: inset 0 0 0 1px var(--fc-danger);
  }
  .field .fault {
    color: var(--fc-danger);
    font-size: 14px;
  }
  .stepper {
    display: inline-flex;
    align-items: center;
    border: 1px solid var(--fc-field-line);
    border-radius: var(--fc-radius-small);
  }
  .stepper output {
    min-inline-size: 2.2em;
    text-align: center;
    font-weight: 600;
  }
  .stepper .icon-button {
    border-radius: var(--fc-radius-small);
  }
  .stepper .icon-button:disabled {
    background: transparent;
    color: var(--fc-field-line);
  }
`;
