// Owns how the guided practice looks: one picture, one sentence, one thing to do.
import { css } from 'lit';

export const firstStepsStyles = css`
  dialog {
    position: fixed;
    inset: 0;
    inline-size: 100%;
    max-inline-size: none;
    block-size: 100%;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--fc-surface);
    color: var(--fc-text);
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto 1fr auto;
  }
  header,
  footer {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    max-inline-size: 560px;
    margin-inline: auto;
    padding: 8px 12px;
  }
  footer {
    padding-block-end: calc(10px + env(safe-area-inset-bottom));
  }
  header h2 {
    flex: 1;
    min-inline-size: 0;
    font-size: 19px;
    outline: none;
  }
  header h2 small {
    display: block;
    color: var(--fc-muted);
    font-size: 15px;
    font-weight: 400;
  }
  header .act {
    min-block-size: 52px;
    padding: 0;
    inline-size: 52px;
  }
  .dots {
    display: flex;
    gap: 6px;
    inline-size: 100%;
    max-inline-size: 560px;
    margin-inline: auto;
    padding-inline: 16px;
  }
  .dots span {
    flex: 1;
    block-size: 6px;
    border-radius: 999px;
    background: var(--fc-line);
  }
  .dots .done {
    background: var(--fc-accent);
  }
  .body {
    display: grid;
    grid-auto-rows: max-content;
    align-content: start;
    gap: 14px;
    inline-size: 100%;
    max-inline-size: 560px;
    margin-inline: auto;
    padding: 10px 16px 16px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .drawing {
    inline-size: 100%;
    max-inline-size: 420px;
    max-block-size: 34dvh;
    margin-inline: auto;
  }
  /* The keys need the room. */
  [data-screen='price.type'] .drawing {
    max-block-size: 13dvh;
  }
  .say {
    font-size: 23px;
    font-weight: 700;
    line-height: 1.35;
  }
  .good {
    flex: none;
    inline-size: 64px;
    block-size: 64px;
  }
  .goods {
    display: grid;
    gap: 10px;
  }
  .goods .act {
    justify-content: flex-start;
    text-align: start;
    min-block-size: 84px;
  }
  .stage {
    position: relative;
    overflow: hidden;
    block-size: min(46dvh, 420px);
    border-radius: 18px;
    background: #1b241f;
  }
  .stage video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .stage .shown {
    position: absolute;
    inset: auto 10px 10px;
  }
  .shown {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 10px 14px;
    border: 2px solid var(--fc-accent);
    border-radius: 16px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-size: 19px;
    font-weight: 700;
  }
  .shown b {
    display: block;
    color: var(--fc-price);
    font-size: 25px;
  }
  .well {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--fc-accent);
    font-size: 21px;
    font-weight: 750;
  }
  meter {
    inline-size: 100%;
    block-size: 26px;
  }
  .note {
    display: grid;
    gap: 6px;
    padding: 14px;
    border: 2px solid var(--fc-line);
    border-radius: 16px;
    font-size: 20px;
  }
  .fault {
    padding: 12px 14px;
    border-radius: 14px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
    font-size: 18px;
  }
  .act.huge {
    min-block-size: 76px;
    font-size: 22px;
  }
  footer .act {
    flex: none;
  }
  footer .main {
    flex: 1;
  }
`;
