// Owns measuring a phone's uplink before the show: a few growing uploads, bounded in bytes and time.

export interface UplinkProbeOptions {
  /** Uploads bytes and resolves when the server has them all. */
  upload: (bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<unknown>;
  /** Longest whole measurement, ms. */
  limitMs?: number;
  signal?: AbortSignal;
  now?: () => number;
}

/** Sizes in bytes: the first one takes the round trip out of the others. Together, the first of them twice, under 725 kB of somebody's data plan. */
const FIRST_BYTES = 256;
const SIZES = [24_000, 96_000, 320_000, 256_000] as const;
/** An upload this long (ms) has left TCP's slow start behind; a longer one would only cost data. */
const LONG_ENOUGH_MS = 900;

/**
 * Measures the uplink.
 * @returns kbit/s. On a link too slow to finish in time, the rate of what got through as an upper bound.
 * @throws what `upload` throws, when not even the first upload arrived
 */
export async function probeUplink(options: UplinkProbeOptions): Promise<number> {
  const { upload, limitMs = 6000, now = () => performance.now() } = options;
  const limit = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    limit.abort();
  }, limitMs);
  const stop = (): void => limit.abort();
  options.signal?.addEventListener('abort', stop);
  try {
    return Math.round(await measure(upload, limit.signal, () => isLate, now));
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
}

async function measure(upload: UplinkProbeOptions['upload'], signal: AbortSignal, isLate: () => boolean, now: () => number): Promise<number> {
  const startedMs = now();
  await upload(noise(FIRST_BYTES), signal);
  const roundTripMs = now() - startedMs;
  let uplinkKbps = 0;
  const sizes: number[] = [...SIZES];
  for (let bytes = sizes.shift(), isAgain = false; bytes !== undefined; bytes = sizes.shift()) {
    const sentMs = now();
    try {
      await upload(noise(bytes), signal);
    } catch (error) {
      if (!isLate()) throw error;
      // Out of time: it is slower than this upload would have been.
      const boundKbps = (bytes * 8) / Math.max(1, now() - sentMs);
      return uplinkKbps > 0 ? Math.min(uplinkKbps, boundKbps) : boundKbps;
    }
    const tookMs = now() - sentMs;
    // At least a fifth of the time is taken as transfer, for a round trip that was slow only once.
    uplinkKbps = (bytes * 8) / Math.max(1, tookMs - roundTripMs, tookMs / 5);
    if (tookMs < LONG_ENOUGH_MS) continue;
    // A phone that stands still for a second while its camera opens looks like a thin line here. A thin line does so twice.
    if (bytes !== SIZES[0] || isAgain) break;
    isAgain = true;
    sizes.unshift(bytes);
  }
  return uplinkKbps;
}

/** Random, because a proxy may compress zeros away. */
function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(out.subarray(at, at + 65_536));
  return out;
}
