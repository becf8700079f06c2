// Owns how the replay looks: picture, start, big buttons in the middle, bar at the foot. Always dark, like the player around it.
import { css } from 'lit';

export const controlStyles = css`
  :host {
    --fc-focus: #fff;
    position: absolute;
    inset: 0;
    color: #fff;
  }
  .replay {
    position: absolute;
    inset: 0;
    color: #fff;
  }
  .poster,
  .veil,
  .shade {
    z-index: -1;
  }
  .veil,
  .shade,
  .picture-area {
    position: absolute;
    inset: 0;
  }
  .veil {
    background: rgb(10 17 13 / 0.5);
  }
  .shade {
    pointer-events: none;
    background:
      linear-gradient(to bottom, rgb(8 14 10 / 0.62), transparent 120px),
      linear-gradient(to top, rgb(8 14 10 / 0.78), rgb(8 14 10 / 0.5) 150px, transparent 300px);
  }
  .over {
    border: 0;
    background: var(--fc-scrim);
    color: #fff;
    /* An edge on dark pictures. */
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.22);
  }
  .over:not(:disabled):hover {
    background: rgb(12 18 14 / 0.88);
  }
  .sign text {
    fill: currentColor;
    stroke: none;
    font: 700 7.500px/1 var(--fc-font);
    text-anchor: middle;
  }

  .start {
    position: absolute;
    inset: 84px 16px calc(var(--fc-player-foot, 0px) + 24px);
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    text-align: center;
  }
  .start h2 {
    font-size: 22px;
  }
  .start p {
    color: rgb(255 255 255 / 0.92);
    font-size: 17px;
  }
  .tap {
    appearance: none;
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 8px 16px;
    border: 0;
    border-radius: var(--fc-radius);
    background: none;
    color: #fff;
    font: inherit;
    font-size: 22px;
    font-weight: 700;
    cursor: pointer;
    touch-action: manipulation;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: 92px;
    block-size: 92px;
    border-radius: 50%;
    background: #fff;
    color: #14201a;
    font-size: 34px;
    box-shadow: 0 4px 24px rgb(0 0 0 / 0.4);
  }
  .tap .icon {
    stroke-linejoin: round;
  }

  .side {
    position: absolute;
    inset-block-start: max(10px, env(safe-area-inset-top));
    inset-inline-end: 12px;
    display: flex;
    /* Two beside the title; a third comes below. */
    flex-wrap: wrap;
    justify-content: flex-end;
    max-inline-size: 96px;
    gap: 8px;
    z-index: 1;
  }
  .center {
    position: absolute;
    inset-inline: 0;
    /* Clear of the pins. */
    inset-block-start: calc((100% - var(--fc-player-foot, 0px) - 152px) / 2);
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 28px;
    transform: translateY(-50%);
    pointer-events: none;
  }
  .center > * {
    pointer-events: auto;
  }
  .skip {
    inline-size: 60px;
    block-size: 60px;
    font-size: 24px;
  }
  .toggle {
    inline-size: 80px;
    block-size: 80px;
    font-size: 30px;
  }
  .spinner {
    inline-size: 36px;
    block-size: 36px;
    border: 3px solid rgb(255 255 255 / 0.3);
    border-block-start-color: #fff;
    border-radius: 50%;
    animation: fieldcast-turn 1s linear infinite;
  }
  @keyframes fieldcast-turn {
    to {
      transform: rotate(1turn);
    }
  }

  .foot {
    position: absolute;
    inset-inline: 12px;
    inset-block-end: calc(var(--fc-player-foot, 0px) + 6px);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }
  .seek {
    position: relative;
    block-size: 44px;
  }
  .seek input {
    appearance: none;
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 44px;
    margin: 0;
    background: transparent;
    cursor: pointer;
    touch-action: none;
  }
  .seek input::-webkit-slider-thumb {
    appearance: none;
    inline-size: 22px;
    block-size: 22px;
    border: 0;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 6px rgb(0 0 0 / 0.5);
  }
  .seek input::-moz-range-thumb {
    inline-size: 22px;
    block-size: 22px;
    border: 0;
    border-radius: 50%;
    background: #fff;
  }
  .seek input:focus-visible {
    outline-offset: -6px;
    border-radius: 12px;
  }
  /* As wide as the middle of the thumb travels. */
  .track {
    position: absolute;
    inset: 19px 11px auto;
    block-size: 6px;
    border-radius: 3px;
    background: rgb(255 255 255 / 0.35);
    pointer-events: none;
  }
  .played {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: var(--at);
    border-radius: 3px;
    background: #fff;
  }
  .track .mark {
    position: absolute;
    inset-block-start: -3px;
    inset-inline-start: clamp(0px, calc(var(--at) - 2px), calc(100% - 4px));
    inline-size: 4px;
    block-size: 12px;
    border-radius: 2px;
    background: #ffd166;
    box-shadow: 0 0 0 1px rgb(8 14 10 / 0.6);
  }
  .bubble {
    position: absolute;
    inset-block-end: 46px;
    inset-inline-start: clamp(0px, calc(var(--at) - 60px), calc(100% - 160px));
    max-inline-size: 160px;
    overflow: hidden;
    padding: 6px 12px;
    border-radius: 10px;
    background: #fff;
    color: #14201a;
    font-size: 15px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .time {
    flex: 1;
    font-size: 16px;
    font-weight: 600;
    line-height: 1.25;
    text-shadow: 0 1px 3px rgb(0 0 0 / 0.6);
  }
  /* Below the time where both have no room. */
  .time .of {
    display: inline-block;
    white-space: nowrap;
    color: rgb(255 255 255 / 0.85);
    font-weight: 400;
  }
  .line .button {
    border-radius: 999px;
    padding-inline: 14px;
    white-space: nowrap;
  }
  .line .small {
    display: inline-grid;
    place-items: center;
    min-inline-size: 22px;
    block-size: 22px;
    padding: 0 5px;
    border-radius: 999px;
    background: rgb(255 255 255 / 0.22);
    font-size: 13px;
  }
  .rate {
    min-inline-size: 60px;
  }

  .fades {
    transition: opacity 240ms;
  }
  .calm .fades {
    opacity: 0;
    pointer-events: none;
  }
  .calm .fades * {
    pointer-events: none;
  }
  .calm .shade {
    background: linear-gradient(to bottom, rgb(8 14 10 / 0.5), transparent 120px);
  }

  @container fieldcast-player (min-width: 560px) {
    .skip {
      inline-size: 72px;
      block-size: 72px;
    }
    .toggle {
      inline-size: 96px;
      block-size: 96px;
    }
  }
`;
