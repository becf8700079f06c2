// Owns how paying an order looks: sum and countdown, the form's place, the transfer with its code, and every way on.
import { css } from 'lit';

export const paymentStyles = css`
  .payment {
    display: grid;
    gap: 14px;
  }
  /* Only asked for its colours. */
  .probe {
    color: var(--fc-accent);
    background-color: var(--fc-surface);
    border-color: var(--fc-text);
    outline-color: var(--fc-danger);
  }
  .due {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: 2px 12px;
  }
  .due .label {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .due .sum {
    grid-column: 1;
    font-size: 30px;
    font-weight: 700;
    line-height: 1.15;
    white-space: nowrap;
  }
  .hold {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    grid-column: 2;
    grid-row: 1 / span 2;
    align-self: center;
    max-inline-size: 170px;
    padding: 6px 10px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
    color: var(--fc-text);
    font-size: 14px;
  }
  .due > .hold:only-child {
    grid-column: 1 / -1;
    max-inline-size: none;
  }
  .hold.short {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .busy {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 56px;
  }
  .busy.form {
    justify-content: center;
    min-block-size: 180px;
  }
  .spinner {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border: 3px solid color-mix(in srgb, currentColor 25%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: fieldcast-turn 1s linear infinite;
  }
  @keyframes fieldcast-turn {
    to {
      transform: rotate(1turn);
    }
  }
  .notice strong {
    display: block;
  }
  .notice p + p {
    margin-block-start: 4px;
  }
  .small {
    font-size: 14px;
  }
  .waiting {
    block-size: 0;
    overflow: hidden;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .ways .button {
    flex: 1 1 auto;
  }
  .ask {
    display: grid;
    gap: 10px;
  }
  .exact {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 4px 12px;
    padding: 12px 14px;
  }
  .exact .sum {
    font-size: 34px;
    font-weight: 750;
    line-height: 1.1;
    white-space: nowrap;
    color: var(--fc-price);
  }
  .exact .note,
  .exact .small {
    grid-column: 1 / -1;
  }
  .fact {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: 0 10px;
    min-block-size: 48px;
  }
  .fact + .fact {
    border-block-start: 1px solid var(--fc-line);
  }
  .facts {
    padding: 2px 14px;
  }
  .code {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 14px;
    text-align: center;
  }
  .code img {
    inline-size: min(100%, 260px);
    max-block-size: 380px;
    block-size: auto;
    object-fit: contain;
    padding: 8px;
    border-radius: var(--fc-radius-small);
    background: #fff;
  }
  /* As far down as the sheet's own padding: nothing may look out from under it. */
  .claim {
    position: sticky;
    inset-block-end: -20px;
    padding-block: 10px 20px;
    background: var(--fc-surface);
  }
`;
