// Owns how the coach's pages look: the list of those who are coached, and what stands around it.
import { css } from 'lit';

export const coachStyles = css`
  :host {
    display: block;
    color: var(--fc-text);
    font: 400 17px/1.45 var(--fc-font);
  }
  .page {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-block-start: 10px;
  }
  @media (min-width: 860px) {
    .page {
      block-size: 100dvh;
    }
    fieldcast-coach-console {
      flex: 1;
      min-block-size: 0;
    }
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-inline: 12px;
  }
  .pages {
    display: flex;
    gap: 8px;
    padding-inline: 12px;
  }
  fieldcast-classes {
    display: block;
    flex: 1;
    min-block-size: 0;
    inline-size: 100%;
    max-inline-size: 1100px;
    margin-inline: auto;
    padding: 6px 12px 40px;
    overflow: auto;
  }
  .pages button {
    flex: 1 1 0;
    min-block-size: 48px;
    border: 1px solid var(--fc-field-line);
    border-radius: 12px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    font-weight: 650;
    cursor: pointer;
  }
  .pages [aria-selected='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  @media print {
    .top,
    .pages {
      display: none;
    }
    .page {
      display: block;
      block-size: auto;
    }
  }
  h1 {
    font-size: 21px;
    line-height: 1.2;
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
