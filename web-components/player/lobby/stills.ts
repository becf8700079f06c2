// Owns what stands in the picture's place while there is sound alone: the explained product's pictures, slowly one after the other, and why.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import type { Visit } from '../../show/index.ts';
import { buttonStyles, icon, type IconName, pictureUrl, tokens } from '../../ui/index.ts';
import type { NoPicture } from '../no-picture.ts';
import { stillPictures } from './still-pictures.ts';
import { stillsStyles } from './stills.styles.ts';

/** Long enough to look at apples; the show is what people listen to. */
const EACH_MS = 7_000;
/** A picture that is on its way and does not come is what the player speaks of itself. */
const NO_FRAME_MS = 4_000;
/** From this width on a phone's picture would be seen to be small. */
const LARGE_PX = 600;

const emblems: Record<NoPicture, IconName> = { network: 'signal', hidden: 'eyeOff', voice: 'sound', room: 'sound', saving: 'sound' };

/**
 * Inside the player only. Stays over the video until that has a new picture on the screen.
 * `away` is without words: the card of a host who is away stands before it.
 */
export class FieldcastStills extends LitElement {
  static override styles = [tokens, buttonStyles, stillsStyles];

  @property({ attribute: false }) visit: Visit | null = null;
  @property({ attribute: false }) video: HTMLVideoElement | null = null;
  @property() reason: NoPicture | 'away' | null = null;

  /** What is shown, a moment longer than there is a reason for it. */
  @state() private shown: NoPicture | 'away' | null = null;
  @state() private index = 0;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #ticks: ReturnType<typeof setInterval> | undefined;
  #giveUp: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Whoever wants no motion gets one picture, and nobody watches a hidden page.
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#ticks = setInterval(() => {
      if (this.shown && !isStill && !document.hidden) this.index += 1;
    }, EACH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticks);
    clearTimeout(this.#giveUp);
    if (!this.reason) this.shown = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('reason')) return;
    clearTimeout(this.#giveUp);
    if (this.reason) this.shown = this.reason;
    else if (this.shown) this.#leave();
  }

  override render() {
    const { visit, shown } = this;
    const snapshot = visit?.store.shown;
    if (!visit || !snapshot || !shown) return nothing;
    const pictures = stillPictures(snapshot, visit.pins);
    const now = pictures.length > 0 ? this.index % pictures.length : 0;
    const width = this.clientWidth > LARGE_PX && shown !== 'saving' ? 1080 : 480;
    return html`<div class="stills ${shown}">
      <div class="room" aria-hidden="true"><div class="frame">
        ${pictures.length === 0 ? html`<span class="none">${icon('leaf')}</span>` : nothing}
        ${pictures.map((id, index) =>
          // The next one is there before it is its turn; the others are not loaded.
          index <= this.index + 1 ? html`<img class=${index === now ? 'now' : ''} alt="" decoding="async" src=${pictureUrl(visit.serverUrl, id, width)} />` : nothing,
        )}
      </div></div>
      ${shown === 'away' ? nothing : this.#notice(shown)}
    </div>`;
  }

  #notice(shown: NoPicture) {
    const [title, hint] = this.#localize.text.stills[shown];
    return html`<p class="why" role="status">${icon(emblems[shown])}<span><strong>${title}</strong>${hint}</span></p>`;
  }

  /** With the first new picture on the screen, not with the word of it: in between the video is black, or of long ago. */
  #leave(): void {
    const { video } = this;
    const done = () => {
      clearTimeout(this.#giveUp);
      if (!this.reason) this.shown = null;
    };
    this.#giveUp = setTimeout(done, NO_FRAME_MS);
    // Firefox has it since 132; without it the pause before giving up is all there is.
    video?.requestVideoFrameCallback?.(done);
  }
}
