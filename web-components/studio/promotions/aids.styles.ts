// Owns how the pages of codes, waitlists and lots look: rows of words with one large button each.
import { css } from 'lit';

export const aidStyles = css`
  ul {
    display: grid;
    gap: 8px;
  }
  li {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 4px 12px;
    padding: 10px 12px;
    border: 2px solid var(--fc-line);
    border-radius: 16px;
  }
  li strong {
    display: block;
    font-size: 18px;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  li span span,
  .soft {
    display: block;
    color: var(--fc-muted);
    font-size: 16px;
  }
  li .act {
    min-block-size: 52px;
    padding-inline: 14px;
    font-size: 17px;
  }
  .code {
    min-inline-size: 64px;
    font-size: 24px;
    font-weight: 750;
    text-align: end;
  }
  .soft {
    margin-block-end: 12px;
  }
  .first {
    margin-block-end: 12px;
  }
`;
