// Owns the choice of how, and for how long, somebody is kept from writing: each way with what it means in plain words.
import { css, html, type TemplateResult } from 'lit';

export type RestrictKind = 'mute' | 'shadow' | 'ban';

/** Minutes that are offered for each way. */
export const restrictMinutes: Readonly<Record<RestrictKind, readonly number[]>> = { mute: [5, 10, 60, 1440], shadow: [60, 1440, 10_080], ban: [1440, 10_080, 43_200] };

interface Words {
  heading: (name: string) => string;
  mute: string;
  muteHint: string;
  shadow: string;
  shadowHint: string;
  ban: string;
  banHint: string;
  minutes: (minutes: number) => string;
  cancel: string;
}

export interface RestrictChoice {
  words: Words;
  name: string;
  onPick: (kind: RestrictKind, minutes: number) => void;
  onCancel: () => void;
}

/** Needs `buttonStyles` and {@link restrictStyles}. */
export function restrictChoice({ words, name, onPick, onCancel }: RestrictChoice): TemplateResult {
  return html`<div class="restrict" role="group" aria-label=${words.heading(name)}>
    <p class="restrict-heading">${words.heading(name)}</p>
    ${(['mute', 'shadow', 'ban'] as const).map(
      (kind) => html`<div class="restrict-kind">
        <p><strong>${words[kind]}</strong> <span>${words[`${kind}Hint`]}</span></p>
        <div>
          ${restrictMinutes[kind].map(
            (minutes) =>
              html`<button class="button ${kind === 'ban' ? 'danger' : ''}" type="button" aria-label="${words[kind]} ${words.minutes(minutes)}" @click=${() => onPick(kind, minutes)}>${words.minutes(minutes)}</button>`,
          )}
        </div>
      </div>`,
    )}
    <button class="button" type="button" @click=${onCancel}>${words.cancel}</button>
  </div>`;
}

export const restrictStyles = css`
  .restrict {
    display: grid;
    gap: 12px;
    margin-block: 4px 8px;
    padding: 12px;
    border: 1px solid var(--fc-line);
    border-radius: var(--fc-radius-small);
    background: var(--fc-surface);
  }
  .restrict-heading {
    font-weight: 700;
  }
  .restrict-kind {
    display: grid;
    gap: 6px;
  }
  .restrict-kind p {
    font-size: 15px;
    line-height: 1.4;
  }
  .restrict-kind span {
    color: var(--fc-muted);
  }
  .restrict-kind div {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .restrict .button {
    min-block-size: 44px;
  }
`;
