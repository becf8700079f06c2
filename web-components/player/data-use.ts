// Owns how much data a viewer lets a show take on this device: their own choice, else what the browser says of the connection.
import type { Wish } from '../playback/index.ts';
import { deviceStorage, Kept } from '../show/index.ts';

/** `auto`: the best picture that fits. `save`: the smallest one. `sound`: none. */
export const dataUses = ['auto', 'save', 'sound'] as const;
export type DataUse = (typeof dataUses)[number];

export const pictureOf: Record<DataUse, Wish['picture']> = { auto: 'full', save: 'small', sound: 'none' };

const kept = () => new Kept<DataUse>(deviceStorage(), 'data-use', (value) => dataUses.includes(value as DataUse));

/** Whether the browser has been told to save data (`Save-Data`). */
export const isSavingAsked = () => (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;

export const readDataUse = (): DataUse => kept().read() ?? (isSavingAsked() ? 'save' : 'auto');

/** Remembers a choice on this device. */
export const keepDataUse = (dataUse: DataUse): boolean => kept().write(dataUse);
