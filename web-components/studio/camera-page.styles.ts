// Owns how checks and controls stand on the picture: on solid ground, at the thumb's end.
import { css } from 'lit';

export const cameraPageStyles = css`
  /* What stands on the picture */
  .over {
    position: absolute;
    z-index: 2;
    inset: auto 0 0;
    display: grid;
    gap: 10px;
    padding: 12px;
    pointer-events: none;
  }
  .over > * {
    pointer-events: auto;
  }
  .panel {
    display: grid;
    gap: 10px;
    padding: 14px;
    border-radius: 20px;
    background: var(--fc-surface);
    color: var(--fc-text);
    box-shadow: 0 4px 24px rgb(0 0 0 / 0.35);
  }
  .strip {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 10px 14px;
    border-radius: 14px;
    background: #12201a;
    color: #fff;
    font-size: 18px;
    font-weight: 650;
  }
  .strip.warn {
    background: #ffd166;
    color: #2b1d00;
  }
  .strip small {
    display: block;
    font-size: 15px;
    font-weight: 500;
  }
  .strip .close {
    flex: none;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: inherit;
  }
  .strip .picture {
    inline-size: 48px;
    block-size: 48px;
  }
  .strip .words {
    flex: 1;
    min-inline-size: 0;
  }
  .tiles {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .tiles .act {
    flex-direction: column;
    gap: 4px;
    min-block-size: 76px;
    padding: 6px 2px;
    border-color: transparent;
    font-size: 16px;
  }
  .tiles .act[aria-pressed='true'] {
    background: #ffd166;
    color: #2b1d00;
  }

  /* Checks */
  .checks {
    display: flex;
    justify-content: space-between;
    gap: 4px;
  }
  .check {
    display: grid;
    justify-items: center;
    gap: 2px;
    flex: 1;
    min-inline-size: 0;
    font-size: 13px;
    font-weight: 650;
    text-align: center;
    white-space: nowrap;
  }
  :host(:lang(en)) .check {
    font-size: 12px;
  }
  .check .mark {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: var(--fc-sunken);
    color: var(--fc-muted);
  }
  .check.ok .mark {
    background: #1b7f43;
    color: #fff;
  }
  .check.warn .mark {
    background: #ffd166;
    color: #2b1d00;
  }
  .check.stop .mark {
    background: #b3261e;
    color: #fff;
  }
  .check .sign {
    position: absolute;
    inset: auto -4px -4px auto;
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    border: 2px solid var(--fc-surface);
    border-radius: 50%;
    background: inherit;
    color: inherit;
  }
  .check .sign .icon {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 3.4;
  }
  .advice {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 10px 12px;
    border-radius: 14px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .advice.stop {
    background: #fbe3e1;
    color: #7a1009;
  }
  .advice h3 {
    font-size: 19px;
    font-weight: 700;
  }
  .advice p {
    font-size: 16px;
  }
  .advice .icon {
    margin-block-start: 2px;
  }
  meter {
    inline-size: 100%;
    block-size: 22px;
  }
  .go {
    min-block-size: 84px;
    font-size: 27px;
    border-radius: 22px;
  }
  .go .icon {
    inline-size: 36px;
    block-size: 36px;
  }
  .go.live {
    border-color: transparent;
    background: #c81e2b;
    color: #fff;
  }
  .go.practise {
    border-color: transparent;
    background: #5b2aa8;
    color: #fff;
  }
  .go.live:disabled,
  .go.practise:disabled {
    background: var(--fc-sunken);
    color: var(--fc-muted);
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .two .act {
    gap: 6px;
    padding: 8px;
    font-size: 18px;
  }

  @media (orientation: landscape) and (max-height: 480px) {
    .tiles .act {
      min-block-size: 56px;
      flex-direction: row;
    }
    .go {
      min-block-size: 60px;
    }
  }
`;
