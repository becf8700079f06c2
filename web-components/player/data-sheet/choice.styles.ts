// Owns how choices of one look inside the sheet.
import { css } from 'lit';

export const choiceStyles = css`
  .muted {
    color: var(--fc-muted);
    font-size: 14px;
    font-weight: 400;
  }
  fieldset {
    display: grid;
    gap: 8px;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 56px;
    padding: 6px 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
    cursor: pointer;
    touch-action: manipulation;
  }
  .choice:has(:checked) {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
  }
  .choice:has(:focus-visible) {
    outline: 3px solid var(--fc-focus);
    outline-offset: 2px;
  }
  input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    accent-color: var(--fc-accent);
  }
  input:focus-visible {
    outline: none;
  }
  .what {
    flex: 1;
    display: grid;
    line-height: 1.3;
  }
  h3 {
    font-size: 17px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-block-size: 48px;
  }
  .grow {
    display: flex;
    gap: 8px;
    align-items: center;
    flex: 1 1 200px;
    font-size: 15px;
    line-height: 1.35;
  }
  .fine {
    font-size: 14px;
    line-height: 1.4;
    color: var(--fc-muted);
  }
`;
