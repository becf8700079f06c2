// Owns listening to a microphone track: is there any sound, and how loud. Nothing is kept or sent.

/** What the microphone gave since the meter opened. Levels are peaks, 0 to 1. */
export interface Loudness {
  /** Peak of the last tick. */
  level: number;
  /** Loudest peak so far. */
  peak: number;
  /** Whether any sample differed from zero: iOS and Android can hand over a dead microphone after a call. */
  hasSamples: boolean;
  /** How long the meter has been listening, ms. */
  heardMs: number;
}

export interface LevelMeter {
  readonly loudness: Loudness;
  close(): void;
}

const TICK_MS = 100;

/**
 * Measures a track ten times a second.
 * @param onTick called after each measurement
 */
export function openLevelMeter(track: MediaStreamTrack, onTick: (loudness: Loudness) => void): LevelMeter {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const loudness: Loudness = { level: 0, peak: 0, hasSamples: false, heardMs: 0 };
  const timer = setInterval(() => {
    if (context.state !== 'running') {
      // Without a tap some browsers keep it suspended; that says nothing about the microphone, so no time is counted.
      void context.resume().catch(() => undefined);
      return;
    }
    analyser.getFloatTimeDomainData(samples);
    let level = 0;
    for (const sample of samples) level = Math.max(level, Math.abs(sample));
    loudness.level = level;
    loudness.peak = Math.max(loudness.peak, level);
    loudness.hasSamples ||= level > 0;
    loudness.heardMs += TICK_MS;
    onTick(loudness);
  }, TICK_MS);
  return {
    loudness,
    close() {
      clearInterval(timer);
      source.disconnect();
      void context.close();
    },
  };
}
