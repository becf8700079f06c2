// Owns the guided practice as data: five tasks of three screens at most, what each asks for, and that every step can be taken back. Pure.

export const taskNames = ['see', 'hello', 'pin', 'price', 'order'] as const;
export type TaskName = (typeof taskNames)[number];

/** Screens in their order; the part before the point is the task. */
export const screenNames = ['see.place', 'see.look', 'hello.speak', 'pin.tap', 'pin.shown', 'price.tap', 'price.type', 'price.shown', 'order.comes', 'order.take', 'order.done'] as const;
export type ScreenName = (typeof screenNames)[number];

/** Goods to practise with, their prices in hundredths of whatever the seller counts in; nobody can buy them. */
export const goods = [
  { id: 'apples', priceMinor: 3900 },
  { id: 'pears', priceMinor: 3200 },
  { id: 'honey', priceMinor: 5800 },
] as const;
export type GoodId = (typeof goods)[number]['id'];

export interface Practice {
  readonly screen: ScreenName | 'finished';
  readonly isSeen: boolean;
  readonly isHeard: boolean;
  readonly shown: GoodId | null;
  /** In hundredths. */
  readonly prices: Readonly<Record<GoodId, number>>;
  readonly isTaken: boolean;
}

export type Act =
  | { name: 'next' }
  /** The camera's picture is there, or the person goes on without one. */
  | { name: 'seen' }
  | { name: 'heard' }
  | { name: 'show'; good: GoodId }
  | { name: 'price'; priceMinor: number }
  | { name: 'take' };

export const beginning: Practice = {
  screen: 'see.place',
  isSeen: false,
  isHeard: false,
  shown: null,
  prices: { apples: 3900, pears: 3200, honey: 5800 },
  isTaken: false,
};

export function taskOf(screen: ScreenName): TaskName {
  return screen.slice(0, screen.indexOf('.')) as TaskName;
}

/** What an act makes of the practice; the same object where it means nothing on this screen, so that a stray tap does nothing. */
export function after(practice: Practice, act: Act): Practice {
  const { screen } = practice;
  if (screen === 'finished') return practice;
  const onward = (change: Partial<Practice> = {}): Practice => ({ ...practice, ...change, screen: screenNames[screenNames.indexOf(screen) + 1] ?? 'finished' });
  switch (act.name) {
    case 'next':
      return canGoOn(practice) ? onward() : practice;
    case 'seen':
      return screen === 'see.look' && !practice.isSeen ? { ...practice, isSeen: true } : practice;
    case 'heard':
      return screen === 'hello.speak' && !practice.isHeard ? { ...practice, isHeard: true } : practice;
    case 'show':
      return screen === 'pin.tap' ? onward({ shown: act.good }) : practice;
    case 'price':
      return screen === 'price.type' && practice.shown !== null && act.priceMinor > 0 ? onward({ prices: { ...practice.prices, [practice.shown]: act.priceMinor } }) : practice;
    case 'take':
      return screen === 'order.take' ? onward({ isTaken: true }) : practice;
  }
}

/** Whether the screen has been done, or only tells something. */
export function canGoOn({ screen, isSeen, isHeard }: Practice): boolean {
  if (screen === 'see.look') return isSeen;
  if (screen === 'hello.speak') return isHeard;
  return screen !== 'finished' && screen !== 'pin.tap' && screen !== 'price.type' && screen !== 'order.take';
}

/** The way so far, so that each step can be taken back, one by one, to the beginning. */
export class Way {
  #steps: readonly Practice[] = [beginning];

  get now(): Practice {
    return this.#steps.at(-1) ?? beginning;
  }

  get canUndo(): boolean {
    return this.#steps.length > 1;
  }

  do(act: Act): boolean {
    const next = after(this.now, act);
    if (next === this.now) return false;
    this.#steps = [...this.#steps, next];
    return true;
  }

  undo(): void {
    if (this.canUndo) this.#steps = this.#steps.slice(0, -1);
  }

  again(): void {
    this.#steps = [beginning];
  }
}
