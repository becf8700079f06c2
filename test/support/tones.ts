// Owns tones by which tests tell whose sound it is: pages that speak in one, and how strong a tone is in what a page or a file plays.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const RATE = 48_000;
/** Of each stretch that is looked at. */
const STRETCH = 9_600;

/**
 * In the page, before anything of it runs: its microphone is a tone, its earpiece can be plugged, and what it plays can be listened to.
 * @param options `isSketch`: the camera is a small grey field that changes a little, which leaves the processor to the sound
 */
export function installTone({ hz, level, isSketch = false }: { hz: number; level: number; isSketch?: boolean }): void {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const devices = [{ kind: 'audiooutput', label: 'Speakerphone', deviceId: '1', groupId: '' }];
  const played: MediaStream[] = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (this.srcObject instanceof MediaStream && !played.includes(this.srcObject)) played.push(this.srcObject);
    return play.call(this);
  };
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve([...devices] as never);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = !wish?.video ? new MediaStream() : isSketch ? sketch() : await real({ ...wish, audio: false });
    if (!wish?.audio) return stream;
    const context = new AudioContext();
    const tone = context.createOscillator();
    const gain = context.createGain();
    const out = context.createMediaStreamDestination();
    tone.frequency.value = hz;
    gain.gain.value = level;
    tone.connect(gain).connect(out);
    tone.start();
    stream.addTrack(out.stream.getAudioTracks()[0] as MediaStreamTrack);
    return stream;
  };
  function sketch(): MediaStream {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [144, 256];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    let shade = 0;
    setInterval(() => {
      context.fillStyle = `hsl(0 0% ${40 + (shade++ % 20)}%)`;
      context.fillRect(0, 0, 144, 256);
    }, 200);
    return canvas.captureStream(5);
  }
  Object.assign(globalThis, {
    played,
    plug(isIn: boolean) {
      devices.splice(1);
      if (isIn) devices.push({ kind: 'audiooutput', label: 'Wired headset', deviceId: '2', groupId: '' });
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    },
  });
}

/** Strongest that each tone was in all that the page plays now, amplitude 0 to 1, listened to for a while. */
export async function tonesHeard(page: Page, frequenciesHz: readonly number[], forMs = 1_000): Promise<number[]> {
  const samples = await page.evaluate(
    async ({ ms, stretch, rate }) => {
      const streams = (globalThis as unknown as { played: MediaStream[] }).played.filter((stream) => stream.getAudioTracks().some(({ readyState }) => readyState === 'live'));
      const context = new AudioContext({ sampleRate: rate });
      await context.resume();
      const analyser = context.createAnalyser();
      analyser.fftSize = 16_384;
      for (const stream of streams) context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser);
      const taken: number[][] = [];
      const buffer = new Float32Array(analyser.fftSize);
      for (const end = performance.now() + ms; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        analyser.getFloatTimeDomainData(buffer);
        taken.push([...buffer.subarray(buffer.length - stretch)]);
      }
      await context.close();
      return taken;
    },
    { ms: forMs, stretch: STRETCH, rate: RATE },
  );
  return strongest(samples.map((each) => Float32Array.from(each)), frequenciesHz);
}

/** The same of what a live playlist of ours carries from `at` on (ms since epoch), and of nothing before. */
export async function tonesSince(playlist: string, at: number, frequenciesHz: readonly number[], seconds: number): Promise<number[]> {
  for (let address = playlist; ; ) {
    const answer = await fetch(address);
    const text = await answer.text();
    // Nothing whole within the longest wait: a player asks again.
    if (answer.status === 503) continue;
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    const whole = [...text.matchAll(/^#EXT-X-PROGRAM-DATE-TIME:(\S+)\n(?:#EXT-X-PART:.*\n)*#EXTINF/gm)].map((match) => Date.parse(match[1] as string));
    if ((whole.at(-1) ?? 0) >= at) return tonesIn(playlist, frequenciesHz, seconds, ['-live_start_index', '-1']);
    // Answered when the next segment is whole.
    address = `${playlist}?_HLS_msn=${Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]) + whole.length}`;
  }
}

/** The same of the sound behind an address, as ffmpeg plays it. @param seconds at the most */
export async function tonesIn(url: string, frequenciesHz: readonly number[], seconds: number, options: readonly string[] = []): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ffmpeg', ['-nostdin', '-v', 'error', ...options, '-i', url, '-t', String(seconds), '-vn', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'], { encoding: 'buffer', maxBuffer: 1 << 28 });
  const sound = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + Math.floor(stdout.length / 4) * 4));
  const stretches: Float32Array[] = [];
  for (let at = 0; at + STRETCH <= sound.length; at += STRETCH) stretches.push(sound.subarray(at, at + STRETCH));
  if (stretches.length === 0) throw new Error(`no sound at ${url}`);
  return strongest(stretches, frequenciesHz);
}

function strongest(stretches: readonly Float32Array[], frequenciesHz: readonly number[]): number[] {
  return frequenciesHz.map((hz) => Math.max(...stretches.map((stretch) => toneIn(stretch, hz, RATE))));
}

/** Amplitude of one frequency, 0 to 1: the sound times a turning pointer, with the ends faded (Hann). */
function toneIn(samples: Float32Array, hz: number, rate: number): number {
  let [real, imaginary] = [0, 0];
  for (const [n, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hz * n) / rate;
    const faded = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / (samples.length - 1)));
    real += faded * Math.cos(angle);
    imaginary += faded * Math.sin(angle);
  }
  return (4 * Math.hypot(real, imaginary)) / samples.length;
}
