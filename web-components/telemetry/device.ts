// Owns the random id by which a device is counted: made for one show, kept for it alone, and forgotten after a month.
import { type DeviceStorage, Kept } from '../show/index.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const KEPT_MOST = 40;

/** `[id, day on which it was made]` by show. */
type Devices = Record<string, [id: string, day: number]>;

const isDevices = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).every((each) => Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'number');

/** Letters, digits, `_` and `-`. */
export function randomId(bytes: number): string {
  const letters = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The device's id in this show; where nothing can be kept, one for the life of the page. */
export function deviceOf(storage: DeviceStorage, serverUrl: string, showId: string, now = Date.now()): string {
  const kept = new Kept<Devices>(storage, `devices:${serverUrl}`, isDevices);
  const today = Math.floor(now / DAY_MS);
  const known = Object.entries(kept.read() ?? {}).filter(([, [, day]]) => today - day < KEPT_DAYS && day <= today).slice(-KEPT_MOST);
  const devices: Devices = Object.fromEntries(known);
  const mine = devices[showId];
  if (mine) return mine[0];
  const id = randomId(16);
  kept.write({ ...devices, [showId]: [id, today] });
  return id;
}
