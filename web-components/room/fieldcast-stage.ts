// Owns the announcement and the poll over the picture, at its head, where they cover neither pins nor captions.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Poll } from '../../server/protocol/stage.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { StagePart } from './stage-part.ts';

/** Inside the player only, in its head. */
export class FieldcastStage extends StagePart {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      :host {
        flex: 1 1 100%;
        display: grid;
        gap: 8px;
        justify-items: start;
        pointer-events: none;
      }
      .announcement {
        display: flex;
        align-items: flex-start;
        gap: 8px;
        max-inline-size: 100%;
        padding: 7px 12px;
        border-radius: 12px;
        background: #fff3cf;
        color: #4a3200;
        font-size: 16px;
        font-weight: 650;
        line-height: 1.35;
        overflow-wrap: anywhere;
        box-shadow: 0 2px 10px rgb(0 0 0 / 0.22);
      }
      .announcement .icon {
        flex: none;
        inline-size: 20px;
        block-size: 20px;
        margin-block-start: 1px;
      }
      .poll {
        inline-size: min(100%, 400px);
        padding: 8px 10px 10px 14px;
        border-radius: var(--fc-radius);
        background: rgb(12 18 14 / 0.8);
        color: #fff;
        pointer-events: auto;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      h3 {
        flex: 1;
        min-inline-size: 0;
        margin: 0;
        font-size: 17px;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .head button {
        flex: none;
        margin: -4px -6px -4px 0;
        border: 0;
        background: none;
        color: #fff;
      }
      .answers {
        display: grid;
        gap: 6px;
        margin-block-start: 6px;
      }
      .answers.two {
        grid-template-columns: 1fr 1fr;
      }
      .answer {
        appearance: none;
        position: relative;
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        min-block-size: 46px;
        padding: 4px 12px;
        border: 2px solid rgb(255 255 255 / 0.55);
        border-radius: 12px;
        background: none;
        color: #fff;
        font: inherit;
        font-size: 17px;
        font-weight: 650;
        line-height: 1.2;
        text-align: start;
        overflow: hidden;
        overflow-wrap: anywhere;
        cursor: pointer;
        touch-action: manipulation;
      }
      .answer:disabled {
        cursor: default;
        opacity: 1;
      }
      .answer:focus-visible {
        outline: 3px solid #fff;
        outline-offset: 2px;
      }
      .answer.own {
        border-color: #8fe3ab;
      }
      .bar {
        position: absolute;
        inset: 0;
        transform-origin: left;
        background: rgb(143 227 171 / 0.32);
      }
      .answer:dir(rtl) .bar {
        transform-origin: right;
      }
      .answer > span:not(.bar) {
        position: relative;
      }
      .share {
        flex: none;
        font-variant-numeric: tabular-nums;
      }
      .foot {
        margin: 6px 0 0;
        font-size: 14px;
        color: rgb(255 255 255 / 0.86);
      }
      .again {
        pointer-events: auto;
        min-block-size: 44px;
        border: 0;
        border-radius: 999px;
        background: var(--fc-scrim);
        color: #fff;
      }
      @media (prefers-reduced-motion: no-preference) {
        .bar {
          transition: transform 400ms ease-out;
        }
      }
    `,
  ];

  /** A poll that somebody has put aside. */
  @state() private asideId: string | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { stage } = this;
    if (!stage) return nothing;
    const { announcement, poll } = stage;
    // The place stands before the words come, or a screen reader would not say them.
    return html`<div role="status">
        ${announcement ? html`<p class="announcement" part="announcement">${icon('bell')}<span dir="auto">${announcement.text}</span></p>` : nothing}
      </div>
      ${poll ? this.#poll(poll) : nothing}`;
  }

  #poll(poll: Poll): TemplateResult | typeof nothing {
    const { text } = this.words;
    const { ownOption, isVoting, fault } = this.stage!;
    const isOpen = poll.state === 'open';
    if (poll.id === this.asideId) {
      return isOpen ? html`<button class="button again" type="button" @click=${this.#back}>${text.poll}</button>` : nothing;
    }
    const hasResult = !isOpen || (ownOption !== null && !isVoting);
    const isShort = poll.options.length % 2 === 0 && poll.options.every((option) => option.text.length <= 8);
    return html`<section class="poll" part="poll" aria-label=${text.poll}>
      <div class="head">
        <h3 dir="auto">${poll.question}</h3>
        <button class="icon-button" type="button" aria-label=${text.aside} @click=${() => (this.asideId = poll.id)}>${icon('close')}</button>
      </div>
      <div class="answers ${isShort ? 'two' : ''}" role="group" aria-label=${poll.question}>
        ${poll.options.map((option, index) => {
          const share = poll.votes === 0 ? 0 : option.votes / poll.votes;
          const isOwn = index === ownOption;
          return html`<button class="answer ${isOwn ? 'own' : ''}" type="button" aria-pressed=${isOwn ? 'true' : 'false'} ?disabled=${!isOpen} @click=${() => void this.stage?.vote(index)}>
            ${hasResult ? html`<span class="bar" .style=${`transform: scaleX(${share})`}></span>` : nothing}
            <span dir="auto">${option.text}</span>
            ${hasResult ? html`<span class="share">${Math.round(share * 100)}%</span>` : isOwn ? html`<span>${icon('check')}</span>` : nothing}
          </button>`;
        })}
      </div>
      <p class="foot" role="status">
        ${fault ? (isVoting ? text.waits : text.refused) : isOpen ? (ownOption === null ? text.choose : text.voted(this.words.number(poll.votes))) : text.closed(this.words.number(poll.votes))}
      </p>
    </section>`;
  }

  async #back(): Promise<void> {
    this.asideId = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.answer')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-stage': FieldcastStage;
  }
}
