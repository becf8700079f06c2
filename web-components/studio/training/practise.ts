// Owns the way into practice: a tile in the lobby of a show that has not begun, and the choice between a new rehearsal and one that is there.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { listShows, startRehearsal } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Show } from '../../../server/protocol/show.ts';
import { Localize } from '../../i18n/index.ts';
import { trainingMessages } from '../../i18n/training.ts';
import { isRetryable } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import { practiseStyles } from './practise.styles.ts';
import { goTo } from './practised.ts';

const TRIES = 3;
/** More of them nobody looks for on a phone. */
const SHOWN = 6;

/**
 * @tag fieldcast-studio-practise
 * @prop {StaffRoom | null} room - The open show.
 * @prop {Show | null} show - The same as it is now: real, or a rehearsal.
 * @prop {string[]} productIds - Its shelf, which is practised with.
 */
export class FieldcastStudioPractise extends LitElement {
  static override styles = [tokens, studioStyles, practiseStyles];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @property({ attribute: false }) show: Show | null = null;
  @property({ attribute: false }) productIds: readonly string[] = [];
  @state() private sheet: 'none' | 'practise' | 'go-live' = 'none';
  @state() private rehearsals: readonly Show[] | null = null;
  @state() private fault = '';
  @state() private isBusy = false;
  readonly #words = new Localize(this, trainingMessages);
  /** Kept until it is answered, so that a tap again after a bad moment makes no second rehearsal. */
  #key = newId('key');

  protected override render(): TemplateResult | typeof nothing {
    const { show, room } = this;
    if (!show || !room) return nothing;
    const { practise, goLive } = this.#words.text;
    if (show.kind === 'rehearsal') {
      return html`<button class="act wide tile" type="button" @click=${() => (this.sheet = 'go-live')}>
          ${icon('basket')}<span>${goLive.tile}<small>${goLive.tileHint}</small></span>${icon('forward')}
        </button>
        ${this.sheet === 'go-live' ? html`<fieldcast-studio-go-live .room=${room} .show=${show} @sheet-close=${() => (this.sheet = 'none')}></fieldcast-studio-go-live>` : nothing}`;
    }
    return html`<button class="act wide tile" type="button" @click=${() => void this.#open()}>
        ${icon('leaf')}<span>${practise.tile}<small>${practise.tileHint}</small></span>${icon('forward')}
      </button>
      ${this.sheet === 'practise' ? this.#choice() : nothing}`;
  }

  #choice(): TemplateResult {
    const { practise, close, loading } = this.#words.text;
    const open = (this.rehearsals ?? []).filter(({ status }) => status !== 'ended');
    const over = (this.rehearsals ?? []).filter(({ status }) => status === 'ended');
    const row = (show: Show, hint: string): TemplateResult =>
      html`<button class="act wide row" type="button" @click=${() => goTo(this, { showId: show.id, isRehearsal: true })}><span>${show.title}<small>${hint}</small></span>${icon('forward')}</button>`;
    return html`<fieldcast-studio-sheet .heading=${practise.title} .closeLabel=${close} @sheet-close=${() => (this.sheet = 'none')}>
      <div class="sheet">
        <ul>
          ${practise.points.map((point) => html`<li>${icon('check')}<span>${point}</span></li>`)}
        </ul>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <button class="act practise wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#start()}>${icon('play')}${open.length > 0 ? practise.another : practise.start}</button>
        ${this.rehearsals === null && !this.fault ? html`<p role="status">${loading}</p>` : nothing}
        ${open.length > 0 ? html`<h3>${practise.goOn}</h3>${open.slice(0, SHOWN).map((show) => row(show, show.startedAt === null ? '' : practise.begun(this.#words.dateTime(show.startedAt))))}` : nothing}
        ${over.length > 0 ? html`<h3>${practise.look}</h3>${over.slice(0, SHOWN).map((show) => row(show, practise.begun(this.#words.dateTime(show.startedAt ?? show.endedAt ?? 0))))}` : nothing}
      </div>
    </fieldcast-studio-sheet>`;
  }

  async #open(): Promise<void> {
    this.sheet = 'practise';
    this.fault = '';
    const listed = await this.room?.client.call(listShows, { query: { kind: 'rehearsal', mine: 'true', limit: '20' } });
    if (listed?.ok) this.rehearsals = listed.value.shows;
    else if (listed) this.fault = this.#words.text.errors[listed.error.code];
  }

  async #start(): Promise<void> {
    const { room, show } = this;
    if (!room || !show) return;
    this.isBusy = true;
    this.fault = '';
    const body = { sellerId: show.sellerId, title: show.title, productIds: [...this.productIds] };
    const tried = async (left: number): ReturnType<typeof call> => {
      const outcome = await call();
      return !outcome.ok && isRetryable(outcome.error) && left > 1 ? tried(left - 1) : outcome;
    };
    const call = () => room.client.call(startRehearsal, { body, idempotencyKey: this.#key, timeoutMs: 10_000 });
    const started = await tried(TRIES);
    this.isBusy = false;
    if (!started.ok) {
      this.fault = this.#words.text.errors[started.error.code];
      return;
    }
    this.#key = newId('key');
    goTo(this, { showId: started.value.show.id, isRehearsal: true });
  }
}
