// Owns how the forms that start a promotion look: rows of large choices, one large button at the foot.
import { css } from 'lit';

export const formStyles = css`
  .form {
    display: grid;
    gap: 14px;
  }
  .field {
    display: grid;
    gap: 6px;
  }
  .field > .label,
  summary {
    font-size: 17px;
    font-weight: 700;
  }
  .hint {
    color: var(--fc-muted);
    font-size: 16px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 6px;
  }
  .choices .act {
    min-block-size: 56px;
    min-inline-size: 0;
    padding: 4px 0;
    font-size: 16px;
    overflow-wrap: normal;
  }
  .goods {
    display: flex;
    align-items: center;
    justify-content: flex-start;
    gap: 12px;
    text-align: start;
  }
  .goods .picture {
    inline-size: 56px;
    block-size: 56px;
    flex: none;
  }
  .goods .what {
    flex: 1;
    min-inline-size: 0;
    font-size: 18px;
  }
  .goods small {
    display: block;
    color: var(--fc-muted);
    font-size: 16px;
    font-weight: 500;
  }
  .fault {
    padding: 10px 14px;
    border-radius: 14px;
    background: #fbe4e1;
    color: #7a1009;
    font-size: 17px;
    font-weight: 600;
  }
  summary {
    display: flex;
    align-items: center;
    min-block-size: 52px;
    cursor: pointer;
  }
  summary .icon {
    margin-inline-start: auto;
    color: var(--fc-muted);
    transform: rotate(90deg);
  }
  details[open] summary .icon {
    transform: rotate(-90deg);
  }
  details > div {
    display: grid;
    gap: 14px;
    padding-block-end: 6px;
  }
  input[type='text'],
  input[type='number'],
  input[type='datetime-local'] {
    inline-size: 100%;
    min-block-size: 56px;
    padding: 0 14px;
    border: 2px solid var(--fc-field-line);
    border-radius: 16px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-size: 18px;
  }
  .foot {
    position: sticky;
    inset-block-end: -16px;
    margin: 0 -16px -16px;
    padding: 10px 16px calc(16px + env(safe-area-inset-bottom));
    background: var(--fc-surface);
    border-block-start: 1px solid var(--fc-line);
  }
  @container (max-width: 300px) {
    .choices {
      grid-auto-flow: row;
      grid-template-columns: 1fr 1fr;
    }
  }
`;
