// Owns how the player looks: picture behind, marks above, pins at the foot. Always dark, whatever the page's scheme.
import { css } from 'lit';

export const playerStyles = css`
  :host {
    --fc-focus: #fff;
    position: relative;
    overflow: hidden;
    aspect-ratio: 9 / 16;
    max-inline-size: 100%;
    border-radius: var(--fieldcast-player-radius, var(--fc-radius));
    background: #0e1511;
    container: fieldcast-player / inline-size;
    contain: content;
  }
  .stage {
    position: absolute;
    inset: 0;
    color: #fff;
    isolation: isolate;
  }
  /* Captions stand above what is at the foot: the dock, the replay's bar, one pin or several. */
  .stage {
    --fc-captions-foot: calc(var(--fc-player-foot, 0px) + var(--fc-controls, 0px) + 12px);
  }
  .stage:has(.pins .main) {
    --fc-captions-foot: calc(var(--fc-player-foot, 0px) + var(--fc-controls, 0px) + 104px);
  }
  .stage:has(.pins .more) {
    --fc-captions-foot: calc(var(--fc-player-foot, 0px) + var(--fc-controls, 0px) + 172px);
  }
  /* Where hearts stand above the pins, captions leave them their side. */
  .stage {
    --fc-captions-end: var(--fc-heart-side, 74px);
  }
  .replaying {
    --fc-captions-end: 12px;
  }
  .poster {
    z-index: -1;
  }
  .shade {
    position: absolute;
    inset: 0;
    z-index: -1;
    pointer-events: none;
    background:
      linear-gradient(to bottom, rgb(8 14 10 / 0.62), transparent 120px),
      linear-gradient(to top, rgb(8 14 10 / 0.6), transparent 260px);
  }
  .veil .shade {
    background: rgb(10 17 13 / 0.74);
  }
  .away .shade {
    transition: background-color 400ms 1400ms;
  }
  .stage:has(.pins) fieldcast-stills {
    --fc-stills-foot: 112px;
  }
  .stage:has(.pins .more) fieldcast-stills {
    --fc-stills-foot: 172px;
  }
  /* Room for the replay's bar below the pins, and for its buttons beside the title. */
  .replaying {
    --fc-controls: 112px;
  }
  .replaying .about {
    margin-inline-end: 104px;
  }

  .top {
    position: absolute;
    inset-block-start: max(10px, env(safe-area-inset-top));
    inset-inline: 12px;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: flex-start;
    gap: 8px;
  }
  .about {
    flex: 1 1 150px;
    min-inline-size: 0;
    display: grid;
    gap: 6px;
    justify-items: start;
  }
  .title {
    max-inline-size: 100%;
    font-size: 15px;
    font-weight: 650;
    line-height: 1.3;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    text-shadow: 0 1px 3px rgb(0 0 0 / 0.6);
  }
  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 24px;
    padding: 0 9px;
    border-radius: 999px;
    background: var(--fc-scrim);
    color: #fff;
    font-size: 12.5px;
    font-weight: 600;
    white-space: nowrap;
  }
  .mark.on-air {
    background: var(--fc-live);
    letter-spacing: 0.04em;
  }
  .mark.on-air::before {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: #fff;
  }
  .mark .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .over {
    border: 0;
    background: var(--fc-scrim);
    color: #fff;
  }
  .over:not(:disabled, .primary):hover {
    background: rgb(12 18 14 / 0.85);
  }
  .sound {
    border-radius: 999px;
    flex: none;
    white-space: nowrap;
  }
  .sound.primary {
    background: #fff;
    color: #14201a;
  }

  .middle {
    position: absolute;
    inset: 84px 16px calc(var(--fc-player-foot, 0px) + 24px);
    display: grid;
    grid-template-columns: minmax(0, auto);
    place-content: center;
    justify-items: center;
    gap: 10px;
    text-align: center;
    pointer-events: none;
  }
  .stage:has(.pins) .middle {
    inset-block-end: calc(var(--fc-player-foot, 0px) + var(--fc-controls, 0px) + 164px);
  }
  .middle > * {
    max-inline-size: 100%;
    pointer-events: auto;
  }
  .middle h2 {
    font-size: 22px;
  }
  .middle p {
    max-inline-size: 30em;
    color: rgb(255 255 255 / 0.88);
  }
  .middle .emblem {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    border-radius: 50%;
    background: rgb(255 255 255 / 0.14);
    font-size: 22px;
  }
  .middle .button {
    margin-block-start: 6px;
  }
  .spinner {
    inline-size: 40px;
    block-size: 40px;
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
  .tap {
    inline-size: 76px;
    block-size: 76px;
    border-radius: 50%;
    background: #fff;
    color: #14201a;
    font-size: 26px;
  }
  .pins {
    position: absolute;
    inset-inline: 12px;
    inset-block-end: calc(var(--fc-player-foot, 0px) + var(--fc-controls, 0px) + 12px);
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 8px;
    max-inline-size: 420px;
  }
  .pin {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 52px;
    padding: 6px;
    padding-inline-end: 10px;
    border: 0;
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    color: var(--fc-text);
    font: inherit;
    text-align: start;
    cursor: pointer;
    box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
    touch-action: manipulation;
  }
  .pins li.main {
    grid-column: 1 / -1;
    animation: fieldcast-pin 260ms ease-out;
  }
  @keyframes fieldcast-pin {
    from {
      transform: translateY(12px);
      opacity: 0;
    }
  }
  .pin .picture {
    inline-size: 42px;
  }
  /* A price with its “from” has room beside the picture on a 360 px phone. */
  .more .pin {
    gap: 8px;
    padding-inline-end: 4px;
  }
  .more .pin .price {
    font-size: 13px;
  }
  .main .pin .picture {
    inline-size: 68px;
  }
  .pin .words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 1px;
    font-size: 14px;
    line-height: 1.3;
  }
  .pin .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .main .pin .name {
    font-size: 16px;
  }
  .pin .price {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pin .badges {
    display: flex;
    gap: 6px;
  }
  .pin .unit {
    color: var(--fc-muted);
    font-weight: 400;
    font-size: 0.86em;
  }
  .pin > .icon {
    color: var(--fc-muted);
  }

  @container fieldcast-player (min-width: 560px) {
    .middle h2 {
      font-size: 28px;
    }
    .title {
      font-size: 18px;
    }
  }
`;
