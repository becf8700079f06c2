// Owns how the sheets over the replay look: what was shown when, and handing on a moment.
import { css } from 'lit';

export const listStyles = css`
  .curtain {
    position: absolute;
    inset: 0;
    z-index: 2;
    appearance: none;
    padding: 0;
    border: 0;
    background: rgb(8 14 10 / 0.4);
    cursor: default;
  }
  .sheet {
    --fc-focus: var(--fc-accent);
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    inset-block-end: 0;
    max-block-size: min(78%, 640px);
    padding-block-end: var(--fc-player-foot, 0px);
  }
  .chapters {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 8px;
  }
  .chapter {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 14px;
    inline-size: 100%;
    min-block-size: 76px;
    padding: 8px 14px 8px 8px;
    border: 0;
    border-radius: var(--fc-radius-small);
    background: transparent;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  .chapter[aria-current] {
    background: var(--fc-accent-soft);
  }
  .chapter:hover {
    background: var(--fc-sunken);
  }
  .chapter:focus-visible {
    outline-offset: -3px;
  }
  .thumbnail {
    position: relative;
    flex: none;
    inline-size: 60px;
    block-size: 60px;
    overflow: hidden;
    border-radius: var(--fc-radius-small);
  }
  .thumbnail > * {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .thumbnail > img {
    object-fit: cover;
  }
  .chapter .words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 2px;
  }
  .chapter .name {
    font-size: 17px;
    font-weight: 600;
    line-height: 1.3;
  }
  .chapter .at {
    color: var(--fc-muted);
  }
  .chapter .at b {
    color: var(--fc-accent);
  }
  .chapter > .icon {
    color: var(--fc-accent);
  }
  .sharing {
    display: grid;
    gap: 12px;
  }
  .address {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 0 12px;
    border: 1px solid var(--fc-field-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
    color: var(--fc-text);
    font: inherit;
  }
`;
