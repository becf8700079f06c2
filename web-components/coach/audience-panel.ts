// Owns the section from which a trainer plays an audience: what runs, what comes next, what just happened, and single acts by hand.
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { changeAudience, playAct, playAudience, readAudience, stopAudience } from '../../server/protocol/endpoints.ts';
import type { PlayedEntry, PlayedRun } from '../../server/protocol/played-audience.ts';
import { playedActs, type PlayedAct, playedSpeeds, questionTopics, type QuestionTopic } from '../../server/protocol/scenario-limits.ts';
import type { ActRequest } from '../../server/protocol/scenario.ts';
import { MESSAGE_LIMIT } from '../../server/protocol/chat-limits.ts';
import { type PlayedAudienceMessages, playedAudienceMessages } from '../i18n/played-audience.ts';
import { Localize } from '../i18n/index.ts';
import type { Failure, Outcome } from '../show/index.ts';
import { clockOf, icon } from '../ui/index.ts';
import { audienceStyles } from './audience.styles.ts';
import { CoachPart } from './coach-part.ts';
import type { PlayWish } from './scenario-picker.ts';
import type { Trainee } from './trainee.ts';

/** As buttons; `say` has a field of its own. */
const BY_HAND = playedActs.filter((act): act is Exclude<PlayedAct, 'say'> => act !== 'say');
const LOGGED = 12;
const TICK_MS = 1_000;

type Answer = Outcome<{ run: PlayedRun | null }>;

export class FieldcastCoachAudience extends CoachPart {
  static override styles = [...CoachPart.styles, audienceStyles];

  @state() private run: PlayedRun | null = null;
  @state() private isLoaded = false;
  @state() private isBusy = false;
  @state() private fault: Failure | null = null;
  @state() private topic: QuestionTopic | '' = '';
  @query('.own input') private own!: HTMLInputElement | null;
  readonly #own = new Localize(this, playedAudienceMessages);
  /** When `run` came, by this page's own clock. */
  #cameAt = 0;
  #joins = -1;
  #stopListening: () => void = () => undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening();
    clearInterval(this.#ticking);
  }

