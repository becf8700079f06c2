// Owns a host's word on coaches in a real show: who asks is let in or not, and who is in is out with one tap.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { answerCoach, listCoaches } from '../../../server/protocol/endpoints.ts';
import type { ShowCoach } from '../../../server/protocol/training.ts';
import { Localize } from '../../i18n/index.ts';
import { trainingMessages } from '../../i18n/training.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';

/**
 * @tag fieldcast-studio-coaches
 * @prop {StaffRoom | null} room - The open show.
 */
export class FieldcastStudioCoaches extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        position: relative;
        z-index: 4;
        flex: none;
      }
      .one {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 10px;
        padding: 6px 10px 6px 14px;
        background: #efe6fb;
        color: #3d1a78;
        font-size: 17px;
      }
      .one + .one {
        border-block-start: 1px solid #d3bff2;
      }
      .one span {
        flex: 1 1 180px;
        display: grid;
      }
      small {
        font-size: 15px;
      }
      .act {
        min-block-size: 48px;
        padding: 4px 16px;
        font-size: 17px;
      }
    `,
  ];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @state() private coaches: readonly ShowCoach[] = [];
  readonly #words = new Localize(this, trainingMessages);
  #stops: (() => void)[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('room')) return;
    this.#leave();
    const { room } = this;
    if (!room) return;
    const again = (event: { showId: string }): void => void (event.showId === room.showId && this.#read());
    let joins = room.store.joinCount;
    this.#stops = [
      room.client.on('coach.asked', again),
      room.client.on('coach.changed', again),
      room.store.subscribe(() => {
        // Who was away may have missed somebody who asked.
        if (room.store.joinCount === joins) return;
        joins = room.store.joinCount;
        void this.#read();
      }),
    ];
    void this.#read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { consent } = this.#words.text;
    const open = this.coaches.filter(({ standing }) => standing === 'asked' || standing === 'allowed');
    if (open.length === 0) return nothing;
    return html`${open.map((coach) =>
      coach.standing === 'asked'
        ? html`<div class="one" role="alert">
            <span><b>${consent.asks(coach.name)}</b><small>${consent.asksHint}</small></span>
            <button class="act main" type="button" @click=${() => void this.#answer(coach, true)}>${icon('check')}${consent.allow}</button>
            <button class="act" type="button" @click=${() => void this.#answer(coach, false)}>${consent.refuse}</button>
          </div>`
        : html`<div class="one">
            <span>${coach.isHere ? consent.here(coach.name) : consent.away(coach.name)}</span>
            <button class="act" type="button" @click=${() => void this.#answer(coach, false)}>${icon('close')}${consent.end}</button>
          </div>`,
    )}`;
  }

  #leave(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  async #read(): Promise<void> {
    const { room } = this;
    const listed = await room?.client.call(listCoaches, { params: { showId: room.showId } });
    if (listed?.ok && room === this.room) this.coaches = listed.value.coaches;
  }

  async #answer({ coachId, name, standing }: ShowCoach, isAllowed: boolean): Promise<void> {
    const { room } = this;
    const answered = await room?.client.call(answerCoach, { params: { showId: room.showId, coachId }, body: { isAllowed } });
    if (!answered) return;
    if (!answered.ok) return tell(this, { text: this.#words.text.errors[answered.error.code], isFault: true });
    this.coaches = answered.value.coaches;
    if (isAllowed || standing !== 'allowed') return;
    tell(this, {
      text: this.#words.text.consent.ended(name),
      undo: async () => {
        const back = await room?.client.call(answerCoach, { params: { showId: room.showId, coachId }, body: { isAllowed: true } });
        if (back?.ok) this.coaches = back.value.coaches;
        return back?.ok === true;
      },
    });
  }
}
