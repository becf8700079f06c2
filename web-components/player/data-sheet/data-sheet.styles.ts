// Owns how the sheet for the use of data looks over the foot of the picture.
import { css } from 'lit';

export const dataSheetStyles = css`
  :host {
    --fc-focus: var(--fc-accent);
    position: absolute;
    inset: 0;
    z-index: 3;
  }
  .curtain {
    position: absolute;
    inset: 0;
    appearance: none;
    padding: 0;
    border: 0;
    background: rgb(8 14 10 / 0.4);
    cursor: default;
  }
  .sheet {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    max-block-size: 86%;
    max-inline-size: 520px;
    margin-inline: auto;
    padding-block-end: var(--fc-player-foot, 0px);
  }
  .sheet-body {
    display: grid;
    gap: 10px;
    padding-block: 12px;
  }
  .now {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 2px 12px;
    font-size: 17px;
    font-weight: 650;
  }
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
  .per {
    margin-block-end: -4px;
    padding-inline-end: 12px;
    font-size: 14px;
    color: var(--fc-muted);
    text-align: end;
  }
  .mb {
    flex: none;
    font-weight: 600;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .fine {
    font-size: 14px;
    line-height: 1.4;
    color: var(--fc-muted);
  }
`;
