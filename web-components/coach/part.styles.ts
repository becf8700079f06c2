// Owns how the sections under the large picture look.
import { css } from 'lit';

export const partStyles = css`
  :host {
    display: block;
    font-size: 16px;
  }
  .stack {
    display: grid;
    gap: 12px;
  }
  .row {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .chips {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
    gap: 8px;
  }
  .chips .button {
    justify-content: flex-start;
    min-block-size: 48px;
    padding-inline: 12px;
    text-align: start;
  }
  .chips .icon {
    color: var(--fc-accent);
  }
  .list {
    display: grid;
    gap: 6px;
  }
  .list li {
    display: flex;
    gap: 10px;
    align-items: center;
    padding: 8px 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
  }
  .list .what {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .time {
    flex: none;
    min-inline-size: 3.2em;
    color: var(--fc-muted);
    font-variant-numeric: tabular-nums;
  }
  .seen {
    color: var(--fc-accent);
    white-space: nowrap;
    font-size: 14px;
  }
  .warm {
    padding: 10px 12px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .pictured {
    inline-size: 44px;
    block-size: 44px;
    flex: none;
    border-radius: 8px;
    overflow: hidden;
  }
`;
