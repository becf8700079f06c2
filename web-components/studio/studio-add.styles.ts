// Owns how the steps of putting a product on the shelf look.
import { css } from 'lit';

export const addStyles = css`
  .stack {
    display: grid;
    gap: 12px;
  }
  .view {
    position: relative;
    aspect-ratio: 1;
    max-block-size: 52dvh;
    margin: 0 auto;
    inline-size: 100%;
    border-radius: 18px;
    overflow: hidden;
    background: #111;
  }
  .view video,
  .view canvas {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px;
  }
  .pick {
    position: relative;
  }
  .pick input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .pick:focus-within {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .basics {
    display: flex;
    gap: 12px;
  }
  .thumb {
    inline-size: 84px;
    block-size: 84px;
    flex: none;
    padding: 0;
    overflow: hidden;
  }
  .thumb canvas {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  label {
    flex: 1;
    display: grid;
    gap: 4px;
    min-inline-size: 0;
    font-size: 16px;
    font-weight: 600;
  }
  label input,
  label select {
    min-block-size: 58px;
    inline-size: 100%;
    padding: 0 14px;
    border: 2px solid var(--fc-field-line);
    border-radius: 16px;
    background: var(--fc-surface);
    color: var(--fc-text);
    font-size: 20px;
  }
  .numbers .act {
    flex-direction: column;
    gap: 0;
    min-block-size: 72px;
    padding: 4px;
    font-size: 23px;
    white-space: nowrap;
  }
  .numbers small {
    color: var(--fc-muted);
    font-size: 15px;
    font-weight: 600;
  }
  .numbers .missing {
    border-style: dashed;
    border-color: var(--fc-accent);
    color: var(--fc-accent);
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  legend {
    margin-block-end: 4px;
    padding: 0;
    font-size: 16px;
    font-weight: 600;
  }
  .unit {
    position: relative;
    display: block;
    flex: none;
  }
  .unit input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .unit span {
    display: grid;
    place-items: center;
    min-block-size: 56px;
    min-inline-size: 64px;
    padding: 0 12px;
    border: 2px solid var(--fc-field-line);
    border-radius: 14px;
    font-size: 18px;
    font-weight: 650;
  }
  .unit input:checked + span {
    border-color: var(--fc-accent);
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .unit input:focus-visible + span {
    outline: 3px solid var(--fc-accent);
    outline-offset: 2px;
  }
  .again {
    justify-content: flex-start;
    padding: 8px 14px 8px 8px;
    text-align: start;
  }
  .again .picture {
    inline-size: 60px;
    block-size: 60px;
  }
  .again span.words {
    flex: 1;
    min-inline-size: 0;
  }
  .again small {
    display: block;
    color: var(--fc-muted);
    font-size: 16px;
    font-weight: 600;
  }
  h3 {
    font-size: 17px;
    color: var(--fc-muted);
  }
  .fault {
    color: var(--fc-danger);
    font-weight: 650;
  }
`;
