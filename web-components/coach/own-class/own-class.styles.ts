// Owns how a trainee's page looks beyond what the trainer's pages have.
import { css } from 'lit';

export const ownClassStyles = css`
  .page {
    display: grid;
    gap: 14px;
    max-inline-size: 560px;
    margin-inline: auto;
    padding: 16px 16px 72px;
  }
  h1 {
    margin: 0;
    font-size: 25px;
    line-height: 1.2;
  }
  h2 {
    font-size: 19px;
  }
  .hello {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 14px;
    border-radius: 16px;
    background: var(--fc-accent-soft);
    font-weight: 650;
  }
  .hello .icon {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    color: var(--fc-accent);
  }
  .switch {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 60px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .knob {
    flex: none;
    position: relative;
    inline-size: 56px;
    block-size: 32px;
    border: 2px solid var(--fc-field-line);
    border-radius: 999px;
    background: var(--fc-sunken);
  }
  .knob::after {
    content: '';
    position: absolute;
    inset-block: 3px;
    inset-inline-start: 3px;
    inline-size: 22px;
    border-radius: 50%;
    background: var(--fc-field-line);
  }
  [aria-checked='true'] .knob {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
  }
  [aria-checked='true'] .knob::after {
    inset-inline-start: 27px;
    background: var(--fc-on-accent);
  }
`;
