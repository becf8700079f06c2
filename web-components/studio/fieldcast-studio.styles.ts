// Owns how the studio is laid out: the picture fills the phone, controls stand on solid ground at the thumb's end.
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
  .bar .act {
    flex: none;
    min-block-size: 56px;
    padding: 4px 14px;
    border-color: #fff;
    background: transparent;
    color: #fff;
    font-size: 17px;
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
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--fc-sunken);
  }

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
  .go.live:disabled {
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

  /* Full pages: greeting, sign-in, picking, the end */
  .full {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    display: grid;
    align-content: center;
    gap: 16px;
    padding: 24px 20px;
    text-align: center;
  }
  .stage .full {
    position: absolute;
    inset: 0;
    background: var(--fc-sunken);
  }
  .full > .icon,
  .hero {
    justify-self: center;
  }
  .hero {
    display: grid;
    place-items: center;
    inline-size: 120px;
    block-size: 120px;
    border-radius: 50%;
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .hero.fault {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .hero .icon {
    inline-size: 60px;
    block-size: 60px;
  }
  .full h2 {
    font-size: 28px;
    font-weight: 750;
  }
  .full p {
    font-size: 19px;
  }
  .full ol {
    display: grid;
    gap: 10px;
    padding: 0;
    text-align: start;
    font-size: 19px;
    counter-reset: step;
  }
  .full ol li {
    display: flex;
    align-items: center;
    gap: 12px;
    counter-increment: step;
  }
  .full ol li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-weight: 700;
  }
  .address {
    inline-size: 100%;
    min-block-size: 56px;
    padding: 0 12px;
    border: 2px solid var(--fc-field-line);
    border-radius: 14px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-size: 16px;
  }
  .shows {
    display: grid;
    gap: 12px;
    text-align: start;
  }
  .shows .act {
    justify-content: space-between;
    min-block-size: 84px;
    text-align: start;
  }
  .shows small {
    display: block;
    color: var(--fc-muted);
    font-size: 16px;
    font-weight: 600;
  }
  .choices {
    display: grid;
    gap: 12px;
    padding-block-start: 12px;
  }
  .choices .go {
    min-block-size: 76px;
    font-size: 22px;
  }
  .sums {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .sums div:last-child {
    grid-column: 1 / -1;
  }
  .sums div {
    display: grid;
    align-content: center;
    min-block-size: 84px;
    padding: 8px 4px;
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .sums dt {
    color: var(--fc-muted);
    font-size: 16px;
  }
  .sums dd {
    font-size: 24px;
    font-weight: 750;
  }

  /* The line at the bottom */
  nav {
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
    border: 0;
    border-block-start: 4px solid transparent;
    background: none;
    color: var(--fc-text);
    font-size: 17px;
    font-weight: 650;
    cursor: pointer;
  }
  nav button[aria-current] {
    border-block-start-color: var(--fc-accent);
    color: var(--fc-accent);
  }
  nav .new {
    position: absolute;
    inset: 6px calc(50% - 38px) auto auto;
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
