// Owns how following and reminders look: on the dark stage, in the chat, over the list of shows.
import { css } from 'lit';

export const followingStyles = css`
  :host {
    display: block;
  }
  .follow {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: inherit;
    gap: 8px 10px;
  }
  :host([over]) .follow,
  .follow:has(.over) {
    justify-content: center;
  }
  .button {
    min-block-size: 44px;
    max-inline-size: 100%;
    text-decoration: none;
  }
  .button > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .over {
    border-color: transparent;
    background: rgb(12 18 14 / 0.68);
    color: #fff;
    --fc-focus: #fff;
  }
  .over:not(:disabled):hover {
    background: rgb(12 18 14 / 0.85);
  }
  .count,
  .soft,
  .said {
    font-size: 14px;
    color: var(--fc-muted);
  }
  :host([over]) :is(.count, .said),
  .over ~ .said {
    color: rgb(255 255 255 / 0.88);
  }
  .said {
    flex-basis: 100%;
    text-align: center;
    text-wrap: balance;
  }
  .said:empty {
    display: none;
  }
  h2 {
    margin-block-end: 10px;
    font-size: 19px;
  }
  section {
    margin-block-end: 22px;
  }
  .sellers {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .sellers li {
    display: flex;
    align-items: center;
    max-inline-size: 100%;
    border: 1px solid var(--fc-line);
    border-radius: 14px;
    background: var(--fc-surface);
  }
  .seller {
    display: grid;
    min-inline-size: 0;
    padding: 8px 4px 8px 14px;
    color: var(--fc-text);
    text-decoration: none;
  }
  .seller strong {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  a.seller:hover strong {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .on-air {
    font-size: 14px;
    font-weight: 650;
    color: var(--fc-live);
  }
  .quiet {
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--fc-muted);
    font: inherit;
    font-size: 14px;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .forget {
    display: grid;
    gap: 8px;
    font-size: 15px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`;
