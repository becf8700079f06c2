// Owns how the card over the picture looks: white on black, read at arm's length in the sun.
import { css } from 'lit';

export const cuesStyles = css`
  :host {
    position: relative;
    z-index: 3;
    flex: none;
    block-size: 0;
  }
  :host([place='bottom']) {
    order: 1;
    block-size: auto;
  }
  .card {
    position: absolute;
    inset: 8px 8px auto;
    display: grid;
    gap: 6px;
    padding: 6px 6px 10px 14px;
    border-radius: 18px;
    /* What is in the picture must not shine through what is read. */
    background: #0a120e;
    color: #fff;
    font-size: 17px;
  }
  /* Before the show the checks and the button under it come first. */
  :host([place='top']:not([live])) .card {
    max-block-size: 200px;
    overflow: auto;
  }
  :host([place='bottom']) .card {
    position: static;
    margin: 0;
    border-radius: 0;
    background: #0a120e;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .head .what {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 0;
    line-height: 1.2;
  }
  .head .what > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head strong {
    font-size: 18px;
  }
  /* Of several sizes the price of the first stands behind its name. */
  .head .what span {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    white-space: normal;
    color: #ffd166;
    font-weight: 700;
  }
  .key {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 48px;
    block-size: 48px;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  .key:disabled {
    opacity: 0.35;
  }
  .key.on {
    background: #ffd166;
    color: #2b1d00;
  }
  .key.down .icon {
    transform: rotate(90deg);
  }
  .key.up .icon {
    transform: rotate(-90deg);
  }
  .views,
  .run {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-inline-end: 8px;
  }
  .views button {
    appearance: none;
    flex: 1;
    min-block-size: 44px;
    border: 1px solid rgb(255 255 255 / 0.35);
    border-radius: 12px;
    background: transparent;
    color: inherit;
    font-weight: 650;
  }
  .views button[aria-pressed='true'] {
    background: #fff;
    color: #12201a;
  }
  .run .where {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    justify-items: center;
    text-align: center;
    line-height: 1.25;
  }
  .run .where small {
    font-size: 15px;
    color: #d5ddd8;
  }
  .run .late {
    color: #ffd166;
  }
  progress {
    inline-size: calc(100% - 8px);
    block-size: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: rgb(255 255 255 / 0.2);
    accent-color: #ffd166;
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: #ffd166;
  }
  .say {
    max-block-size: min(22dvh, 190px);
    overflow: auto;
    overscroll-behavior: contain;
    padding-inline-end: 8px;
    scroll-behavior: smooth;
  }
  .say li {
    margin-block-end: 0.35em;
    font-size: 22px;
    font-weight: 650;
    line-height: 1.35;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .card.runs .say {
    max-block-size: min(17dvh, 190px);
  }
  .card.larger .say li {
    font-size: 27px;
  }
  .card.largest .say li {
    font-size: 33px;
    line-height: 1.25;
  }
  .say li.past {
    opacity: 0.55;
  }
  .facts {
    display: flex;
    align-items: center;
    gap: 6px;
    overflow-x: auto;
    scrollbar-width: none;
    margin-inline-end: 8px;
  }
  .facts button {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 6px;
    flex: none;
    max-inline-size: 320px;
    min-block-size: 44px;
    padding: 4px 12px;
    border: 1px solid #ffd166;
    border-radius: 999px;
    background: transparent;
    color: #ffd166;
    font-size: 17px;
    font-weight: 650;
    text-align: start;
  }
  .facts button[aria-pressed='true'] {
    border-color: transparent;
    background: #1b7f43;
    color: #fff;
  }
  .facts .icon {
    inline-size: 20px;
    block-size: 20px;
  }
  .facts .ask {
    border-color: rgb(255 255 255 / 0.5);
    color: #fff;
  }
  .facts .ask[aria-pressed='true'] {
    background: #fff;
    color: #12201a;
  }
  dt {
    color: #ffd166;
    font-weight: 650;
  }
  dd {
    margin: 0 0 6px;
    font-size: 19px;
    line-height: 1.35;
  }
  .hint {
    margin-inline-end: 8px;
    color: #ffd166;
  }
  .warn {
    display: grid;
    gap: 8px;
    margin-inline-end: 8px;
    padding: 10px;
    border-radius: 12px;
    background: #ffd166;
    color: #2b1d00;
  }
  .chip {
    position: absolute;
    inset: 8px 8px auto auto;
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 4px 14px;
    border: 0;
    border-radius: 999px;
    background: rgb(10 18 14 / 0.85);
    color: #fff;
    font-size: 17px;
    font-weight: 650;
  }
  :host([place='bottom']) .chip {
    position: static;
    margin: 6px;
  }
  @media (orientation: landscape) and (max-height: 480px) {
    .card {
      inset: 4px auto auto 4px;
      inline-size: min(54%, 420px);
    }
    .say {
      max-block-size: 30dvh;
    }
  }
`;
