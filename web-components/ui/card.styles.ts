// Owns how cards, badges and notices look: `.card`, `.badge` (with `.warm`, `.sold`, `.pin`), `.notice` (with `.fault`).
import { css } from 'lit';

export const cardStyles = css`
  .card {
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius);
    background: var(--fc-surface);
    color: var(--fc-text);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 2px 8px;
    border-radius: 999px;
    background: var(--fc-sunken);
    color: var(--fc-muted);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }
  .badge.warm {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .badge.pin {
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .badge.sold {
    background: var(--fc-muted);
    color: var(--fc-surface);
  }
  .notice {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 12px 14px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-accent-soft);
    color: var(--fc-text);
    font-size: 15px;
  }
  .notice.fault {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .notice .icon {
    margin-block-start: 1px;
  }
  .price {
    color: var(--fc-price);
    font-weight: 700;
  }
  .amount {
    white-space: nowrap;
  }
  .muted {
    color: var(--fc-muted);
  }
`;