  protected override entered(trainee: Trainee): void {
    this.#stopListening();
    clearInterval(this.#ticking);
    this.run = null;
    this.isLoaded = false;
    this.#joins = trainee.store.joinCount;
    this.#stopListening = trainee.client.on('played.changed', ({ showId, run }) => showId === this.trainee?.id && this.#take(run));
    this.#ticking = setInterval(() => this.run?.state === 'playing' && this.requestUpdate(), TICK_MS);
    void this.#read(trainee);
  }

  protected override updated(): void {
    const { trainee } = this;
    // What happened while the connection was away was not told.
    if (!trainee || trainee.store.joinCount === this.#joins) return;
    this.#joins = trainee.store.joinCount;
    void this.#read(trainee);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { trainee, run, fault } = this;
    const words = this.#own.text;
    if (!trainee) return nothing;
    if (trainee.show.kind !== 'rehearsal') return html`<p class="soft">${words.realShow}</p>`;
    if (!this.isLoaded) {
      if (!fault) return html`<p role="status">${words.loading}</p>`;
      return html`<div class="stack"><p role="alert">${words.errors[fault.code]}</p><button class="button" type="button" @click=${() => void this.#read(trainee)}>${icon('retry')}${words.again}</button></div>`;
    }
    if (trainee.show.status === 'ended') return html`<div class="stack"><p class="soft">${words.over}</p>${run ? this.#log(run) : nothing}</div>`;
    const isGoing = run !== null && run.state !== 'ended';
    return html`<div class="stack">
      ${run ? this.#state(run) : nothing}
      ${isGoing && run.scenario ? nothing : html`<fieldcast-scenario-picker .trainee=${trainee} .isBusy=${this.isBusy} @scenario-play=${(event: CustomEvent<PlayWish>) => void this.#play(event.detail)}></fieldcast-scenario-picker>`}
      ${this.#byHand()}
      ${run ? this.#log(run) : nothing}
    </div>`;
  }

  #state(run: PlayedRun): TemplateResult {
    const words = this.#own.text;
    const { state: now, scenario, endedBy, next, dropUntil, speed } = run;
    const title = scenario ? scenario.name[this.#own.locale] : words.byHand;
    if (now === 'ended') return html`<p class="run" role="status"><span><span class="title">${title}</span> ${endedBy ? words.ended[endedBy] : ''}</span></p>`;
    const elapsedMs = this.#elapsedMs(run);
    const dropMs = dropUntil === null ? 0 : dropUntil - (this.trainee?.store.serverNow() ?? 0);
    return html`<section class="run" aria-label=${title}>
      <div class="row"><span class="grow"><span class="title">${title}</span> <span class="state" role="status">${scenario ? words.states[now] : ''}</span></span><span class="soft">${words.inRoom(run.viewers)}</span></div>
      ${scenario
        ? html`<progress max=${run.durationMs} value=${elapsedMs} aria-label=${title}></progress>
            <div class="row"><span class="time grow">${clockOf(elapsedMs)} / ${clockOf(run.durationMs)}</span><span class="soft">${words.progress(run.played, run.acts)}</span></div>`
        : nothing}
      ${next && now === 'playing' ? html`<p class="soft">${words.next(words.acts[next.act], clockOf(Math.max(0, next.atMs - elapsedMs) / speed))}</p>` : nothing}
      ${dropMs > 0 ? html`<p class="warm">${words.lineNarrow(clockOf(dropMs))}</p>` : nothing}
      <div class="buttons">
        ${scenario ? html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#change({ isPaused: now !== 'paused' })}>${icon(now === 'paused' ? 'play' : 'clock')}${now === 'paused' ? words.goOn : words.pause}</button>` : nothing}
        <button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#stop()}>${icon('stop')}${words.stop}</button>
      </div>
      ${scenario
        ? html`<fieldset class="choice">
            <legend>${words.speed}</legend>
            ${playedSpeeds.map((each) => html`<button class="button" type="button" aria-pressed=${each === speed ? 'true' : 'false'} ?disabled=${this.isBusy} @click=${() => void this.#change({ speed: each })}>${words.speedOf(each)}</button>`)}
          </fieldset>`
        : nothing}
    </section>`;
  }

  #byHand(): TemplateResult {
    const words = this.#own.text;
    return html`<h3>${words.now}</h3>
      <form class="row own" @submit=${this.#say}>
        <div class="field grow"><input autocomplete="off" maxlength=${MESSAGE_LIMIT} aria-label=${words.ownWords} placeholder=${words.ownWordsHint} /></div>
        <button class="button" type="submit" ?disabled=${this.isBusy}>${icon('send')}${words.send}</button>
      </form>
      <div class="field">
        <label for="topic">${words.about}</label>
        <select id="topic" @change=${(event: Event) => (this.topic = (event.target as HTMLSelectElement).value as QuestionTopic | '')}>
          <option value="">${words.anyTopic}</option>
          ${questionTopics.map((topic) => html`<option value=${topic} ?selected=${topic === this.topic}>${words.topics[topic]}</option>`)}
        </select>
      </div>
      <div class="chips">
        ${BY_HAND.map((act) => html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#act(act === 'question' ? { act, ...(this.topic ? { topic: this.topic } : {}) } : act === 'like' ? { act, count: 20 } : { act })}>${words.acts[act]}</button>`)}
      </div>`;
  }

  #log({ log }: PlayedRun): TemplateResult | typeof nothing {
    const words = this.#own.text;
    if (log.length === 0) return nothing;
    return html`<h3>${words.log}</h3>
      <ul class="list log" aria-live="off">
        ${log.slice(0, LOGGED).map(
          (entry) => html`<li class=${entry.refusal === null ? '' : 'refused'}>
            <span class="what">${entry.name ? html`<span class="who">${entry.name}</span> ` : nothing}<span dir="auto">${said(entry, words)}</span></span>
            ${entry.refusal === null ? nothing : html`<span class="note">${words.refused}</span>`}${entry.isByHand ? html`<span class="note">${words.hand}</span>` : nothing}
          </li>`,
        )}
      </ul>`;
  }

  #elapsedMs({ elapsedMs, durationMs, speed, state: now }: PlayedRun): number {
    return now === 'playing' ? Math.min(durationMs, elapsedMs + (performance.now() - this.#cameAt) * speed) : elapsedMs;
  }

  #take(run: PlayedRun | null): void {
    // Answers and facts may overtake each other: the later act is the newer view.
    const isOlder = run !== null && this.run?.id === run.id && (run.log[0]?.number ?? 0) < (this.run.log[0]?.number ?? 0);
    if (isOlder) return;
    this.run = run;
    this.#cameAt = performance.now();
  }

  #say(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.own;
    const text = field?.value.trim();
    if (!field || !text) return field?.focus();
    void this.#act({ act: 'say', text }).then((isDone) => {
      if (isDone) field.value = '';
    });
  }

  async #read(trainee: Trainee): Promise<void> {
    if (trainee.show.kind !== 'rehearsal') return;
    const read = await trainee.client.call(readAudience, { params: { showId: trainee.id } });
    if (trainee !== this.trainee) return;
    this.fault = read.ok ? null : read.error;
    if (!read.ok) return;
    this.isLoaded = true;
    this.#take(read.value.run);
  }

  async #play(wish: PlayWish): Promise<void> {
    await this.#do((trainee) => trainee.client.call(playAudience, { params: { showId: trainee.id }, body: wish }));
  }

  async #change(body: { isPaused?: boolean; speed?: PlayWish['speed'] }): Promise<void> {
    await this.#do((trainee) => trainee.client.call(changeAudience, { params: { showId: trainee.id }, body }));
  }

  async #stop(): Promise<void> {
    await this.#do((trainee) => trainee.client.call(stopAudience, { params: { showId: trainee.id } }));
  }

  #act(body: ActRequest): Promise<boolean> {
    return this.#do((trainee) => trainee.client.call(playAct, { params: { showId: trainee.id }, query: { language: this.run?.language ?? this.#own.locale }, body }));
  }

  async #do(work: (trainee: Trainee) => Promise<Answer>): Promise<boolean> {
    const { trainee } = this;
    if (!trainee || this.isBusy) return false;
    this.isBusy = true;
    const answer = await work(trainee);
    this.isBusy = false;
    if (!this.worked(answer)) return false;
    if (trainee === this.trainee) this.#take(answer.value.run);
    return true;
  }
}

/** What an entry tells: the words that were said, else what happened. */
function said({ act, text, product, amount }: PlayedEntry, words: PlayedAudienceMessages): string {
  if (text) return text;
  const told = words.logged[act];
  return typeof told === 'string' ? told || words.acts[act] : told(amount, product);
}
