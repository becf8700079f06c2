// Owns how the panel of the played audience looks.
import { css } from 'lit';

export const audienceStyles = css`
  h3 {
    font-size: 16px;
    line-height: 1.3;
  }
  .scenarios {
    display: grid;
    gap: 8px;
  }
  .scenarios li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 10px;
    align-items: center;
    padding: 10px 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
  }
  .scenarios .title {
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .scenarios .about,
  .scenarios .foot {
    grid-column: 1 / -1;
  }
  .scenarios .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    align-items: center;
    color: var(--fc-muted);
    font-size: 14px;
  }
  .foot .facts {
    flex: 1;
    min-inline-size: 12em;
  }
  .foot .button {
    min-block-size: 44px;
    padding: 4px 12px;
    font-size: 14px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 20px;
  }
  .choice {
    display: flex;
    gap: 6px;
    align-items: center;
    border: 0;
    margin: 0;
    padding: 0;
  }
  .choice legend {
    float: inline-start;
    padding-inline-end: 4px;
    color: var(--fc-muted);
    font-size: 14px;
  }
  .choice .button {
    min-inline-size: 52px;
    min-block-size: 44px;
    padding: 4px 10px;
    font-size: 15px;
  }
  .choice .button[aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .run {
    display: grid;
    gap: 10px;
    padding: 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
  }
  .run .title {
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .run .state {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .run .time {
    font-size: 15px;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 4px;
    background: var(--fc-line);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--fc-line);
  }
  progress::-webkit-progress-value {
    background: var(--fc-accent);
  }
  progress::-moz-progress-bar {
    background: var(--fc-accent);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .log li {
    align-items: baseline;
    padding: 6px 10px;
  }
  .log .who {
    font-weight: 650;
  }
  .log .refused .what {
    color: var(--fc-muted);
    text-decoration: line-through;
  }
  .log .note {
    flex: none;
    color: var(--fc-muted);
    font-size: 13px;
  }
  select {
    min-block-size: 48px;
  }
  .faults {
    display: grid;
    gap: 6px;
    padding: 10px 12px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .faults li {
    overflow-wrap: anywhere;
  }
  .file {
    position: relative;
  }
  .file input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .file:focus-within {
    outline: 2px solid var(--fc-accent);
    outline-offset: 2px;
    border-radius: var(--fc-radius-small);
  }
`;
