// Owns how the console looks: on a desk everybody beside the one, on a phone the one below a strip of everybody.
import { css } from 'lit';

export const consoleStyles = css`
  :host {
    --fc-rehearsal: #6d3fc4;
    block-size: 100%;
    font-size: 16px;
  }
  .console {
    display: flex;
    flex-direction: column;
    gap: 10px;
    min-block-size: 0;
  }
  .head,
  .sums,
  .timer,
  .bar,
  .raised,
  .talk,
  .tabs {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .head {
    flex-wrap: wrap;
    justify-content: space-between;
    padding-inline: 12px;
  }
  .sums {
    gap: 12px;
    color: var(--fc-muted);
  }
  .sums .hand,
  .raised,
  .up-sign {
    background: #f6b73c;
    color: #3a2500;
  }
  .sums .hand {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px;
    border-radius: 999px;
  }
  .timer {
    gap: 4px;
    color: var(--fc-muted);
  }
  .timer .button {
    min-block-size: 44px;
    padding: 4px 10px;
    font-size: 15px;
    white-space: nowrap;
  }
  .timer strong {
    min-inline-size: 4em;
    color: var(--fc-text);
    font-size: 22px;
    text-align: center;
  }
  .timer.up strong {
    padding: 2px 12px;
    border-radius: 999px;
    background: var(--fc-live);
    color: #fff;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    gap: 8px;
    padding: 3px 12px;
  }
  .tile {
    appearance: none;
    position: relative;
    display: block;
    inline-size: 100%;
    aspect-ratio: 3 / 4;
    padding: 0;
    border: 0;
    border-radius: 14px;
    background: #1c211e;
    color: #fff;
    font: inherit;
    cursor: pointer;
    overflow: hidden;
  }
  .tile.chosen {
    box-shadow: 0 0 0 3px var(--fc-accent);
  }
  .tile.up {
    box-shadow: 0 0 0 3px #f6b73c;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .covered {
    visibility: hidden;
  }
  .why {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: 12px;
    color: #c9d1cb;
    font-size: 15px;
    text-align: center;
  }
  .badge {
    padding: 2px 8px;
    border-radius: 999px;
    background: var(--fc-live);
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 1.5;
  }
  .badge.rehearsal {
    background: var(--fc-rehearsal);
  }
  .tile .badge {
    position: absolute;
    inset: 6px auto auto 6px;
  }
  .up-sign {
    position: absolute;
    inset: 36px auto auto 6px;
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 2px 8px;
    border-radius: 999px;
    font-size: 13px;
    font-weight: 700;
  }
  .name {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    gap: 6px;
    align-items: center;
    padding: 18px 10px 7px;
    background: linear-gradient(transparent, rgb(0 0 0 / 0.75));
    font-weight: 650;
    text-align: start;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who small,
  .large h2 small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: 13px;
    font-weight: 400;
  }
  .ear {
    flex: none;
    color: #9be0b2;
  }
  .talks {
    position: absolute;
    inset: auto 6px 38px;
    padding: 2px 8px;
    border-radius: 8px;
    background: rgb(0 0 0 / 0.7);
    font-size: 13px;
  }
  .others {
    padding: 12px;
  }
  .others summary {
    min-block-size: 44px;
    align-content: center;
    color: var(--fc-muted);
    cursor: pointer;
  }
  .others li {
    display: flex;
    gap: 10px;
    align-items: center;
    padding-block: 4px;
  }
  .others li {
    flex-wrap: wrap;
  }
  /* The name is read before the buttons; they go below it where there is no room beside it. */
  .others .who {
    display: grid;
    flex: 1 1 160px;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 14px;
    font-weight: 400;
  }
  .pick {
    display: grid;
    gap: 8px;
    place-content: center;
    block-size: 100%;
    padding: 24px;
    color: var(--fc-muted);
    text-align: center;
  }
  .pick h2 {
    color: var(--fc-text);
    font-size: 20px;
  }
  .large {
    position: relative;
    aspect-ratio: 4 / 3;
    max-block-size: 38dvh;
    inline-size: 100%;
    background: #101411;
    overflow: hidden;
  }
  .large video {
    object-fit: contain;
  }
  .large .bar {
    position: absolute;
    inset: 0 0 auto;
    padding: 4px 10px 14px 4px;
    background: linear-gradient(rgb(0 0 0 / 0.75), rgb(0 0 0 / 0.55) 70%, transparent);
    color: #fff;
  }
  .large .bar .icon-button {
    background: transparent;
    color: #fff;
  }
  .large h2 {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 18px;
  }
  .sound {
    position: absolute;
    inset: auto 0 12px;
    inline-size: fit-content;
    margin-inline: auto;
  }
  .work {
    display: grid;
    gap: 10px;
    padding: 10px 12px 24px;
  }
  .raised {
    padding: 6px 6px 6px 12px;
    border-radius: 12px;
  }
  .raised strong {
    flex: 1;
  }
  .talk {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  }
  .talk .soft {
    grid-column: 1 / -1;
  }
  .hold {
    min-block-size: 60px;
    border-color: transparent;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-size: 18px;
    touch-action: none;
    -webkit-touch-callout: none;
  }
  .hold .label {
    display: grid;
    text-align: start;
  }
  .hold small {
    font-size: 13px;
    font-weight: 400;
  }
  @media (hover: none) {
    .hold small {
      display: none;
    }
  }
  .hold.on,
  .lock[aria-pressed='true'] {
    background: var(--fc-live) !important;
    color: #fff !important;
  }
  .tabs {
    gap: 0;
    border-block-end: 1px solid var(--fc-line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tabs button {
    appearance: none;
    flex: 1 0 auto;
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-block-size: 46px;
    padding: 6px 8px;
    border: 0;
    border-block-end: 3px solid transparent;
    background: transparent;
    color: var(--fc-muted);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .tabs [aria-selected='true'] {
    border-color: var(--fc-accent);
    color: var(--fc-accent);
  }
  .notice-place {
    position: fixed;
    z-index: 5;
    inset: auto 12px 12px;
    display: grid;
    justify-items: center;
    pointer-events: none;
  }
  .notice {
    display: flex;
    gap: 12px;
    align-items: center;
    max-inline-size: 520px;
    padding: 10px 14px;
    border-radius: 14px;
    background: #1d231f;
    color: #fff;
    box-shadow: var(--fc-shadow);
    pointer-events: auto;
  }
  .notice.fault {
    background: #8c1d18;
  }
  .notice .button {
    border-color: rgb(255 255 255 / 0.5);
    background: transparent;
    color: #fff;
  }
  @media (max-width: 859px) {
    .console:not(.has-large) .desk {
      display: none;
    }
    .has-large .tiles {
      display: flex;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .has-large .tiles li {
      flex: 0 0 84px;
    }
    /* What the coach does beside it has to be seen without scrolling. */
    .has-large .tile {
      aspect-ratio: 1;
    }
    .large {
      max-block-size: 28dvh;
    }
    .has-large .up-sign {
      inset: 6px auto auto 6px;
    }
    .has-large .tile .badge,
    .has-large .up-sign span,
    .has-large .others {
      display: none;
    }
    .has-large .timer.off {
      display: none;
    }
    .has-large .tile .why {
      place-items: start center;
      padding: 8px 2px;
      font-size: 12px;
    }
    .has-large .tile .name {
      padding: 14px 6px 4px;
      font-size: 13px;
    }
    .has-large .body {
      display: grid;
      /* A strip of twelve must not make the page as wide as itself. */
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
    }
    .others .who {
      flex-basis: 100%;
    }
    .others li .button {
      flex: 1;
    }
    .timer .button {
      padding-inline: 8px;
      font-size: 14px;
    }
    .tabs button {
      padding-inline: 4px;
      font-size: 14px;
    }
  }
  @media (min-width: 860px) {
    .console {
      block-size: 100%;
    }
    .body {
      flex: 1;
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(380px, 36%);
      min-block-size: 0;
    }
    .grid,
    .desk {
      min-block-size: 0;
      overflow-y: auto;
    }
    .desk {
      display: flex;
      flex-direction: column;
      overflow: hidden;
      border-inline-start: 1px solid var(--fc-line);
    }
    .desk > .pick {
      flex: 1;
    }
    .large {
      flex: none;
    }
    .work {
      flex: 1;
      display: flex;
      flex-direction: column;
      min-block-size: 0;
      padding-block-end: 0;
    }
    /* The button stays where the hand is. */
    .panel {
      flex: 1;
      min-block-size: 0;
      margin-inline: -12px;
      padding: 4px 12px 24px;
      overflow-y: auto;
    }
    .tiles {
      grid-template-columns: repeat(auto-fill, minmax(168px, 1fr));
    }
    /* Twelve fit on a small laptop without scrolling. */
    .tile {
      aspect-ratio: 1;
    }
    .large {
      max-block-size: 30dvh;
    }
  }
`;
