// Owns the real browser of the journeys: Debian's Chromium with its fake camera and microphone, at the size of a cheap phone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { installSenderClock, readPictureAge, type SenderClockOptions } from './sender-clock.ts';

export const PHONE = { width: 360, height: 800 };
export const DESKTOP = { width: 1280, height: 800 };

const CHROMIUM = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
const CHROMIUM_WINDOWED = process.env['CHROMIUM_WINDOWED_BIN'] ?? '/usr/bin/chromium';
/** As many frames in a second as Chromium's fake camera has by itself, for benches. */
export const PHONE_CAMERA = '--use-fake-device-for-media-stream';
/** For pages of which it matters that there is a picture, and not how good it is: its drawing, coding and showing costs a third. */
export const SLOW_CAMERA = '--use-fake-device-for-media-stream=fps=5';
export const YIELDING_NICENESS = 10;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  // The fewest with which a picture counts as good: each is drawn, encoded, decoded and shown by the two cores that run the tests.
  '--use-fake-device-for-media-stream=fps=15',
  '--autoplay-policy=no-user-gesture-required',
  // A page in the background of the test must not be slowed down as one in the background of a phone is.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** @param flags on top of the usual ones, e.g. another number of fake cameras */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return launch(CHROMIUM, flags);
}

/** One that has a place for notifications, which the lighter one has not. */
export function launchNotifyingBrowser(): Promise<Browser> {
  return launch(CHROMIUM_WINDOWED, []);
}

/** One that gives way to everything else on this machine, for benches: a phone takes no processor time from a server. */
export async function launchYieldingBrowser(flags: readonly string[] = []): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-chromium-'));
  try {
    const program = join(folder, 'chromium');
    // Where Linux groups processes by session, niceness counts inside a group only, and the group has a niceness of its own.
    await writeFile(program, `#!/bin/sh\n{ echo ${YIELDING_NICENESS} > /proc/self/autogroup; } 2> /dev/null\nexec nice -n ${YIELDING_NICENESS} '${CHROMIUM}' "$@"\n`, { mode: 0o755 });
    return await launch(program, flags);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function launch(executablePath: string, flags: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Everything the page complained about: errors thrown, console errors, refusals of the content security policy. */
  complaints: string[];
}

/**
 * What a farmer's page sends: `phone` as good a picture as a phone's, for what measures it; `small` one that shows as well that it moves and
 * how old it is, for a third of the processor's time.
 */
const CLOCKS: Record<'phone' | 'small', SenderClockOptions> = {
  phone: { framesPerSecond: 30, scale: 1 },
  small: { framesPerSecond: 15, scale: 2 / 3 },
};

/** A device of its own: storage, cookies and camera permission are not shared with other visitors. */
export async function openVisitor(
  browser: Browser,
  options: { size?: { width: number; height: number }; locale?: string; camera?: 'phone' | 'small'; clockOffMs?: number } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: options.size ?? PHONE,
    locale: options.locale ?? 'zh-CN',
    permissions: options.camera ? ['camera', 'microphone'] : [],
    hasTouch: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A server that is being killed by a journey refuses connections; that is not the page's fault.
    if (message.type() === 'error' && !/ERR_CONNECTION|WebSocket connection|Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  if (options.clockOffMs) await context.addInitScript(setClock, options.clockOffMs);
  if (options.camera) await context.addInitScript(installSenderClock, CLOCKS[options.camera]);
  return { context, page, complaints };
}

/** A device whose clock is wrong by so many ms, for all that reads it. */
export function setClock(offMs: number): void {
  const Real = Date;
  const now = (): number => Real.now() + offMs;
  globalThis.Date = new Proxy(Real, {
    construct: (_, args: unknown[]) => (args.length === 0 ? new Real(now()) : (Reflect.construct(Real, args) as Date)),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

/** Age in ms of the frame that `video` shows now, by the sender's clock in it; null when there is no readable frame. */
export function pictureAge(video: Locator): Promise<number | null> {
  return video.evaluate(readPictureAge as (element: SVGElement | HTMLElement) => number | null);
}

/** Waits until the picture is younger than `maxAgeMs`, and answers how long that took. */
export async function waitForPicture(video: Locator, options: { maxAgeMs?: number; timeoutMs?: number } = {}): Promise<number> {
  const startedAt = Date.now();
  const { maxAgeMs = 1_000, timeoutMs = 20_000 } = options;
  for (;;) {
    const age = await pictureAge(video).catch(() => null);
    if (age !== null && age <= maxAgeMs) return Date.now() - startedAt;
    if (Date.now() - startedAt > timeoutMs) throw new Error(`no picture younger than ${maxAgeMs} ms within ${timeoutMs} ms; last age ${age}`);
    await video.page().waitForTimeout(50);
  }
}

/** Loudest sample, 0 to 1, of a WebRTC picture's sound; looked for until there is some, for 4 s at the most. */
export function soundLevel(video: Locator): Promise<number> {
  return video.evaluate(async (element: HTMLVideoElement) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(element.srcObject as MediaStream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    const end = performance.now() + 4_000;
    while (performance.now() < end && peak < 0.01) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatTimeDomainData(samples);
      peak = Math.max(peak, ...samples.map(Math.abs));
    }
    await context.close();
    return peak;
  });
}
