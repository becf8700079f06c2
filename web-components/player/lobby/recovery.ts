// Owns what a viewer is told while something is lost: what it is and what is being done about it, in plain words and never for a blink.
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { type LobbyMessages, lobbyMessages } from '../../i18n/lobby.ts';
import type { PlayerState, Visit } from '../../show/index.ts';
import { tokens } from '../../ui/index.ts';
import { recoveryStep, type RecoveryStep } from './recovery-step.ts';
import { recoveryStyles } from './recovery.styles.ts';
import { Steady } from './steady.ts';

const LOOK_MS = 500;

/** Inside the player only. */
export class FieldcastRecovery extends LitElement {
  static override styles = [tokens, recoveryStyles];

  @property({ attribute: false }) visit: Visit | null = null;
  @property() state: PlayerState = 'live';

  @state() private shown: RecoveryStep | null = null;

  #localize = new Localize<LobbyMessages>(this, lobbyMessages);
  #steady = new Steady<RecoveryStep>({ afterMs: 400, holdMs: 1_500, onChange: (shown) => (this.shown = shown) });
  #heard: Visit | null = null;
  #stop: () => void = () => undefined;
  #socketLostAt: number | null = null;
  #pictureLostAt: number | null = null;
  #closingAt: number | null = null;
  #looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
    this.#steady.stop();
    this.#stop();
    this.#heard = null;
  }

  protected override willUpdate(): void {
    const { visit } = this;
    if (visit !== this.#heard && this.isConnected) {
      this.#stop();
      this.#heard = visit;
      this.#stop = visit?.client.on('server.closing', () => (this.#closingAt = performance.now())) ?? (() => undefined);
    }
    this.#look();
  }

  override render() {
    if (!this.shown) return nothing;
    const [title, hint] = this.#localize.text.recovery[this.shown];
    return html`<div class="pill"><span class="spinner"></span><span><strong>${title}</strong>${hint}</span></div>`;
  }

  #look(): void {
    const { visit } = this;
    if (!visit) return;
    const now = performance.now();
    const isConnected = visit.store.isCurrent;
    this.#socketLostAt = isConnected ? null : (this.#socketLostAt ?? now);
    this.#pictureLostAt = this.state === 'reconnecting' ? (this.#pictureLostAt ?? now) : null;
    if (isConnected) this.#closingAt = null;
    this.#steady.set(
      recoveryStep({
        state: this.state,
        isOnline: navigator.onLine,
        isConnected,
        socketLostMs: now - (this.#socketLostAt ?? now),
        pictureLostMs: now - (this.#pictureLostAt ?? now),
        closingMs: this.#closingAt === null ? null : now - this.#closingAt,
        hasHls: visit.store.stream?.hls ?? false,
      }),
    );
  }
}
