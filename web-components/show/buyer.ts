// Owns the buyer's name, phone and address on this device: remembered for the next order, erased on request, sent nowhere else.
import type { Buyer } from '../../server/protocol/order.ts';
import { type DeviceStorage, Kept } from './storage.ts';

const isBuyer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ['name', 'phone', 'address'].every((field) => typeof (value as Record<string, unknown>)[field] === 'string');

export const openBuyer = (storage: DeviceStorage, serverUrl: string): Kept<Buyer> => new Kept<Buyer>(storage, `buyer:${serverUrl}`, isBuyer);
