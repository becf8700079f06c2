// Owns what the elements of the room have in common: they follow its stage while they stand in the page.
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { Localize } from '../i18n/index.ts';
import { stageMessages } from '../i18n/stage.ts';
import { type StageLog, stageOf, type StageRoom } from './stage-log.ts';

export abstract class StagePart extends LitElement {
  /** A viewer's visit, or the open show of a seller. */
  @property({ attribute: false }) visit: StageRoom | null = null;
  protected readonly words = new Localize(this, stageMessages);
  protected stage: StageLog | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.isConnected) this.#follow(this.visit && stageOf(this.visit));
  }

  /** What it listens to besides; the answered functions end that. */
  protected follow(_stage: StageLog): (() => void)[] {
    return [];
  }

  #follow(stage: StageLog | null): void {
    if (stage === this.stage) return;
    for (const stop of this.#stops) stop();
    this.stage = stage;
    this.#stops = stage ? [stage.use(), stage.subscribe(() => this.requestUpdate()), ...this.follow(stage)] : [];
  }
}
