// Owns how the captions' desk looks: everything large enough for a thumb that types while its eyes are on the show.
import { css } from 'lit';

export const deskStyles = css`
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    padding: 14px;
    font-size: 18px;
  }
  .write {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
  }
  label,
  h3 {
    font-size: 17px;
    font-weight: 700;
  }
  .row {
    display: flex;
    align-items: stretch;
    gap: 8px;
  }
  textarea,
  #edit,
  select {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    padding: 10px 14px;
    border: 2px solid var(--fc-field-line);
    border-radius: 14px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font: inherit;
    font-size: 22px;
    line-height: 1.35;
    resize: none;
  }
  #edit {
    font-size: 19px;
    min-block-size: 52px;
  }
  .row .icon-button {
    inline-size: 64px;
    block-size: auto;
    border-radius: 14px;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-size: 22px;
  }
  .muted {
    min-block-size: 1.3em;
    color: var(--fc-muted);
    font-size: 16px;
  }
  .fault {
    color: var(--fc-danger);
  }
  .phrases {
    display: flex;
    gap: 8px;
    margin-inline: -14px;
    padding-inline: 14px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scrollbar-width: none;
  }
  .phrases .button {
    flex: none;
    min-block-size: 48px;
    padding-inline: 14px;
    font-size: 17px;
  }
  .box {
    display: grid;
    gap: 10px;
    padding: 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    font-size: 17px;
  }
  .switch {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 56px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 700;
    text-align: start;
    cursor: pointer;
  }
  .switch > span:not(.knob) {
    flex: 1;
    min-inline-size: 0;
  }
  small {
    display: block;
    color: var(--fc-muted);
    font-size: 15px;
    font-weight: 400;
  }
  .knob {
    flex: none;
    position: relative;
    inline-size: 52px;
    block-size: 30px;
    border-radius: 999px;
    background: var(--fc-field-line);
  }
  .knob::after {
    content: '';
    position: absolute;
    inset-block: 3px;
    inset-inline-start: 3px;
    inline-size: 24px;
    border-radius: 50%;
    background: #fff;
  }
  [aria-checked='true'] .knob {
    background: var(--fc-accent);
  }
  [aria-checked='true'] .knob::after {
    inset-inline-start: 25px;
  }
  .lang {
    display: flex;
    align-items: center;
    gap: 10px;
    font-weight: 400;
  }
  select {
    min-block-size: 48px;
    font-size: 17px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .choices .button {
    flex: 1;
    min-block-size: 52px;
    font-size: 17px;
  }
  ul {
    display: grid;
  }
  li {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 52px;
    border-block-end: 1px solid var(--fc-line);
  }
  li form {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding-block: 6px;
    min-inline-size: 0;
  }
  .said {
    flex: 1;
    min-inline-size: 0;
    padding-block: 6px;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .waiting .said,
  .taken .said {
    color: var(--fc-muted);
  }
`;
