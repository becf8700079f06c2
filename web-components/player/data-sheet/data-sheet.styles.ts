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
`;
