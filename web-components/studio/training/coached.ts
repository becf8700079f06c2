// Owns what a host sees and hears of a coach while they sell: a cue in large letters, the raised hand, the earpiece, a pin that is shown.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CoachDesk, Cue } from '../../../server/protocol/coach-desk.ts';
import { cueSeen, endDemo, raiseHand, readCoachDesk } from '../../../server/protocol/endpoints.ts';
import { coachedMessages } from '../../i18n/coached.ts';
import { errorMessages } from '../../i18n/errors.ts';
import { Localize } from '../../i18n/index.ts';
import type { Outcome } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import { cueSign } from '../../ui/cue-sign.ts';
import { Ear } from './ear.ts';

/** Two short knocks, felt in a pocket and not mistaken for a call. */
const KNOCK_MS = [180, 90, 180];

/**
 * Stands in the studio of a host. In practice it always has the hand; in a real show it is seen while a coach is there.
 * @tag fieldcast-studio-coached
 * @prop {StaffRoom | null} room - The open show.
 */
export class FieldcastStudioCoached extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        position: relative;
        /* Above all bars: a cue lies over them until it is seen. */
        z-index: 6;
        flex: none;
      }
      .bar {
        display: flex;
        gap: 8px;
        flex-wrap: wrap;
        align-items: center;
        padding: 6px 10px;
        background: var(--fc-surface);
        border-block-end: 1px solid var(--fc-line);
      }
      .bar .act {
        flex: none;
        min-block-size: 48px;
        padding: 4px 14px;
        border-radius: 999px;
        font-size: 17px;
        white-space: nowrap;
      }
      .bar .icon {
        inline-size: 24px;
        block-size: 24px;
      }
      .raised {
        border-color: transparent !important;
        background: var(--fc-warm) !important;
        color: var(--fc-on-warm) !important;
      }
      .says {
        flex: 1 0 100%;
        font-size: 15px;
        line-height: 1.25;
        color: var(--fc-muted);
      }
      .says:empty {
        display: none;
      }
      .says.talking {
        color: var(--fc-accent);
        font-weight: 700;
      }
      .line {
        display: flex;
        gap: 10px;
        align-items: center;
        padding: 8px 12px;
        background: var(--fc-warm);
        color: var(--fc-on-warm);
        font-size: 16px;
      }
      .line span {
        flex: 1;
      }
      .line .act {
        min-block-size: 48px;
        font-size: 17px;
      }
      .cue {
        position: fixed;
        z-index: 30;
        inset-block-start: calc(64px + env(safe-area-inset-top));
        inset-inline: 10px;
        max-inline-size: 560px;
        margin-inline: auto;
        display: grid;
        gap: 10px;
        padding: 14px;
        border: 4px solid var(--fc-accent);
        border-radius: 20px;
        background: var(--fc-surface);
        color: var(--fc-text);
        box-shadow: 0 10px 40px rgb(0 0 0 / 0.45);
      }
      .cue small {
        color: var(--fc-muted);
        font-size: 15px;
      }
      .cue strong {
        display: flex;
        gap: 14px;
        align-items: center;
        font-size: 34px;
        line-height: 1.15;
      }
      .cue strong .icon {
        inline-size: 52px;
        block-size: 52px;
        color: var(--fc-accent);
      }
      .sheet {
        display: grid;
        gap: 14px;
        font-size: 18px;
      }
      .sheet .say {
        padding: 12px;
        border-radius: 14px;
        background: var(--fc-warm);
        color: var(--fc-on-warm);
      }
      .sheet .well {
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
      }
      @media (prefers-reduced-motion: no-preference) {
        .cue {
          animation: come 200ms ease-out;
        }
        @keyframes come {
          from {
            transform: translateY(-16px);
            opacity: 0;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @state() private desk: CoachDesk | null = null;
  @state() private isSheetOpen = false;
  readonly #words = new Localize(this, coachedMessages);
  readonly #errors = new Localize(this, errorMessages);
  #ear: Ear | null = null;
  #room: StaffRoom | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    // The rights of a helper make another room of the same show.
    if (this.isConnected && this.room?.store !== this.#room?.store) this.#enter(this.room);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    const ear = this.#ear;
    if (!desk || !ear || !this.#room) return nothing;
    // A real show in which nobody coaches looks like any other.
    if (desk.coaches.length === 0 && !desk.demo && this.#room.store.snapshot?.show.kind !== 'rehearsal') return nothing;
    const words = this.#words.text;
    const isUp = desk.hand.raisedAt !== null;
    const says = this.#says(desk);
    return html`
      <div class="bar" role="group" aria-label=${words.label}>
        <button class="act ${isUp ? 'raised' : ''}" type="button" aria-pressed=${isUp ? 'true' : 'false'} @click=${() => void this.#hand(!isUp)}>${cueSign('hand')}${isUp ? words.handDown : words.handUp}</button>
        ${desk.coaches.length === 0
          ? nothing
          : html`<button class="act ${ear.state === 'in' ? 'on' : ''}" type="button" aria-haspopup="dialog" @click=${() => (this.isSheetOpen = true)}>${cueSign('ear')}${ear.state === 'in' ? words.earOn : words.ear}</button>`}
        <p class="says ${desk.whisper.isTalking ? 'talking' : ''}" role="status">${says}</p>
      </div>
      ${desk.demo ? this.#demo(desk.demo) : nothing} ${this.#cue(desk.cues)} ${this.isSheetOpen ? this.#sheet(ear) : nothing}
    `;
  }

  #says({ whisper, coaches, hand }: CoachDesk): string {
    const words = this.#words.text;
    if (whisper.isTalking && whisper.coach) return words.talking(whisper.coach);
    const { state: ear } = this.#ear ?? { state: 'out' as const };
    if (ear === 'pulled' || ear === 'failed') return words.ears[ear];
    if (hand.raisedAt !== null && coaches.length > 0) return words.handWaits;
    return coaches.length > 0 ? words.here(coaches.join(this.#words.locale === 'en' ? ', ' : '、')) : '';
  }

  #cue(cues: readonly Cue[]): TemplateResult | typeof nothing {
    const waiting = cues.filter(({ seenAt }) => seenAt === null);
    const [cue] = waiting;
    if (!cue) return nothing;
    const words = this.#words.text;
    return html`<section class="cue" role="alert">
      <small>${words.cueFrom(cue.by)}${waiting.length > 1 ? ` · ${words.more(waiting.length - 1)}` : ''}</small>
      <strong>${cueSign(cue.preset ?? 'words')}<span>${cue.preset ? words.cues[cue.preset] : cue.text}</span></strong>
      <button class="act main wide" type="button" @click=${() => void this.#seen(waiting)}>${icon('check')}${words.seen}</button>
    </section>`;
  }

  #demo({ by, productId }: NonNullable<CoachDesk['demo']>): TemplateResult {
    const words = this.#words.text;
    const product = this.#room?.store.snapshot?.shelf.find(({ id }) => id === productId)?.name ?? '';
    return html`<p class="line" role="status">${icon('pin')}<span>${words.demo(by, product)}</span><button class="act" type="button" @click=${() => void this.#takeBack()}>${words.demoBack}</button></p>`;
  }

  #sheet(ear: Ear): TemplateResult {
    const words = this.#words.text;
    const said = words.ears[ear.state];
    const isBusy = ear.state === 'checking' || ear.state === 'connecting';
    return html`<fieldcast-studio-sheet .heading=${words.earSheet} .closeLabel=${words.close} @sheet-close=${() => (this.isSheetOpen = false)}>
      <div class="sheet">
        <p>${words.earWhy}</p>
        ${ear.state === 'out' || ear.state === 'missing' ? html`<p>${words.earAsk}</p>` : nothing}
        ${said ? html`<p class="say ${ear.state === 'in' ? 'well' : ''}" role="status">${said}</p>` : nothing}
        ${ear.state === 'in'
          ? html`<button class="act main wide" type="button" @click=${() => (this.isSheetOpen = false)}>${icon('check')}${words.close}</button>
              <button class="act wide" type="button" @click=${() => ear.takeOut()}>${icon('muted')}${words.earStop}</button>`
          : html`<button class="act main wide" type="button" ?disabled=${isBusy} @click=${() => void ear.putIn()}>${cueSign('ear')}${ear.state === 'out' || isBusy ? words.earStart : words.again}</button>
              <button class="act wide" type="button" @click=${() => this.#readOnly()}>${icon('chat')}${words.earStop}</button>`}
      </div>
    </fieldcast-studio-sheet>`;
  }

  #readOnly(): void {
    this.#ear?.takeOut();
    this.isSheetOpen = false;
  }

  #enter(room: StaffRoom | null): void {
    this.#leave();
    this.#room = room;
    if (!room) return;
    const { client, store, showId } = room;
    this.#ear = new Ear({
      source: { request: (name, input, timeoutMs) => client.request(name, input, timeoutMs), on: (event, listener) => client.on(event, listener), get rtpCapabilities() { return store.rtpCapabilities; } },
      microphone: () => room.microphone(),
      onChange: () => this.requestUpdate(),
    });
    const mine = <P extends { showId: string }>(take: (desk: CoachDesk, payload: P) => CoachDesk) => (payload: P): void => {
      if (payload.showId === showId && this.desk) this.desk = take(this.desk, payload);
    };
    let [joins, connections] = [0, 0];
    const follow = (): void => {
      if (!store.isCurrent || store.joinCount === joins) return;
      joins = store.joinCount;
      if (connections > 0 && store.connectionCount !== connections) this.#ear?.reconnected();
      connections = store.connectionCount;
      void this.#read();
    };
    this.#stops = [
      store.subscribe(follow),
      client.on('coach.cue', mine((desk, { cue }) => this.#came(desk, cue))),
      client.on('whisper.changed', mine((desk, { whisper }) => ({ ...desk, whisper }))),
      client.on('hand.changed', mine((desk, { hand }) => ({ ...desk, hand }))),
      client.on('demo.changed', mine((desk, { demo }) => ({ ...desk, demo }))),
      client.on('coach.here', mine((desk, { coaches }) => ({ ...desk, coaches }))),
    ];
    follow();
  }

  #leave(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#ear?.close();
    this.#ear = null;
    this.#room = null;
    this.desk = null;
  }

  #came(desk: CoachDesk, cue: Cue): CoachDesk {
    const isNew = desk.cues.every(({ id }) => id !== cue.id);
    // A phone that does not vibrate, or not in this page, has no such function.
    if (isNew && cue.seenAt === null) navigator.vibrate?.(KNOCK_MS);
    return { ...desk, cues: [cue, ...desk.cues.filter(({ id }) => id !== cue.id)].sort((a, b) => b.at - a.at) };
  }

  async #read(): Promise<void> {
    const room = this.#room;
    if (!room) return;
    const read = await room.client.call(readCoachDesk, { params: { showId: room.showId } });
    if (read.ok && room === this.#room) this.desk = read.value;
  }

  async #hand(isUp: boolean): Promise<void> {
    await this.#call((room) => room.client.call(raiseHand, { params: { showId: room.showId }, body: { isUp } }), (desk, hand) => ({ ...desk, hand }));
  }

  /** One tap answers for all that wait: whoever reads the newest has seen the others come. */
  async #seen(cues: readonly Cue[]): Promise<void> {
    for (const { id } of cues) {
      await this.#call(
        (room) => room.client.call(cueSeen, { params: { showId: room.showId, cueId: id } }),
        (desk, cue) => this.#came(desk, cue),
      );
    }
  }

  async #takeBack(): Promise<void> {
    await this.#call((room) => room.client.call(endDemo, { params: { showId: room.showId } }), (desk, { demo }) => ({ ...desk, demo }));
  }

  async #call<T>(work: (room: StaffRoom) => Promise<Outcome<T>>, take: (desk: CoachDesk, value: T) => CoachDesk): Promise<void> {
    const room = this.#room;
    if (!room) return;
    const outcome = await work(room);
    if (room !== this.#room || !this.desk) return;
    if (outcome.ok) this.desk = take(this.desk, outcome.value);
    else if (outcome.error.code === 'not-found') void this.#read();
    else tell(this, { text: this.#errors.text[outcome.error.code], isFault: true });
  }
}
