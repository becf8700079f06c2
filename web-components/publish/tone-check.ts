// Owns the check whether a microphone hears what this phone plays: a short signal is played, and looked for on the very track that is sent.

/** High enough for a small loudspeaker, and no harmonic of mains or of a tuned A. */
const TONE_HZ = 2_300;
const TONE_MS = 220;
const PAUSE_MS = 180;
const ROUNDS = 3;
/** By how much the tone has to stand out of the pauses, each time. */
const STANDS_OUT = 10;
/** Anything softer nobody hears in a voice; amplitude of 1. */
const SOFTEST = 0.002;

/** How strong one frequency is in a stretch of sound: its amplitude, 0 to 1 (Goertzel). */
export function toneIn(samples: Float32Array, frequencyHz: number, sampleRate: number): number {
  const turn = (2 * Math.PI * frequencyHz) / sampleRate;
  const twiceCos = 2 * Math.cos(turn);
  let [last, before] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    // Hann: a voice beside it must not spill over.
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (samples.length - 1));
    [last, before] = [sample * window + twiceCos * last - before, last];
  }
  const power = last * last + before * before - twiceCos * last * before;
  return (4 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Whether what was heard while the tone was on is the tone: it comes and goes with it, every time. */
export function isHeard(on: readonly number[], off: readonly number[]): boolean {
  const quietest = Math.min(...on);
  return quietest > SOFTEST && quietest > Math.max(...off) * STANDS_OUT;
}

/**
 * Plays three short tones and says whether `track` carries them. Call it from a tap, else a phone stays silent.
 * @returns false also where the microphone hears nothing of them because an earpiece is in, which is what is wanted
 */
export async function hearsItself(track: MediaStreamTrack): Promise<boolean> {
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const gain = context.createGain();
    gain.gain.value = 0;
    const tone = context.createOscillator();
    tone.frequency.value = TONE_HZ;
    tone.connect(gain).connect(context.destination);
    tone.start();
    const samples = new Float32Array(analyser.fftSize);
    const listen = async (level: number, ms: number): Promise<number> => {
      gain.gain.setTargetAtTime(level, context.currentTime, 0.01);
      await new Promise((resolve) => setTimeout(resolve, ms));
      analyser.getFloatTimeDomainData(samples);
      return toneIn(samples, TONE_HZ, context.sampleRate);
    };
    const on: number[] = [];
    const off: number[] = [await listen(0, PAUSE_MS)];
    for (let round = 0; round < ROUNDS; round += 1) {
      on.push(await listen(0.4, TONE_MS));
      off.push(await listen(0, PAUSE_MS));
    }
    tone.stop();
    return isHeard(on, off);
  } finally {
    void context.close();
  }
}
