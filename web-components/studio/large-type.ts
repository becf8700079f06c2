// Owns whether this phone's studio is drawn larger, kept for the next time: for eyes that read little, or without glasses.
import { deviceStorage, Kept } from '../show/index.ts';

/** Sent from within the studio when somebody switches; bubbles. */
export const LARGE_TYPE = 'fieldcast-large-type';

const kept = () => new Kept<boolean>(deviceStorage(), 'large-type', (value) => typeof value === 'boolean');

export const readLargeType = (): boolean => kept().read() ?? false;

/** Keeps the choice, and tells the studio around `from`. */
export function chooseLargeType(from: HTMLElement, isLarge: boolean): void {
  kept().write(isLarge);
  from.dispatchEvent(new CustomEvent(LARGE_TYPE, { detail: isLarge, bubbles: true, composed: true }));
}
