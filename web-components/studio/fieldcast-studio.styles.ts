// Owns the studio's frame: the line at the top, the picture that fills the phone, the line at the bottom, what was just done.
import { css } from 'lit';

export const studioFrameStyles = css`
  :host {
    /* Always light: a dark screen cannot be read in the sun. */
    color-scheme: light;
    display: block;
    position: relative;
    block-size: var(--fieldcast-studio-height, 100dvh);
    min-block-size: 420px;
    overflow: hidden;
    background: var(--fc-sunken);
  }
  @supports not (height: 100dvh) {
    :host {
      block-size: var(--fieldcast-studio-height, 100vh);
    }
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-inline-size: 560px;
    margin: 0 auto;
    background: var(--fc-sunken);
    color: var(--fc-text);
  }

  /* The line at the top */
  .bar {
    position: relative;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 64px;
    padding: 4px 10px;
    padding-block-start: max(4px, env(safe-area-inset-top));
    background: #12201a;
    color: #fff;
    flex: none;
  }
  .frame.small-video .bar {
    padding-inline-start: 62px;
  }
  .bar h2 {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 18px;
  }
  .facts {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    font-size: 17px;
    font-weight: 700;
  }
  .facts span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .facts .icon {
    inline-size: 22px;
    block-size: 22px;
  }
  .badge-live {
    padding: 3px 10px;
    border-radius: 8px;
    background: var(--fc-live);
    color: #fff;
    font-size: 15px;
    letter-spacing: 0.02em;
  }
  .badge-live.waiting {
    background: #ffd166;
    color: #2b1d00;
  }
  .light {
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    border: 2px solid #fff;
    background: #2fbf5b;
  }
  .light.fair {
    background: #ffc53d;
    border-radius: 3px;
  }
  .light.poor {
    background: #ff4d4f;
    border-radius: 0;
    transform: rotate(45deg);
  }
  .light.sound {
    border-radius: 8px;
    background: #b3261e;
    inline-size: auto;
    block-size: auto;
    padding: 2px 8px;
    font-size: 15px;
  }
  .bar .act {
    flex: none;
    min-block-size: 56px;
    padding: 4px 14px;
    border-color: #fff;
    background: transparent;
    color: #fff;
    font-size: 17px;
  }

  /* No green and no red: neither of the real show's colours. */
  .practice {
    position: relative;
    z-index: 4;
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 44px;
    padding: 4px 10px;
    background: #5b2aa8;
    color: #fff;
    font-size: 16px;
    line-height: 1.2;
    flex: none;
  }
  .practice b {
    padding: 3px 10px;
    border-radius: 8px;
    background: #fff;
    color: #5b2aa8;
    letter-spacing: 0.06em;
  }
  .practice span {
    flex: 1;
  }
  .practice .act {
    min-block-size: 44px;
    padding: 2px 12px;
    border-color: #fff;
    background: transparent;
    color: #fff;
    font-size: 16px;
  }
  .badge-live.practice {
    position: static;
    min-block-size: 0;
    background: #5b2aa8;
  }
  .in-picture {
    justify-self: start;
    padding: 4px 14px;
    border: 3px solid #fff;
    border-radius: 10px;
    background: rgb(91 42 168 / 0.8);
    color: #fff;
    font-size: 22px;
    font-weight: 800;
    letter-spacing: 0.08em;
    transform: rotate(-3deg);
  }

  .helping {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 14px;
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
    font-size: 16px;
    flex: none;
  }
  .helping b {
    margin-inline-end: 6px;
  }
  .helping .icon {
    inline-size: 22px;
    block-size: 22px;
  }

  /* The picture: whole screen, or a stamp beside the shelf */
  .stage {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden;
    background: #0b0f0d;
  }
  .video {
    position: absolute;
    z-index: 1;
    inset: 64px 0 72px;
    inline-size: 100%;
    block-size: calc(100% - 136px);
    object-fit: cover;
    background: #0b0f0d;
  }
  .video.mirrored {
    transform: scaleX(-1);
  }
  .video.covered {
    visibility: hidden;
  }
  .small-video .video {
    z-index: 3;
    inset: 4px auto auto 8px;
    inline-size: 44px;
    block-size: 56px;
    border-radius: 8px;
  }
  .page {
    container-type: inline-size;
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--fc-sunken);
  }

  /* Two names over one page */
  .segments {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    display: flex;
    gap: 6px;
    padding: 8px 10px;
    border-block-end: 1px solid var(--fc-line);
    background: var(--fc-surface);
  }
  .segments .act {
    flex: 1;
    min-block-size: 52px;
    padding: 4px;
  }
  .segments .new {
    min-inline-size: 26px;
    padding: 1px 7px;
    border-radius: 999px;
    background: var(--fc-live);
    color: #fff;
    font-size: 16px;
  }

  /* Letters and buttons alike. Parts that have to fit side by side ask the page for its width. */
  .large-type :is(.page, .status) {
    --fc-zoom: 1.35;
    zoom: var(--fc-zoom);
  }

  /* The line at the bottom; cue cards may stand between it and the picture */
  nav {
    order: 2;
    position: relative;
    z-index: 2;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    min-block-size: 72px;
    padding-block-end: env(safe-area-inset-bottom);
    border-block-start: 1px solid var(--fc-line);
    background: var(--fc-surface);
    flex: none;
  }
  nav button {
    appearance: none;
    position: relative;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    min-block-size: 71px;
    padding-inline: 2px;
    border: 0;
    border-block-start: 4px solid transparent;
    background: none;
    color: var(--fc-text);
    /* Six names side by side at 360 px. */
    font-size: clamp(13.5px, 4vw, 17px);
    letter-spacing: -0.01em;
    font-weight: 650;
    overflow-wrap: normal;
    cursor: pointer;
  }
  nav button[aria-current] {
    border-block-start-color: var(--fc-accent);
    color: var(--fc-accent);
  }
  nav .new {
    position: absolute;
    inset: 6px max(2px, 50% - 38px) auto auto;
    min-inline-size: 26px;
    padding: 1px 7px;
    border-radius: 999px;
    background: var(--fc-live);
    color: #fff;
    font-size: 16px;
    font-weight: 750;
    text-align: center;
  }

  /* What was just done */
  .notice {
    position: absolute;
    z-index: 5;
    inset: auto 10px calc(82px + env(safe-area-inset-bottom));
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 64px;
    padding: 6px 6px 6px 18px;
    border-radius: 18px;
    background: #12201a;
    color: #fff;
    font-size: 18px;
    font-weight: 600;
    box-shadow: 0 6px 28px rgb(0 0 0 / 0.4);
  }
  .notice.fault {
    background: #7a1009;
  }
  .notice p {
    flex: 1;
    min-inline-size: 0;
  }
  .notice .act {
    border-color: transparent;
    background: #fff;
    color: #12201a;
    min-block-size: 56px;
  }
  .notice .act.close {
    padding: 0;
    background: transparent;
    color: #fff;
  }
`;
