// Owns how the coach's pages look: the list of those who are coached, and what stands around it.
import { css } from 'lit';

export const coachStyles = css`
  :host {
    display: block;
    color: var(--fc-text);
    font: 400 17px/1.45 var(--fc-font);
  }
  .page {
    max-inline-size: 860px;
    margin-inline: auto;
    padding: 16px 16px 64px;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    margin-block-end: 12px;
  }
  h1 {
    margin: 0;
    font-size: 24px;
    line-height: 1.2;
  }
  .shows {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .show {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    padding: 12px 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .show .what {
    flex: 1 1 200px;
    min-inline-size: 0;
    display: grid;
    gap: 2px;
  }
  .show strong {
    overflow-wrap: anywhere;
  }
  .soft {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .mark {
    padding: 3px 10px;
    border-radius: 999px;
    background: var(--fc-rehearsal, #6d3fc4);
    color: #fff;
    font-size: 14px;
    font-weight: 700;
  }
  .mark.real {
    background: var(--fc-live);
  }
  .full {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 12px;
    min-block-size: 60vh;
    padding: 24px;
    text-align: center;
  }
  .full h2 {
    margin: 0;
    font-size: 22px;
  }
  .full p {
    max-inline-size: 34em;
    margin: 0;
    color: var(--fc-muted);
  }
`;
