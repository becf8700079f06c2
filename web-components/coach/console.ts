// Owns the coach's console: everybody's picture at a glance, one of them large with its sound, and what a coach does beside it.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { Session } from '../../server/protocol/access.ts';
import { CLASS_MOST } from '../../server/protocol/coach-limits.ts';
import { raiseHand, readShow, startRehearsal } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Show } from '../../server/protocol/show.ts';
import type { CoachShow } from '../../server/protocol/training.ts';
import { coachMessages } from '../i18n/coach.ts';
import { Localize } from '../i18n/index.ts';
import type { Client } from '../show/index.ts';
import { buttonStyles, clockOf, icon, tokens } from '../ui/index.ts';
import { cueSign } from '../ui/cue-sign.ts';
import { ClassTimer } from './class-timer.ts';
import { type CoachNotice } from './coach-part.ts';
import { consoleStyles } from './console.styles.ts';
import type { FieldcastCoachNotes } from './notes-part.ts';
import { Roster } from './roster.ts';
import { type SectionName, sections } from './sections.ts';
import { tellApart } from './tell-apart.ts';
import type { Trainee } from './trainee.ts';

const NOTICE_MS = 10_000;
const TIMER_MINUTES = [5, 10, 15, 20];

/**
 * @tag fieldcast-coach-console
 * @prop {readonly CoachShow[]} shows - Whom this coach coaches, as the server lists them.
 * @prop {Session | null} session - Of the coach.
 * @prop {() => Client} openClient - Makes a client with a socket of its own.
 * @prop {Pick<Client, 'call'> | null} client - Of the coach, for what is done outside of the shows watched.
 * @fires {CustomEvent<{ showId: string }>} coach-ask - The coach wants to be let into a real show.
 * @fires {CustomEvent} coach-practice - A rehearsal is open; it is in the list that is read next.
 */
export class FieldcastCoachConsole extends LitElement {
  static override styles = [tokens, buttonStyles, consoleStyles];

