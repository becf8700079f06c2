// Owns how the ways into and out of practice look: a tile with two lines, and sheets with few words.
import { css } from 'lit';

export const practiseStyles = css`
  .tile {
    margin-block-start: 10px;
    min-block-size: 68px;
    justify-content: flex-start;
    border-color: #5b2aa8;
    color: #4a1f8f;
    text-align: start;
  }
  .tile .icon {
    color: #5b2aa8;
  }
  .tile span,
  .row span {
    flex: 1;
    display: grid;
    gap: 2px;
  }
  small {
    color: var(--fc-muted);
    font-size: 16px;
    font-weight: 500;
  }
  .sheet {
    display: grid;
    gap: 14px;
    font-size: 18px;
    text-align: start;
  }
  .sheet ul {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .sheet li {
    display: flex;
    gap: 10px;
  }
  .sheet li .icon {
    color: #5b2aa8;
  }
  .row {
    justify-content: flex-start;
    text-align: start;
  }
  .act.practise {
    border-color: transparent;
    background: #5b2aa8;
    color: #fff;
  }
  .goods {
    padding: 12px 14px;
    border-radius: 14px;
    background: var(--fc-sunken);
  }
  .goods b {
    overflow-wrap: anywhere;
  }
  label {
    display: flex;
    align-items: center;
    gap: 14px;
    min-block-size: 60px;
    padding: 8px 14px;
    border: 2px solid var(--fc-field-line);
    border-radius: 16px;
    cursor: pointer;
  }
  label:has(:checked) {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
  }
  label span {
    flex: 1;
    overflow-wrap: anywhere;
  }
  label strong {
    display: block;
  }
  input[type='checkbox'] {
    inline-size: 28px;
    block-size: 28px;
    flex: none;
    accent-color: var(--fc-accent);
  }
  .fault {
    padding: 12px 14px;
    border-radius: 14px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .choices {
    display: grid;
    gap: 10px;
  }
`;
