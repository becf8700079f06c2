// Owns the buyer's e-mail address on this device, which only a payment by card asks for: remembered, and erased with their other details.
import { deviceStorage, Kept } from '../show/index.ts';

export const keptEmail = (serverUrl: string): Kept<string> => new Kept(deviceStorage(), `email:${serverUrl}`, (value) => typeof value === 'string');