  @property({ attribute: false }) shows: readonly CoachShow[] = [];
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) openClient: (() => Client) | null = null;
  @property({ attribute: false }) client: Pick<Client, 'call'> | null = null;
  @state() private isOpening = false;
  @state() private section: SectionName = 'cues';
  @state() private notice: CoachNotice | null = null;
  @state() private isLocked = false;
  @state() private isSilent = false;
  @query('fieldcast-coach-notes') private notes!: FieldcastCoachNotes | null;
  @query('.large video') private video!: HTMLVideoElement | null;
  readonly #words = new Localize(this, coachMessages);
  #timer: ClassTimer | null = null;
  #roster: Roster | null = null;
  #hushing: ReturnType<typeof setTimeout> | undefined;
  #isHolding = false;
  /** Kept until it is answered, so that a tap again after a bad moment opens no second rehearsal. */
  #practiceKey = newId('key');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = new ClassTimer();
    this.#timer.subscribe(() => this.requestUpdate());
    document.addEventListener('visibilitychange', this.#looked);
    addEventListener('keydown', this.#keyDown);
    addEventListener('keyup', this.#keyUp);
    addEventListener('blur', this.#letGo);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#looked);
    removeEventListener('keydown', this.#keyDown);
    removeEventListener('keyup', this.#keyUp);
    removeEventListener('blur', this.#letGo);
    this.#timer?.close();
    this.#roster?.close();
    this.#roster = null;
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected || !this.openClient || !this.session) return;
    if (!this.#roster) {
      this.#roster = new Roster({ openClient: this.openClient, coachName: this.session.name });
      this.#roster.subscribe(() => this.requestUpdate());
      this.#roster.take(this.shows);
    } else if (changed.has('shows')) this.#roster.take(this.shows);
  }

  protected override updated(): void {
    const { video } = this;
    if (!video?.srcObject) return;
    // A browser plays sound only after a tap; the tap that made it large mostly counts.
    if (video.paused) void video.play().then(() => (this.isSilent = false), () => (this.isSilent = true));
  }

  protected override render(): TemplateResult | typeof nothing {
    const roster = this.#roster;
    if (!roster) return nothing;
    const { large } = roster;
    return html`<div class="console ${large ? 'has-large' : ''}" @coach-notice=${(event: CustomEvent<CoachNotice>) => this.#tell(event.detail)}>
      ${this.#head(roster)}
      <div class="body">
        <section class="grid" aria-label=${this.#words.text.gridLabel}>
          <ul class="tiles">
            ${roster.trainees.map((trainee) => this.#tile(trainee))}
          </ul>
          ${this.#others(roster)}
        </section>
        <section class="desk">${large ? this.#large(large) : this.#empty()}</section>
      </div>
      <div role="status" class="notice-place">
        ${this.notice
          ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}"><span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${() => void this.#undo()}>${icon('undo')}${this.notice.undo.label}</button>` : nothing}</p>`
          : nothing}
      </div>
    </div>`;
  }

  // The class

  #head({ trainees }: Roster): TemplateResult {
    const words = this.#words.text;
    const hands = trainees.filter(({ desk }) => desk.hand.raisedAt !== null).length;
    return html`<div class="head">
      <p class="sums"><span>${words.trainees(trainees.length)}</span>${hands > 0 ? html`<strong class="hand">${cueSign('hand')}${words.handsUp(hands)}</strong>` : nothing}</p>
      ${this.#clock()}
    </div>`;
  }

  #clock(): TemplateResult | typeof nothing {
    const words = this.#words.text;
    const timer = this.#timer;
    if (!timer) return nothing;
    if (timer.state === 'off') {
      return html`<div class="timer off" role="group" aria-label=${words.timer}>
        ${icon('clock')}${TIMER_MINUTES.map((minutes) => html`<button class="button" type="button" @click=${() => timer.start(minutes)}>${words.timerStart(minutes)}</button>`)}
      </div>`;
    }
    return html`<div class="timer ${timer.state}" role="group" aria-label=${words.timer}>
      ${icon('clock')}<strong role=${timer.state === 'up' ? 'alert' : 'timer'}>${timer.state === 'up' ? words.timeUp : clockOf(timer.leftMs)}</strong>
      ${timer.state === 'up'
        ? nothing
        : html`<button class="icon-button" type="button" aria-label=${timer.state === 'running' ? words.timerPause : words.timerGo} @click=${() => (timer.state === 'running' ? timer.pause() : timer.goOn())}>${timer.state === 'running' ? pauseSign : icon('play')}</button>`}
      <button class="icon-button" type="button" aria-label=${words.timerStop} @click=${() => timer.stop()}>${icon('close')}</button>
    </div>`;
  }

  /** Whether what is said and done there is practice. */
  #badge({ kind, status }: Trainee['show']): TemplateResult {
    const { rehearsal, live, forReal } = this.#words.text;
    return html`<span class="badge ${kind}">${kind === 'rehearsal' ? rehearsal : status === 'planned' ? forReal : live}</span>`;
  }

  #tile(trainee: Trainee): TemplateResult {
    const words = this.#words.text;
    const { desk, show, name } = trainee;
    const which = this.#which(trainee);
    const isUp = desk.hand.raisedAt !== null;
    return html`<li>
      <button class="tile ${trainee.isLarge ? 'chosen' : ''} ${isUp ? 'up' : ''}" type="button" aria-pressed=${trainee.isLarge ? 'true' : 'false'} @click=${() => void this.#enlarge(trainee)}>
        <span class="visually-hidden">${words.tile(which ? `${name}${words.between}${which}` : name)}</span>
        ${this.#picture(trainee, true)}
        ${this.#badge(show)}
        ${isUp ? html`<span class="up-sign">${cueSign('hand')}<span>${words.hand}</span></span>` : nothing}
        <span class="name"><span class="who" aria-hidden="true">${name}${which ? html`<small>${which}</small>` : nothing}</span>${desk.whisper.canHear ? html`<span class="ear" title=${words.hears}>${cueSign('ear')}<span class="visually-hidden">${words.hears}</span></span>` : nothing}</span>
        ${desk.whisper.isTalking && desk.whisper.coach ? html`<span class="talks">${words.talkingHere(desk.whisper.coach)}</span>` : nothing}
      </button>
    </li>`;
  }

  /** Tells the shows of one name apart; empty for who has one. */
  #which(trainee: Trainee): string {
    const { text: words, locale } = this.#words;
    const time = (at: number): string => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
    const told = tellApart((this.#roster?.trainees ?? []).map(({ show }) => show), { time, notStarted: words.states.planned, nth: words.nth });
    return told.get(trainee.id)?.join(words.between) ?? '';
  }

  #picture(trainee: Trainee, isMuted: boolean): TemplateResult {
    const words = this.#words.text;
    const { media, show } = trainee;
    const hasPicture = media !== null && trainee.phase === 'playing';
    const why = !trainee.store.isCurrent && trainee.store.error ? words.states.gone : show.status === 'planned' ? words.states.planned : show.status === 'paused' ? words.states.paused : words.states.waiting;
    return html`<video autoplay playsinline aria-hidden="true" class=${hasPicture ? '' : 'covered'} .muted=${isMuted} .srcObject=${guard([media], () => media)}></video>
      ${hasPicture ? nothing : html`<span class="why">${why}</span>`}`;
  }

  #others({ others, trainees }: Roster): TemplateResult | typeof nothing {
    if (others.length === 0) return nothing;
    const words = this.#words.text;
    const waits = others.some(({ show, standing }) => standing === 'allowed' && show.status !== 'ended');
    return html`<details class="others" ?open=${waits || trainees.length === 0}>
      <summary>${words.others(others.length)}</summary>
      ${waits && trainees.length >= CLASS_MOST ? html`<p class="soft">${words.moreThanFits(CLASS_MOST)}</p>` : nothing}
      <ul>
        ${others.map(({ show, standing }) => {
          const label = { allowed: '', 'may-ask': words.ask, asked: words.asked, refused: words.refused, ended: words.ended }[standing];
          return html`<li>
            <span class="who">${show.hostName}<span class="soft">${show.title}</span></span>
            ${show.status === 'ended'
              ? html`<span class="soft">${words.over}</span>`
              : standing === 'allowed'
              ? html`<button class="button" type="button" @click=${() => this.#see(show.id)}>${icon('eye')}<span class="visually-hidden">${words.tile(show.hostName)}</span></button>`
              : standing === 'asked'
              ? html`<span class="soft">${label}</span>`
              : html`<button class="button" type="button" @click=${() => this.#ask(show.id)}>${label}</button>`}
            ${show.kind === 'live' ? html`<button class="button" type="button" ?disabled=${this.isOpening} @click=${() => void this.#practise(show)}>${icon('plus')}${words.practise}<span class="visually-hidden">${words.colon}${show.title}</span></button>` : nothing}
          </li>`;
        })}
      </ul>
    </details>`;
  }

  // The one that is large

  #empty(): TemplateResult {
    const words = this.#words.text;
    return html`<div class="pick"><h2>${words.pickOne}</h2><p>${words.pickOneHint}</p></div>`;
  }

  #large(trainee: Trainee): TemplateResult {
    const words = this.#words.text;
    const { desk } = trainee;
    const isUp = desk.hand.raisedAt !== null;
    const session = this.session as Session;
    return html`
      <div class="large">
        ${this.#picture(trainee, false)}
        <div class="bar">
          <button class="icon-button" type="button" aria-label=${words.leaveLarge} @click=${() => void this.#enlarge(null)}>${icon('back')}</button>
          <h2>${trainee.name}${this.#which(trainee) ? html`<small>${this.#which(trainee)}</small>` : nothing}</h2>
          ${this.#badge(trainee.show)}
        </div>
        ${this.isSilent ? html`<button class="button primary sound" type="button" @click=${() => this.#unmute()}>${icon('sound')}${words.soundOn}</button>` : nothing}
      </div>
      <div class="work">
        ${isUp ? html`<div class="raised">${cueSign('hand')}<strong>${words.hand}</strong><button class="button" type="button" @click=${() => void this.#lower(trainee)}>${words.handLower}</button></div>` : nothing}
        ${this.#talk(trainee)}
        <div class="tabs" role="tablist">
          ${sections.map(({ name }) => html`<button role="tab" type="button" id="tab-${name}" aria-selected=${name === this.section ? 'true' : 'false'} aria-controls="panel" @click=${() => (this.section = name)}>${words.sections[name]}</button>`)}
        </div>
        <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${this.section}">${sections.find(({ name }) => name === this.section)?.view(trainee, session)}</div>
      </div>
    `;
  }

  #talk({ mouth, desk }: Trainee): TemplateResult {
    const words = this.#words.text;
    const isTalking = mouth?.state.name === 'talking';
    // Whoever cannot be heard any more is not kept waiting at an open line.
    const isLocked = this.isLocked && mouth?.isPressed === true;
    const says = !mouth ? '' : mouth.state.name === 'busy' ? words.busy(mouth.state.by) : words.mouth[mouth.state.name];
    return html`<div class="talk">
      <button
        class="button hold ${isTalking ? 'on' : ''}"
        type="button"
        aria-pressed=${isTalking ? 'true' : 'false'}
        @pointerdown=${(event: PointerEvent) => this.#pressed(event)}
        @pointerup=${() => this.#letGo()}
        @pointercancel=${() => this.#letGo()}
        @lostpointercapture=${() => this.#letGo()}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${icon('mic')}<span class="label"><span>${isTalking ? words.talkOn : words.talk}</span><small>${words.talkKey}</small></span>
      </button>
      <button class="button lock" type="button" aria-pressed=${isLocked ? 'true' : 'false'} @click=${() => this.#lock(!isLocked)}>${isLocked ? icon('micOff') : icon('mic')}${isLocked ? words.talkUnlock : words.talkLock}</button>
      <p class="soft" role="status">${says || (desk.whisper.canHear ? words.hears : words.hearsNot)}</p>
    </div>`;
  }

  // What is done

  async #enlarge(trainee: Trainee | null): Promise<void> {
    this.isLocked = false;
    this.#isHolding = false;
    await this.#roster?.enlarge(trainee);
  }

  #see(showId: string): void {
    this.#roster?.want(showId);
    this.#roster?.take(this.shows);
    const trainee = this.#roster?.trainees.find(({ id }) => id === showId);
    if (trainee) void this.#enlarge(trainee);
  }

  #ask(showId: string): void {
    this.dispatchEvent(new CustomEvent('coach-ask', { detail: { showId } }));
  }

  /** Opens a rehearsal of what is on this show's shelf; its host finds it in the lobby. */
  async #practise({ id, sellerId, hostId, hostName, title }: Show): Promise<void> {
    const { client } = this;
    if (!client || this.isOpening) return;
    const words = this.#words.text;
    this.isOpening = true;
    const read = await client.call(readShow, { params: { showId: id } });
    const opened = read.ok ? await client.call(startRehearsal, { body: { sellerId, hostId, title, productIds: read.value.shelf.map((product) => product.id) }, idempotencyKey: this.#practiceKey }) : read;
    this.isOpening = false;
    if (!opened.ok) return this.#tell({ text: words.errors[opened.error.code], isFault: true });
    this.#practiceKey = newId('key');
    this.#tell({ text: words.practiceOpen(hostName) });
    this.dispatchEvent(new CustomEvent('coach-practice'));
  }

  async #lower(trainee: Trainee): Promise<void> {
    const lowered = await trainee.client.call(raiseHand, { params: { showId: trainee.id }, body: { isUp: false } });
    if (!lowered.ok) this.#tell({ text: this.#words.text.errors[lowered.error.code], isFault: true });
  }

  #pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#hold();
  }

  #hold(): void {
    const mouth = this.#roster?.large?.mouth;
    if (this.#isHolding || (this.isLocked && mouth?.isPressed)) return;
    this.isLocked = false;
    this.#isHolding = true;
    void mouth?.press();
  }

  readonly #letGo = (): void => {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    void this.#roster?.large?.mouth?.release();
  };

  #lock(isLocked: boolean): void {
    this.#letGo();
    this.isLocked = isLocked;
    const mouth = this.#roster?.large?.mouth;
    void (this.isLocked ? mouth?.press() : mouth?.release());
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (!this.#roster?.large || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.code === 'Space') {
      // Else the page scrolls, or the button that has the focus is pressed.
      event.preventDefault();
      if (!event.repeat) this.#hold();
    } else if (event.key === 'n' || event.key === 'N') {
      event.preventDefault();
      void this.#note();
    }
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !this.#isHolding) return;
    event.preventDefault();
    this.#letGo();
  };

  async #note(): Promise<void> {
    this.section = 'notes';
    await this.updateComplete;
    await this.notes?.mark();
  }

  #unmute(): void {
    const { video } = this;
    if (video) void video.play().then(() => (this.isSilent = false), () => undefined);
  }

  readonly #looked = (): void => {
    if (this.#roster) this.#roster.isHidden = document.visibilityState === 'hidden';
  };

  #tell(notice: CoachNotice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const { notice } = this;
    this.notice = null;
    await notice?.undo?.run();
  }
}

const pauseSign = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 6v12M15 6v12" /></svg>`;

/** Whether the key belongs to a field that is being written in; looked for where it was pressed, behind every shadow. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}
