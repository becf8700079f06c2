// Owns the rows that pages of staff are made of: a menu of places to go, a switch with its words, soft words below a strong one.
import { css } from 'lit';

export const rowStyles = css`
  .stack,
  .menu {
    display: grid;
    gap: 10px;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 15px;
    font-weight: 400;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 2px;
    text-align: start;
  }
  .menu button,
  .switch {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 64px;
    padding: 10px 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .menu .icon {
    inline-size: 26px;
    block-size: 26px;
    color: var(--fc-accent);
  }
  .knob {
    flex: none;
    position: relative;
    inline-size: 56px;
    block-size: 32px;
    border: 2px solid var(--fc-field-line);
    border-radius: 999px;
    background: var(--fc-sunken);
  }
  .knob::after {
    content: '';
    position: absolute;
    inset-block: 3px;
    inset-inline-start: 3px;
    inline-size: 22px;
    border-radius: 50%;
    background: var(--fc-field-line);
    transition: inset-inline-start 120ms;
  }
  .switch[aria-checked='true'] .knob {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
  }
  .switch[aria-checked='true'] .knob::after {
    inset-inline-start: 27px;
    background: var(--fc-on-accent);
  }
`;
