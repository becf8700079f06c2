// Owns how cart, delivery form, an order on its way and its confirmation look.
import { css } from 'lit';

export const checkoutStyles = css`
  :host {
    container: fieldcast-checkout / inline-size;
    block-size: 100%;
    min-block-size: 0;
  }
  .checkout {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--fc-surface);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 52px;
    padding: 4px 8px 4px 16px;
    flex: none;
  }
  .head h2 {
    flex: 1;
    font-size: 19px;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    display: grid;
    align-content: start;
    gap: 16px;
    padding: 4px 16px 20px;
  }
  .line {
    display: grid;
    grid-template-columns: 64px minmax(0, 1fr) auto;
    column-gap: 12px;
    align-items: start;
    padding-block: 10px;
  }
  .line + .line {
    border-block-start: 1px solid var(--fc-line);
  }
  .line .picture {
    inline-size: 64px;
    grid-row: span 2;
  }
  .line .what {
    display: grid;
    gap: 2px;
    font-size: 15px;
  }
  .line .name {
    font-weight: 600;
  }
  .line .muted {
    font-size: 14px;
  }
  .line .sum {
    font-weight: 650;
    white-space: nowrap;
  }
  .line .tools {
    grid-column: 2 / -1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-block-start: 6px;
  }
  .line .fault {
    grid-column: 1 / -1;
    margin-block-start: 8px;
    align-items: center;
  }
  .line .fault span {
    flex: 1;
  }
  .remove {
    color: var(--fc-muted);
  }
  .block {
    display: grid;
    gap: 12px;
    padding: 14px 16px;
  }
  .block h3 {
    font-size: 16px;
  }
  .block-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 44px;
    margin: -8px -8px -8px 0;
  }
  .known {
    white-space: pre-line;
  }
  .fine {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    color: var(--fc-muted);
    font-size: 14px;
  }
  .fine .button {
    padding-inline: 0;
  }
  .pay {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .pay .icon {
    color: var(--fc-accent);
    inline-size: 26px;
    block-size: 26px;
  }
  .pay strong {
    display: block;
  }
  .pay > span {
    display: grid;
    flex: 1;
  }
  .ways {
    display: grid;
    gap: 8px;
  }
  .ways legend {
    padding: 0 0 8px;
    font-size: 16px;
    font-weight: 650;
  }
  .way {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 64px;
    padding: 10px 14px;
    cursor: pointer;
    touch-action: manipulation;
  }
  .way > span {
    flex: 1;
    display: grid;
  }
  .way .muted {
    font-size: 14px;
  }
  .way .icon {
    flex: none;
    inline-size: 26px;
    block-size: 26px;
    color: var(--fc-accent);
  }
  .way input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    accent-color: var(--fc-accent);
  }
  .way.chosen {
    border-color: var(--fc-accent);
    box-shadow: inset 0 0 0 1px var(--fc-accent);
    background: var(--fc-accent-soft);
  }
  .way:focus-within {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .way input:focus-visible {
    outline: none;
  }
  .sums {
    gap: 6px;
  }
  .sum-line {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }
  .small {
    font-size: 14px;
  }
  .foot {
    flex: none;
    display: grid;
    gap: 8px;
    padding: 12px 16px max(12px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--fc-line);
    background: var(--fc-surface);
  }
  .total {
    display: flex;
    justify-content: space-between;
    font-size: 17px;
    font-weight: 650;
  }
  .empty,
  .done {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 36px 20px;
    text-align: center;
  }
  .empty > .icon {
    inline-size: 48px;
    block-size: 48px;
    stroke-width: 1.2;
    color: var(--fc-muted);
  }
  .done h2 {
    font-size: 21px;
  }
  .done .tick {
    display: grid;
    place-items: center;
    inline-size: 68px;
    block-size: 68px;
    border-radius: 50%;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-size: 26px;
  }
  .done .number {
    font-size: 18px;
    font-weight: 650;
  }
  .done .button {
    min-inline-size: 220px;
  }
  .pending {
    align-items: center;
  }
  .pending p {
    flex: 1;
  }
  .pending strong {
    display: block;
  }
  .spinner {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border: 3px solid color-mix(in srgb, currentColor 25%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: fieldcast-turn 1s linear infinite;
  }
  @keyframes fieldcast-turn {
    to {
      transform: rotate(1turn);
    }
  }
  .orders {
    display: grid;
    gap: 4px;
  }
  .orders .button {
    justify-content: space-between;
    inline-size: 100%;
    padding-inline: 0;
  }
`;
