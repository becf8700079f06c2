// Owns how buttons and links that act look: `.button` (with `.primary`, `.quiet`, `.danger`, `.wide`) and `.icon-button`.
import { css } from 'lit';

export const buttonStyles = css`
  .button,
  .icon-button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    min-inline-size: 44px;
    margin: 0;
    padding: 8px 16px;
    border: 1px solid var(--fc-field-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
    color: var(--fc-text);
    font: inherit;
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    transition:
      background-color 120ms,
      transform 120ms;
  }
  .button:active,
  .icon-button:active {
    transform: scale(0.97);
  }
  .button.primary {
    border-color: transparent;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .button.quiet,
  .icon-button {
    border-color: transparent;
    background: transparent;
  }
  .button.quiet {
    color: var(--fc-accent);
  }
  .button.danger {
    border-color: currentColor;
    color: var(--fc-danger);
  }
  .button.wide {
    inline-size: 100%;
    min-block-size: 52px;
  }
  .button:disabled,
  .icon-button:disabled {
    border-color: transparent;
    background: var(--fc-sunken);
    color: var(--fc-muted);
    cursor: not-allowed;
    transform: none;
  }
  .icon-button {
    padding: 0;
    border-radius: 50%;
    flex: none;
  }
  .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (hover: hover) {
    .button:not(:disabled, .primary):hover,
    .icon-button:not(:disabled):hover {
      background: var(--fc-sunken);
    }
    .button.primary:not(:disabled):hover {
      filter: brightness(1.08);
    }
  }
`;
