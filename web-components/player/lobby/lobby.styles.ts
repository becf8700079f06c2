// Owns how the lobby looks over the dark stage: the code at the gate, the countdown, the share button.
import { css } from 'lit';

export const lobbyStyles = css`
  :host {
    --fc-focus: #fff;
    color: #fff;
  }
  .lobby {
    display: grid;
    grid-template-columns: minmax(0, auto);
    justify-content: center;
    justify-items: center;
    gap: 10px;
    color: #fff;
    text-align: center;
  }
  .lobby > *,
  .row > * {
    max-inline-size: 100%;
  }
  /* A host who is back in a moment was never away. */
  .late {
    animation: fieldcast-appear 400ms 1400ms both;
  }
  @keyframes fieldcast-appear {
    from {
      opacity: 0;
    }
  }
  .waits {
    font-variant-numeric: tabular-nums;
    font-weight: 650;
    color: #fff;
  }
  h2 {
    font-size: 22px;
  }
  p {
    max-inline-size: 30em;
    text-wrap: balance;
    color: rgb(255 255 255 / 0.88);
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    border-radius: 50%;
    background: rgb(255 255 255 / 0.14);
    font-size: 22px;
  }
  .emblem .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .over {
    border-color: transparent;
    background: rgb(12 18 14 / 0.68);
    color: #fff;
  }
  .over:not(:disabled, .primary):hover {
    background: rgb(12 18 14 / 0.85);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 10px;
    margin-block-start: 6px;
  }

  form {
    display: grid;
    gap: 10px;
    inline-size: min(300px, 100%);
    margin-block-start: 4px;
    padding: 14px;
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    color: var(--fc-text);
    --fc-focus: var(--fc-accent);
    text-align: start;
  }
  .code {
    letter-spacing: 0.12em;
    text-align: center;
    text-transform: uppercase;
  }
  .field .code {
    min-block-size: 56px;
    font-size: 22px;
    font-weight: 650;
  }
  .fine {
    font-size: 13.5px;
    line-height: 1.4;
    color: rgb(255 255 255 / 0.8);
  }

  .left {
    display: flex;
    gap: 8px;
    margin-block: 2px;
  }
  .left .part {
    display: grid;
    min-inline-size: 58px;
    padding: 8px 6px 6px;
    border-radius: 12px;
    background: rgb(255 255 255 / 0.14);
    color: #fff;
  }
  .left b {
    font-size: 26px;
    font-weight: 700;
    line-height: 1.15;
  }
  .left .part span {
    font-size: 12.5px;
    color: rgb(255 255 255 / 0.85);
  }

  .share {
    position: relative;
    display: block;
  }
  .link {
    inline-size: min(240px, 62vw);
    min-block-size: 44px;
    padding: 8px 10px;
    border: 0;
    border-radius: 10px;
    background: #fff;
    color: #14201a;
    font: inherit;
    font-size: 16px;
  }
  .bubble {
    position: absolute;
    inset-block-start: calc(100% + 6px);
    inset-inline-end: 0;
    z-index: 1;
    display: grid;
    gap: 6px;
    padding: 8px 12px;
    border-radius: 10px;
    background: rgb(12 18 14 / 0.9);
    color: #fff;
    font-size: 14px;
    white-space: nowrap;
  }
  :host([labelled]) .bubble {
    inset-inline: 50% auto;
    transform: translateX(-50%);
  }
`;
