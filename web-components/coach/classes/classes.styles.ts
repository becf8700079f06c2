// Owns how the pages of classes look: rows for a thumb, large names, few colours.
import { css } from 'lit';

export const classStyles = css`
  :host {
    color: var(--fc-text);
    font-size: 17px;
  }
  .stack {
    display: grid;
    gap: 10px;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .wrap {
    flex-wrap: wrap;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 2px;
    text-align: start;
  }
  .card {
    display: grid;
    gap: 10px;
    padding: 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .card.row {
    display: flex;
  }
  .card h3 {
    font-size: 18px;
  }
  a.card,
  button.card {
    appearance: none;
    inline-size: 100%;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .big {
    min-block-size: 56px;
    font-size: 18px;
    font-weight: 700;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .head h2 {
    flex: 1;
    font-size: 21px;
    outline: none;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding-block: 2px;
  }
  .tabs button,
  .choices button {
    flex: 1 1 auto;
    max-inline-size: 100%;
    min-block-size: 48px;
    padding: 6px 14px;
    border: 1px solid var(--fc-field-line);
    border-radius: 12px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    font-weight: 650;
    cursor: pointer;
  }
  .tabs [aria-selected='true'],
  .choices [aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 60px;
    padding: 8px 14px;
    border: 1px solid var(--fc-line);
    border-radius: 14px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .person.on {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
  }
  .person .sign {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 2px solid var(--fc-field-line);
    border-radius: 50%;
  }
  .person.on .sign {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .mark {
    flex: none;
    padding: 3px 12px;
    border-radius: 999px;
    background: var(--fc-sunken);
    font-size: 15px;
    font-weight: 650;
  }
  .mark.good {
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .mark.warm {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .wall {
    display: grid;
    justify-items: center;
    gap: 8px;
    text-align: center;
  }
  .wall .code {
    inline-size: min(100%, 420px);
    padding: 12px;
    border-radius: 12px;
    background: #fff;
  }
  .wall .code svg {
    inline-size: 100%;
    block-size: auto;
  }
  .count {
    font-size: 26px;
    font-weight: 750;
  }
  .address {
    font-size: 15px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
    gap: 10px;
  }
  /* A number of eleven digits has to be seen whole. */
  .two.wide {
    grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr));
  }
  .field {
    min-inline-size: 0;
  }
  .field input,
  .field select,
  .field textarea {
    inline-size: 100%;
    min-block-size: 52px;
    font-size: 18px;
  }
  .field textarea {
    min-block-size: 120px;
  }
  .shares {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 10px;
  }
  .shares b {
    display: block;
    font-size: 24px;
  }
  .visits {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 6px;
  }
  .visits button {
    display: grid;
    gap: 2px;
    justify-items: center;
    min-block-size: 60px;
    padding: 6px 2px;
    border: 1px solid var(--fc-field-line);
    border-radius: 12px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    font-size: 15px;
    cursor: pointer;
  }
  .visits .done {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
  }
  .visits .late {
    border-color: transparent;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .visits [aria-expanded='true'] {
    outline: 2px solid var(--fc-accent);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
  }
  .facts div {
    display: flex;
    align-items: baseline;
    gap: 5px;
  }
  .facts dd {
    font-weight: 700;
  }
  .facts dt {
    order: 2;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 28px 16px;
    text-align: center;
    color: var(--fc-muted);
  }
  .empty .icon {
    inline-size: 52px;
    block-size: 52px;
    color: var(--fc-accent);
    stroke-width: 1.4;
  }
  .pick {
    position: relative;
    overflow: hidden;
  }
  .pick input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .pick:focus-within {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .notice-place {
    position: sticky;
    inset-block-end: 8px;
    z-index: 1;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 56px;
    padding: 8px 8px 8px 16px;
    border-radius: 16px;
    background: #12201a;
    color: #fff;
    font-weight: 600;
  }
  .notice.fault {
    background: #7a1009;
  }
  .notice span {
    flex: 1;
  }
  @media (min-width: 900px) {
    .side {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 16px;
      align-items: start;
    }
    .many {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
`;
