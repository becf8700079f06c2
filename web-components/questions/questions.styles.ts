// Owns how questions and ready answers look: large letters, few things, targets for a thumb.
import { css } from 'lit';

export const questionStyles = css`
  :host {
    min-block-size: 0;
    block-size: 100%;
  }
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--fc-sunken);
    color: var(--fc-text);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    flex: none;
    padding: 8px 12px;
    background: var(--fc-surface);
    border-block-end: 1px solid var(--fc-line);
  }
  .list {
    flex: 1;
    min-block-size: 0;
    padding: 4px 12px 24px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .button {
    min-block-size: 52px;
    font-size: 18px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 40px 20px;
    text-align: center;
  }
  .empty .icon {
    inline-size: 56px;
    block-size: 56px;
    color: var(--fc-accent);
  }
  .empty h3 {
    font-size: 22px;
  }
  .empty p,
  .muted {
    color: var(--fc-muted);
  }
  .group {
    padding-block-start: 12px;
  }
  .group > h3 {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 4px 8px;
    font-size: 18px;
  }
  .group > h3 .picture {
    inline-size: 44px;
    background: var(--fc-surface);
  }
  .group > h3 .name {
    flex: 1;
    min-inline-size: 0;
  }
  .question {
    margin-block-end: 10px;
    padding: 14px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
  }
  .words {
    font-size: var(--fieldcast-question-size, 23px);
    font-weight: 650;
    line-height: 1.35;
    unicode-bidi: isolate;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding-block: 4px 12px;
    color: var(--fc-muted);
    font-size: 16px;
  }
  .who .many {
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
    font-weight: 650;
  }
  .who .private {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 10px;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    margin-block-start: 14px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--fc-line);
  }
  .choice {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 4px;
    padding: 4px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
  }
  .pair .button {
    padding-inline: 10px;
  }
  .choice .button {
    border-color: transparent;
    background: transparent;
    padding-inline: 6px;
  }
  .choice .button[aria-pressed='true'] {
    background: var(--fc-surface);
    border-color: var(--fc-accent);
    color: var(--fc-accent);
  }
  .ready {
    display: grid;
    gap: 8px;
  }
  .ready .button {
    justify-content: flex-start;
    text-align: start;
    font-weight: 500;
    line-height: 1.35;
  }
  .ready .icon,
  .small .icon {
    color: var(--fc-accent);
  }
  .writing {
    display: flex;
    gap: 8px;
  }
  .writing input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 52px;
    padding: 8px 16px;
    border: 1px solid var(--fc-field-line);
    border-radius: 999px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font: inherit;
    font-size: 18px;
  }
  .writing .icon-button {
    inline-size: 52px;
    block-size: 52px;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .fault {
    color: var(--fc-danger);
  }
  .to-book {
    display: flex;
    margin: 16px auto 0;
  }
  details {
    padding-block-start: 16px;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 52px;
    font-size: 18px;
    font-weight: 600;
    color: var(--fc-muted);
    cursor: pointer;
  }
  .over {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 8px;
    border-block-end: 1px solid var(--fc-line);
  }
  .over > div {
    flex: 1;
    min-inline-size: 0;
  }
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    flex: none;
    padding: 8px 12px;
    background: var(--fc-text);
    color: var(--fc-surface);
    font-size: 18px;
  }
  .notice.fault {
    background: var(--fc-danger);
    color: #fff;
  }
  .form {
    display: grid;
    gap: 12px;
    margin-block: 12px;
    padding: 14px;
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    border: 1px solid var(--fc-line);
  }
  .form h3 {
    font-size: 19px;
  }
  .form .field textarea,
  .form .field select {
    font-size: 18px;
  }
  .form .pair .primary:only-child {
    grid-column: 1 / -1;
  }
  .kept .over {
    padding: 4px 0 4px 4px;
    font-size: 18px;
  }
  .kept .icon-button {
    inline-size: 48px;
    block-size: 48px;
  }
  .starters h4 {
    padding-block: 10px 6px;
    color: var(--fc-muted);
    font-size: 16px;
  }
  /* In large letters on a small phone. */
  @container (max-width: 300px) {
    .pair .button {
      padding-inline: 4px;
      gap: 4px;
      font-size: 17px;
    }
  }
  /* Room for two cards beside each other; a line of 80 signs is too long to read from afar. */
  @media (min-width: 900px) {
    .group,
    details,
    .to-book,
    .editor {
      max-inline-size: 720px;
      margin-inline: auto;
    }
  }
`;
