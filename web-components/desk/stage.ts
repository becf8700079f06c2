// Owns what the staff put before viewers beside the picture: a line on it, a question to all, and what came of both.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { announce, changePoll, listPolls, openPoll, readStage, takeAnnouncementAway } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Announcement, Poll, ReactionCounts } from '../../server/protocol/stage.ts';
import { ANNOUNCEMENT_LIMIT, POLL_OPTION_LIMIT, POLL_OPTIONS_MOST, POLL_QUESTION_LIMIT } from '../../server/protocol/stage-limits.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';

/** 0: until it is taken away. */
const MINUTES = [5, 15, 0] as const;
/** 0: until it is closed by hand. */
const SECONDS = [0, 30, 60, 180] as const;
const LEAST = 2;
/** A poll that is not open has its time only once it is asked; the announcement goes by itself. */
const LOOK_MS = 5_000;

export class FieldcastDeskStage extends DeskPart {
  @state() private announcement: Announcement | null = null;
  @state() private reactions: ReactionCounts = { heart: 0, thumb: 0 };
  @state() private polls: readonly Poll[] = [];
  @state() private line = '';
  @state() private minutes: (typeof MINUTES)[number] = 5;
  @state() private question = '';
  @state() private answers: readonly string[] = ['', ''];
  @state() private seconds: (typeof SECONDS)[number] = 60;
  @state() private isBusy = false;
  /** The same for every try of one question. */
  #key = newId('key');
  #looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#looking = setInterval(() => this.announcement?.endsAt != null && this.requestUpdate(), LOOK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
  }

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const [stage, polls] = await Promise.all([client.call(readStage, { params: { showId } }), client.call(listPolls, { params: { showId } })]);
    if (!stage.ok) return stage;
    this.announcement = stage.value.announcement;
    this.reactions = stage.value.reactions;
    if (polls.ok) this.polls = polls.value.polls;
    return polls;
  }

  protected override follow({ client, showId }: DeskRoom): (() => void)[] {
    return [
      client.on('poll.changed', (event) => event.showId === showId && this.#put(event.poll)),
      client.on('announcement.changed', (event) => {
        if (event.showId === showId) this.announcement = event.announcement;
      }),
      client.on('reactions.changed', (event) => {
        if (event.showId === showId) this.reactions = event.totals;
      }),
    ];
  }

  protected override page(): TemplateResult {
    const { stage: words } = this.words;
    const open = this.polls.find(({ state }) => state === 'open');
    const past = this.polls.filter(({ state }) => state === 'closed');
    return html`
      <p class="soft">${words.reactions(this.#count(this.reactions.heart), this.#count(this.reactions.thumb))}</p>
      ${this.#announcing()} ${open ? this.#open(open) : this.#asking()}
      ${past.length > 0 ? html`<h3>${words.past}</h3><ul class="cards">${past.map((poll) => html`<li class="card">${this.#result(poll)}${open ? nothing : html`<div class="do"><button class="button" type="button" @click=${() => void this.#change(poll, 'open', words.reopened)}>${words.reopen}</button></div>`}</li>`)}</ul>` : nothing}
    `;
  }

  #announcing(): TemplateResult {
    const { stage: words } = this.words;
    const standing = this.announcement && (this.announcement.endsAt === null || this.announcement.endsAt > Date.now()) ? this.announcement : null;
    return html`<section class="card" aria-labelledby="announce-title">
      <h3 id="announce-title">${words.announce}</h3>
      ${standing
        ? html`<p class="said">${standing.text}</p>
            <p class="soft">${standing.endsAt === null ? words.untilTaken : words.until(this.time(standing.endsAt))}</p>
            <button class="button wide" type="button" @click=${() => void this.#takeAway(standing)}>${words.takeAway}</button>`
        : html`<p class="soft">${words.announceHint}</p>`}
      <div class="choices">${words.ready.map((text) => html`<button class="button" type="button" @click=${() => (this.line = text)}>${text}</button>`)}</div>
      <form class="stack" @submit=${(event: SubmitEvent) => (event.preventDefault(), void this.#announce())}>
        <div class="field">
          <label for="line">${words.line}</label>
          <input id="line" maxlength=${ANNOUNCEMENT_LIMIT} autocomplete="off" .value=${this.line} @input=${(event: Event) => (this.line = (event.target as HTMLInputElement).value)} />
        </div>
        <div class="choices" role="group" aria-label=${words.howLong}>
          ${MINUTES.map((minutes) => this.#choice(minutes === 0 ? words.untilTaken : words.minutes(minutes), this.minutes === minutes, () => (this.minutes = minutes)))}
        </div>
        <button class="button primary wide" type="submit" ?disabled=${this.line.trim() === '' || this.isBusy}>${standing ? words.replace : words.show}</button>
      </form>
    </section>`;
  }

  #asking(): TemplateResult {
    const { stage: words } = this.words;
    const set = (index: number) => (event: Event) => (this.answers = this.answers.map((answer, at) => (at === index ? (event.target as HTMLInputElement).value : answer)));
    const isReady = this.question.trim() !== '' && this.answers.every((answer) => answer.trim() !== '');
    return html`<section class="card" aria-labelledby="ask-title">
      <h3 id="ask-title">${words.ask}</h3>
      <button class="button wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#ask(words.quickQuestion, ['1', '2'])}>${words.quick}</button>
      <form class="stack" @submit=${(event: SubmitEvent) => (event.preventDefault(), void this.#ask(this.question.trim(), this.answers.map((answer) => answer.trim())))}>
        <div class="field">
          <label for="question">${words.question}</label>
          <input id="question" maxlength=${POLL_QUESTION_LIMIT} autocomplete="off" placeholder=${words.questionExample} .value=${this.question} @input=${(event: Event) => (this.question = (event.target as HTMLInputElement).value)} />
        </div>
        ${this.answers.map(
          (answer, index) => html`<div class="field">
            <label for="answer-${index}">${words.answer(index + 1)}</label>
            <div class="with-button">
              <input id="answer-${index}" maxlength=${POLL_OPTION_LIMIT} autocomplete="off" .value=${answer} @input=${set(index)} />
              ${this.answers.length > LEAST
                ? html`<button class="icon-button" type="button" aria-label=${words.dropAnswer(index + 1)} @click=${() => (this.answers = this.answers.filter((_, at) => at !== index))}>${icon('close')}</button>`
                : nothing}
            </div>
          </div>`,
        )}
        ${this.answers.length < POLL_OPTIONS_MOST ? html`<button class="button" type="button" @click=${() => (this.answers = [...this.answers, ''])}>${icon('plus')}${words.addAnswer}</button>` : nothing}
        <div class="choices" role="group" aria-label=${words.howLong}>
          ${SECONDS.map((seconds) => this.#choice(seconds === 0 ? words.byHand : words.seconds(seconds), this.seconds === seconds, () => (this.seconds = seconds)))}
        </div>
        <button class="button primary wide" type="submit" ?disabled=${!isReady || this.isBusy}>${words.start}</button>
      </form>
    </section>`;
  }

  #open(poll: Poll): TemplateResult {
    const { stage: words } = this.words;
    return html`<section class="card" aria-label=${words.openNow}>
      <p class="about"><span class="mark good">${words.openNow}</span>${poll.closesAt === null ? nothing : html`<span>${words.until(this.time(poll.closesAt))}</span>`}</p>
      ${this.#result(poll)}
      <button class="button primary wide" type="button" @click=${() => void this.#change(poll, 'closed', words.closed, 'open')}>${words.close}</button>
      <button class="button wide" type="button" @click=${() => void this.#change(poll, 'withdrawn', words.withdrawn, 'open')}>${words.withdraw}</button>
    </section>`;
  }

  #result({ question, options, votes }: Poll): TemplateResult {
    const most = Math.max(...options.map((option) => option.votes));
    return html`<p class="said">${question}</p>
      <ul class="stack">
        ${options.map((option) => {
          const share = votes === 0 ? 0 : option.votes / votes;
          return html`<li>
            <p class="about"><strong dir="auto">${option.text}</strong><span>${this.words.stage.votes(this.#count(option.votes), Math.round(share * 100))}</span></p>
            <meter min="0" max="1" value=${share} class=${most > 0 && option.votes === most ? 'most' : ''} aria-hidden="true"></meter>
          </li>`;
        })}
      </ul>`;
  }

  #choice(label: string, isOn: boolean, onPick: () => void): TemplateResult {
    return html`<button class="button choice" type="button" aria-pressed=${isOn ? 'true' : 'false'} @click=${onPick}>${isOn ? icon('check') : nothing}${label}</button>`;
  }

  #count(value: number): string {
    return this.localize.number(value);
  }

  #put(poll: Poll): void {
    const known = this.polls.find(({ id }) => id === poll.id);
    if (known && known.revision > poll.revision) return;
    this.polls = (known ? this.polls.map((each) => (each.id === poll.id ? poll : each)) : [poll, ...this.polls]).toSorted((a, b) => b.openedAt - a.openedAt);
  }

  async #announce(): Promise<void> {
    const { room } = this;
    const text = this.line.trim();
    if (!room || text === '' || this.isBusy) return;
    this.isBusy = true;
    const put = (body: { text: string; minutes?: number }) => room.client.call(announce, { params: { showId: room.showId }, body });
    const outcome = await put({ text, ...(this.minutes === 0 ? {} : { minutes: this.minutes }) });
    this.isBusy = false;
    if (outcome.ok) {
      this.announcement = outcome.value;
      this.line = '';
    }
    this.settled(outcome, this.words.stage.shown, async () => (await room.client.call(takeAnnouncementAway, { params: { showId: room.showId } })).ok);
  }

  async #takeAway({ text, endsAt }: Announcement): Promise<void> {
    const { room } = this;
    if (!room) return;
    const params = { showId: room.showId };
    const outcome = await room.client.call(takeAnnouncementAway, { params });
    if (outcome.ok) this.announcement = null;
    const minutes = endsAt === null ? {} : { minutes: Math.max(1, Math.ceil((endsAt - Date.now()) / 60_000)) };
    this.settled(outcome, this.words.stage.taken, async () => (await room.client.call(announce, { params, body: { text, ...minutes } })).ok);
  }

  async #ask(question: string, options: readonly string[]): Promise<void> {
    const { room } = this;
    if (!room || this.isBusy) return;
    this.isBusy = true;
    const seconds = this.seconds === 0 ? {} : { seconds: this.seconds };
    const outcome = await room.client.call(openPoll, { params: { showId: room.showId }, body: { question, options: [...options], ...seconds }, idempotencyKey: this.#key });
    this.isBusy = false;
    // Without an answer it may have been opened: the next try of the same question is the same one.
    if (outcome.ok || outcome.error.status !== 0) this.#key = newId('key');
    if (outcome.ok) {
      this.#put(outcome.value);
      this.question = '';
      this.answers = ['', ''];
    }
    const poll = outcome.ok ? outcome.value : null;
    this.settled(outcome, this.words.stage.started, async () => poll !== null && this.#move(room, poll, 'withdrawn'));
  }

  async #change(poll: Poll, state: Poll['state'], done: string, back?: Poll['state']): Promise<void> {
    const { room } = this;
    if (!room) return;
    const params = { showId: room.showId, pollId: poll.id };
    const outcome = await room.client.call(changePoll, { params, body: { state } });
    if (outcome.ok) this.#put(outcome.value);
    this.settled(outcome, done, back && (() => this.#move(room, poll, back)));
  }

  async #move(room: DeskRoom, poll: Poll, state: Poll['state']): Promise<boolean> {
    const outcome = await room.client.call(changePoll, { params: { showId: room.showId, pollId: poll.id }, body: { state } });
    if (outcome.ok) this.#put(outcome.value);
    return outcome.ok;
  }
}
