// Owns how the chat is ruled, as switches that hold at once and can be taken back, and the blocked words with what they catch.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ChatRules } from '../../server/protocol/chat.ts';
import { BLOCKED_WORD_LIMIT, MESSAGE_LIMIT } from '../../server/protocol/chat-limits.ts';
import { changeChatRules, readChatRules, tryBlockedWord } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';
import { switchRow } from './switch-row.ts';

const SLOW_SECONDS = [0, 5, 10, 30, 60] as const;
const WRITERS = ['everyone', 'followers', 'buyers', 'staff'] as const;
/** A pause in typing. */
const TRIAL_AFTER_MS = 350;

export class FieldcastDeskRules extends DeskPart {
  @state() private rules: ChatRules | null = null;
  @state() private word = '';
  @state() private sentence = '';
  @state() private trial: { variants: readonly string[]; isCaught: boolean } | null = null;
  #due: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#due);
  }

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(readChatRules, { params: { showId } });
    if (outcome.ok) this.rules = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { rules: words } = this.words;
    const rules = this.rules as ChatRules;
    return html`
      <fieldset class="card">
        <legend>${words.slow}</legend>
        <p class="soft">${words.slowHint}</p>
        <div class="choices">
          ${SLOW_SECONDS.map((seconds) =>
            this.#choice(seconds === 0 ? words.slowOff : words.seconds(seconds), rules.slowSeconds === seconds, () => void this.#change({ slowSeconds: seconds })),
          )}
        </div>
      </fieldset>
      <fieldset class="card">
        <legend>${words.writers}</legend>
        <div class="choices stacked">${WRITERS.map((writers) => this.#choice(words[writers], rules.writers === writers, () => void this.#change({ writers })))}</div>
      </fieldset>
      <div class="card">
        ${switchRow({ label: words.held, hint: words.heldHint, isOn: rules.isHeld, onChange: (isHeld) => void this.#change({ isHeld }) })}
        ${switchRow({ label: words.contacts, hint: words.contactsHint, isOn: rules.blocksContacts, onChange: (blocksContacts) => void this.#change({ blocksContacts }) })}
      </div>
      <div class="card">
        ${switchRow({ label: words.orders, hint: words.ordersHint, isOn: rules.tellsOrders, onChange: (tellsOrders) => void this.#change({ tellsOrders }) })}
        ${switchRow({ label: words.joins, hint: words.joinsHint, isOn: rules.tellsJoins, onChange: (tellsJoins) => void this.#change({ tellsJoins }) })}
      </div>
      ${this.#wordEditor(rules.blockedWords)}
    `;
  }

  #choice(label: string, isOn: boolean, onPick: () => void): TemplateResult {
    return html`<button class="button choice" type="button" aria-pressed=${isOn ? 'true' : 'false'} @click=${() => !isOn && onPick()}>${isOn ? icon('check') : nothing}${label}</button>`;
  }

  #wordEditor(blocked: readonly string[]): TemplateResult {
    const { rules: words } = this.words;
    const isFull = blocked.length >= BLOCKED_WORD_LIMIT;
    const { trial } = this;
    return html`<section class="card" aria-labelledby="words-title">
      <h3 id="words-title">${words.words}</h3>
      <p class="soft">${words.wordsHint}</p>
      ${blocked.length === 0
        ? html`<p class="soft">${words.noWords}</p>`
        : html`<ul class="chips">
            ${blocked.map((word) => html`<li><span dir="auto">${word}</span><button type="button" aria-label=${words.drop(word)} @click=${() => void this.#change({ blockedWords: blocked.filter((each) => each !== word) })}>${icon('close')}</button></li>`)}
          </ul>`}
      <form
        class="field"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          void this.#add(blocked);
        }}
      >
        <label for="word">${words.word}</label>
        <div class="with-button">
          <input id="word" maxlength="40" autocomplete="off" .value=${this.word} ?disabled=${isFull} @input=${(event: Event) => this.#typed({ word: (event.target as HTMLInputElement).value })} />
          <button class="button primary" type="submit" ?disabled=${isFull || this.word.trim() === ''}>${words.add}</button>
        </div>
        ${isFull ? html`<span class="fault">${words.full(BLOCKED_WORD_LIMIT)}</span>` : nothing}
      </form>
      ${this.word.trim() === ''
        ? nothing
        : html`<div role="status" class="catches">
              ${trial && trial.variants.length > 0 ? html`<p class="soft">${words.catches}</p><ul class="chips plain">${trial.variants.map((variant) => html`<li dir="auto">${variant}</li>`)}</ul>` : nothing}
            </div>
            <div class="field">
              <label for="sentence">${words.trial}</label>
              <input id="sentence" maxlength=${MESSAGE_LIMIT} autocomplete="off" .value=${this.sentence} @input=${(event: Event) => this.#typed({ sentence: (event.target as HTMLInputElement).value })} />
              <span role="status">${trial && this.sentence.trim() !== '' ? html`<strong class="mark ${trial.isCaught ? 'warm' : ''}">${trial.isCaught ? words.caught : words.passes}</strong>` : nothing}</span>
            </div>`}
    </section>`;
  }

  #typed(what: { word?: string; sentence?: string }): void {
    if (what.word !== undefined) this.word = what.word;
    if (what.sentence !== undefined) this.sentence = what.sentence;
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void this.#try(), TRIAL_AFTER_MS);
  }

  async #try(): Promise<void> {
    const { room } = this;
    const word = this.word.trim();
    if (!room || word === '') return;
    this.#asked += 1;
    const mine = this.#asked;
    const outcome = await room.client.call(tryBlockedWord, { params: { showId: room.showId }, body: { word, text: this.sentence.trim() } });
    if (mine === this.#asked) this.trial = outcome.ok ? outcome.value : null;
  }

  async #add(blocked: readonly string[]): Promise<void> {
    const word = this.word.trim();
    if (word === '' || !(await this.#change({ blockedWords: [...blocked, word] }))) return;
    this.word = '';
    this.sentence = '';
    this.trial = null;
  }

  async #change(patch: Partial<ChatRules>): Promise<boolean> {
    const { room, rules: before } = this;
    if (!room || !before) return false;
    const put = async (body: Partial<ChatRules>): Promise<Outcome<ChatRules>> => {
      const outcome = await room.client.call(changeChatRules, { params: { showId: room.showId }, body });
      if (outcome.ok) this.rules = outcome.value;
      return outcome;
    };
    const back = Object.fromEntries(Object.keys(patch).map((name) => [name, before[name as keyof ChatRules]])) as Partial<ChatRules>;
    return this.settled(await put(patch), this.words.rules.saved, async () => (await put(back)).ok);
  }
}
