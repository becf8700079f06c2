// Owns how player, shelf and checkout are arranged: a phone's full picture with sheets over it, or picture beside shelf where there is room.
import { css } from 'lit';

export const liveStyles = css`
  :host {
    container: fieldcast-live / size;
    position: relative;
    inline-size: 100%;
    block-size: var(--fieldcast-height, min(100svh, 860px));
    min-block-size: 480px;
    overflow: hidden;
    contain: content;
    border-radius: var(--fieldcast-live-radius, var(--fc-radius));
    background: var(--fc-sunken);
  }
  fieldcast-show {
    display: contents;
  }
  .live {
    position: absolute;
    inset: 0;
  }
  fieldcast-player {
    --fieldcast-player-radius: 0;
    --fc-player-foot: 76px;
    --fc-heart-foot: max(14px, env(safe-area-inset-bottom));
    --fc-heart-side: 12px;
    position: absolute;
    inset: 0;
    aspect-ratio: auto;
    max-inline-size: none;
  }
  /* Captions move up with the sheet that covers their place. */
  :host([panel='shelf']) fieldcast-player {
    --fc-captions-sheet: calc(min(72%, 640px) + 8px);
  }
  :host([panel='checkout']) fieldcast-player {
    --fc-captions-sheet: calc(min(78%, 720px) + 8px);
  }
  :host([panel='chat']) fieldcast-player {
    --fc-captions-sheet: calc(min(54%, 520px) + 8px);
  }
  .dock {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    display: flex;
    gap: 10px;
    padding: 10px 12px max(14px, env(safe-area-inset-bottom));
  }
  /* Hearts stand beside it, in the player. */
  .dock.with-hearts {
    inset-inline-end: 60px;
  }
  .dock .button {
    min-block-size: 50px;
    padding-inline: 12px;
    border: 0;
    border-radius: 999px;
    box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
    white-space: nowrap;
  }
  .dock .to-shelf {
    flex: 1;
  }
  .dock .to-cart {
    inline-size: 50px;
  }
  /* On its corner: beside the cart it left a narrow page no room for the shelf's own words. */
  .dock .count {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -6px;
  }
  .dock :focus-visible {
    outline-color: #fff;
  }
  .dock .to-chat {
    flex: none;
    inline-size: 50px;
    block-size: 50px;
    padding: 0;
    border-radius: 999px;
    background: var(--fc-surface);
    box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
  }
  .beside {
    display: none;
  }
  .to-cart {
    position: relative;
  }
  .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: 22px;
    block-size: 22px;
    padding: 0 6px;
    border-radius: 999px;
    background: var(--fc-price);
    color: var(--fc-surface);
    font-size: 13px;
    font-weight: 700;
  }
  .panel {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    block-size: min(72%, 640px);
    border-radius: calc(var(--fc-radius) * 1.4) calc(var(--fc-radius) * 1.4) 0 0;
    background: var(--fc-surface);
    box-shadow: 0 -8px 32px rgb(0 0 0 / 0.3);
    overflow: hidden;
    display: flex;
    flex-direction: column;
    overscroll-behavior: contain;
  }
  .panel.tall {
    block-size: min(78%, 720px);
  }
  /* The picture is what people talk about. */
  .panel.chat {
    block-size: min(54%, 520px);
  }
  .panel > fieldcast-shelf,
  .panel > fieldcast-chat,
  .panel > fieldcast-checkout {
    flex: 1;
  }
  .panel-head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 54px;
    padding: 4px 8px 0 16px;
    flex: none;
  }
  .panel-head h2 {
    flex: 1;
    font-size: 19px;
  }
  .panel-head .small {
    font-size: 14px;
    font-weight: 400;
  }
  /* A product's own bar has the way back; only closing stays. */
  .in-product .panel-head {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    padding-inline: 0 8px;
    z-index: 1;
  }
  .in-product .panel-head h2 {
    display: none;
  }
  .panel:focus {
    outline: none;
  }
  .panel-foot {
    display: flex;
    flex: none;
    padding: 10px 16px max(12px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--fc-line);
  }
  .panel-foot .button {
    flex: 1;
  }
  .curtain {
    position: absolute;
    inset: 0;
    appearance: none;
    padding: 0;
    border: 0;
    background: transparent;
    cursor: default;
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel.rising {
      animation: fieldcast-rise 220ms cubic-bezier(0.2, 0.8, 0.2, 1);
    }
  }
  @keyframes fieldcast-rise {
    from {
      transform: translateY(40px);
      opacity: 0;
    }
  }

  @container fieldcast-live (min-width: 760px) {
    .live {
      display: grid;
      grid-template-columns: minmax(0, 1fr) clamp(340px, 36%, 440px);
    }
    :host([panel]) fieldcast-player {
      --fc-captions-sheet: initial;
    }
    fieldcast-player {
      --fc-player-foot: 8px;
      position: relative;
      inset: auto;
      block-size: 100%;
    }
    .dock,
    .curtain,
    .panel-head .close {
      display: none;
    }
    .panel,
    .panel.tall,
    .panel.chat {
      position: relative;
      inset: auto;
      grid-column: 2;
      grid-row: 1;
      block-size: 100%;
      border-radius: 0;
      box-shadow: none;
      border-inline-start: 1px solid var(--fc-line);
      animation: none;
    }
    .live.gated {
      grid-template-columns: minmax(0, 1fr);
    }
    .live:not(.gated) .panel.shelf[hidden] {
      display: flex !important;
    }
    .panel-head .beside {
      display: inline-flex;
    }
    .panel.checkout,
    .panel.chat {
      z-index: 1;
    }
  }
`;
