// Owns how the pages look that fill the studio with one thing to do.
import { css } from 'lit';

export const fullPageStyles = css`
  /* Full pages: greeting, sign-in, picking, the end */
  .full {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    display: grid;
    /* What is taller than the phone begins at its top. */
    align-content: safe center;
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
`;
