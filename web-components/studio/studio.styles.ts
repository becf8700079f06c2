// Owns how the studio's controls look in all its parts: big, few, readable in the sun. Sizes suit a thumb with a glove on.
import { css } from 'lit';

export const studioStyles = css`
  :host {
    --fc-shadow-key: inset 0 -2px 0 rgb(0 0 0 / 0.12);
  }
  button,
  input,
  a {
    font: inherit;
    touch-action: manipulation;
  }
  .act {
    appearance: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-block-size: 60px;
    min-inline-size: 56px;
    padding: 8px 18px;
    border: 2px solid var(--fc-field-line);
    border-radius: 16px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-size: 19px;
    font-weight: 700;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  .act.wide {
    inline-size: 100%;
  }
  .act.main {
    border-color: transparent;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .act.red {
    border-color: transparent;
    background: #b3261e;
    color: #fff;
  }
  .act.plain {
    border-color: transparent;
    background: transparent;
    color: var(--fc-accent);
  }
  .act.on {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .act:active {
    transform: translateY(1px);
    filter: brightness(0.95);
  }
  .act:disabled {
    border-color: var(--fc-line);
    background: var(--fc-sunken);
    color: var(--fc-muted);
    cursor: default;
    filter: none;
  }
  .icon {
    inline-size: 28px;
    block-size: 28px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 40px 20px;
    text-align: center;
  }
  .empty .icon {
    inline-size: 64px;
    block-size: 64px;
    color: var(--fc-accent);
    stroke-width: 1.4;
  }
  .empty h2 {
    font-size: 22px;
  }
  .empty p {
    color: var(--fc-muted);
    font-size: 17px;
  }
  .price {
    color: var(--fc-price);
    font-weight: 750;
  }
`;
