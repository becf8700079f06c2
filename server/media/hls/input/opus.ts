// Owns what an Opus packet says of itself (RFC 6716 section 3.1), and packets of silence.

/** Ticks of 48 kHz of one frame, by the four configurations that share a mode and bandwidth. */
const SILK_TICKS = [480, 960, 1_920, 2_880] as const;
const HYBRID_TICKS = [480, 960] as const;
const CELT_TICKS = [120, 240, 480, 960] as const;
/** RFC 6716 section 3.4: no packet is longer than 120 ms. */
const LONGEST_TICKS = 5_760;

export interface OpusPacketInfo {
  /** Ticks of 48 kHz. */
  duration: number;
  isStereo: boolean;
}

/** Undefined for what is no Opus packet. */
export function readOpus(packet: Uint8Array): OpusPacketInfo | undefined {
  const toc = packet[0];
  if (toc === undefined) return undefined;
  const frames = frameCount(packet, toc & 3);
  const duration = frames * frameTicks(toc >> 3);
  if (duration === 0 || duration > LONGEST_TICKS) return undefined;
  return { duration, isStereo: (toc & 4) !== 0 };
}

function frameCount(packet: Uint8Array, code: number): number {
  if (code === 0) return 1;
  return code === 3 ? (packet[1] ?? 0) & 63 : 2;
}

function frameTicks(configuration: number): number {
  if (configuration < 12) return SILK_TICKS[configuration & 3] as number;
  if (configuration < 16) return HYBRID_TICKS[configuration & 1] as number;
  return CELT_TICKS[configuration & 3] as number;
}

/** The lengths of silence there are, the longest first. All are CELT, full band, with the range coder's "all silent" flag. */
const SILENCES = [
  { duration: 960, configuration: 31 },
  { duration: 480, configuration: 30 },
  { duration: 240, configuration: 29 },
  { duration: 120, configuration: 28 },
].map(({ duration, configuration }) => ({
  duration,
  mono: Uint8Array.of(configuration << 3, 0xff, 0xfe),
  stereo: Uint8Array.of((configuration << 3) | 4, 0xff, 0xfe),
}));

/** The longest packet of silence that is no longer than `ticks`; undefined below 2.5 ms. */
export function silence(ticks: number, isStereo: boolean): { data: Uint8Array; duration: number } | undefined {
  const found = SILENCES.find(({ duration }) => duration <= ticks);
  return found && { data: isStereo ? found.stereo : found.mono, duration: found.duration };
}
