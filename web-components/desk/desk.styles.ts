// Owns how the desk looks in all its pages: rows for a thumb, few colours, words that are read in the sun.
import { css } from 'lit';

export const deskStyles = css`
  :host {
    color: var(--fc-text);
    font-size: 17px;
  }
  .desk {
    position: relative;
    padding: 10px 12px 96px;
  }
  .cards {
    display: grid;
    gap: 10px;
  }
  .menu .icon {
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .count {
    min-inline-size: 28px;
    padding: 2px 8px;
    border-radius: 999px;
    background: var(--fc-live);
    color: #fff;
    font-size: 16px;
    font-weight: 700;
    text-align: center;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-end: 8px;
  }
  .head h2 {
    font-size: 20px;
  }
  .card {
    display: grid;
    gap: 10px;
    margin: 0 0 10px;
    padding: 14px;
    border: 1px solid var(--fc-line);
    border-radius: 16px;
    background: var(--fc-surface);
  }
  .cards:not(:empty) + .button {
    margin-block-start: 12px;
  }
  .cards .card {
    margin: 0;
  }
  .card.row {
    display: flex;
    align-items: center;
  }
  .card legend {
    float: inline-start;
    inline-size: 100%;
    font-weight: 700;
  }
  .card h3 {
    font-size: 18px;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
  }
  .about > span:not(.mark) {
    color: var(--fc-muted);
    font-size: 15px;
  }
  .mark {
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--fc-sunken);
    font-size: 14px;
    font-weight: 600;
  }
  .mark.warm {
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .mark.good {
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .said {
    font-size: 19px;
    line-height: 1.45;
    unicode-bidi: plaintext;
  }
  .do,
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .do .button,
  .choices .button {
    flex: 1 1 auto;
    min-block-size: 48px;
    padding-inline: 12px;
  }
  .choices.pairs {
    display: grid;
    grid-template-columns: 1fr 1fr;
  }
  .choices.stacked {
    flex-direction: column;
  }
  .choice[aria-pressed='true'] {
    border-color: var(--fc-accent);
    background: var(--fc-accent-soft);
    color: var(--fc-accent);
  }
  .button.wide {
    inline-size: 100%;
    min-block-size: 56px;
  }
  .card .switch {
    padding: 6px 0;
    border: 0;
    border-radius: 0;
    background: none;
  }
  .card .switch + .switch {
    border-block-start: 1px solid var(--fc-line);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chips li {
    display: flex;
    align-items: center;
    max-inline-size: 100%;
    padding-inline-start: 12px;
    border-radius: 999px;
    background: var(--fc-sunken);
  }
  .chips.plain li {
    padding: 4px 12px;
    background: var(--fc-warm);
    color: var(--fc-on-warm);
  }
  .chips button {
    appearance: none;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .chips .icon {
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
  }
  .with-button {
    display: flex;
    gap: 8px;
  }
  .with-button input {
    flex: 1;
    min-inline-size: 0;
  }
  .catches {
    display: grid;
    gap: 6px;
  }
  .code {
    display: grid;
    justify-items: center;
    gap: 12px;
    text-align: center;
  }
  .code h3 {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 22px;
  }
  .code .qr {
    inline-size: min(300px, 76vw);
    padding: 8px;
    border-radius: 12px;
    background: #fff;
  }
  .code input {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--fc-field-line);
    border-radius: 12px;
    background: var(--fc-surface);
    color: inherit;
    font: inherit;
    font-size: 16px;
  }
  .code .icon,
  .empty > .icon {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .code h3 .icon {
    inline-size: 32px;
    block-size: 32px;
    color: var(--fc-accent);
  }
  meter {
    inline-size: 100%;
    block-size: 14px;
    border: 0;
    border-radius: 999px;
    background: var(--fc-sunken);
    overflow: hidden;
    appearance: none;
  }
  meter::-webkit-meter-bar {
    block-size: 14px;
    border: 0;
    border-radius: 999px;
    background: var(--fc-sunken);
  }
  meter::-webkit-meter-optimum-value {
    background: var(--fc-field-line);
  }
  meter.most::-webkit-meter-optimum-value {
    background: var(--fc-accent);
  }
  .log {
    display: grid;
    gap: 2px;
  }
  .log li {
    display: flex;
    gap: 12px;
    padding: 10px 4px;
    border-block-end: 1px solid var(--fc-line);
  }
  .log time {
    flex: none;
    color: var(--fc-muted);
    font-size: 15px;
  }
  .log .soft {
    display: block;
    unicode-bidi: plaintext;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 32px 16px;
    text-align: center;
  }
  .empty > .icon {
    inline-size: 56px;
    block-size: 56px;
    color: var(--fc-accent);
    stroke-width: 1.4;
  }
  .empty h3 {
    font-size: 20px;
  }
  .empty p {
    color: var(--fc-muted);
  }
  .notice-place {
    position: sticky;
    inset-block-end: 8px;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-start: 10px;
    padding: 8px 8px 8px 16px;
    min-block-size: 56px;
    border-radius: 16px;
    background: #12201a;
    color: #fff;
    font-weight: 600;
  }
  .notice.fault {
    background: #7a1009;
  }
  .notice span {
    flex: 1;
  }
`;
