// Owns loading mediasoup-client: at once when a player starts, in parallel with joining the show.
import type { types } from 'mediasoup-client';

let library: Promise<typeof import('mediasoup-client')> | null = null;

/** Starts the download; later calls answer the same one. A failed download is tried again by the next call. */
export function loadMediasoup(): Promise<typeof import('mediasoup-client')> {
  library ??= import('mediasoup-client').catch((fault: unknown) => {
    library = null;
    throw fault;
  });
  return library;
}

/** A device that knows what the server's router can send. */
export async function createDevice(rtpCapabilities: unknown): Promise<types.Device> {
  const { Device } = await loadMediasoup();
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities });
  return device;
}
