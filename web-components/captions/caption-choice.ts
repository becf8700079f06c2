// Owns whether this device shows captions, and how large: one choice for all players of a page, kept for the next visit.
import { deviceStorage, Kept, Watchable } from '../show/index.ts';

export const captionChoices = ['off', 'on', 'large'] as const;
export type CaptionChoice = (typeof captionChoices)[number];

class Choice extends Watchable {
  readonly #kept = new Kept<CaptionChoice>(deviceStorage(), 'captions', (value) => captionChoices.includes(value as CaptionChoice));
  #value: CaptionChoice | null = null;

  /** `off` until somebody has chosen. */
  get value(): CaptionChoice {
    this.#value ??= this.#kept.read();
    return this.#value ?? 'off';
  }

  /** Chooses for the viewer. */
  set value(value: CaptionChoice) {
    this.#value = value;
    this.#kept.write(value);
    this.changed();
  }

  /** The device itself asks for captions (a setting of its system): taken unless the viewer has chosen here. */
  deviceAsks(): void {
    if (this.value !== 'off' || this.#kept.read() !== null) return;
    this.#value = 'on';
    this.changed();
  }
}

let choice: Choice | null = null;

/** The page's choice; read when it is first needed, because storage may be forbidden. */
export function captionChoice(): Choice {
  choice ??= new Choice();
  return choice;
}
