// Owns what the host's page measures for their trainer: how loud each second was, how the picture was lit, when a price was said. Numbers only.
import { sendReadings } from '../../../server/protocol/endpoints.ts';
import { READING_SECONDS_LIMIT } from '../../../server/protocol/scoring-limits.ts';
import type { StaffRoom } from '../room/segments.ts';
import { type Look, lookAt } from './picture-look.ts';

const SEND_MS = 20_000;
const LOOK_MS = 10_000;
/** Wide enough for edges, small enough for a cheap phone: about 3 ms there. */
const LOOK_WIDTH = 90;
const PRICES_MOST = 20;

export interface MeasuringOptions {
  room: StaffRoom;
  /** What is sent is for scoring: only where the server wants it. */
  isWanted: () => boolean;
  /** Whether something listens for prices. */
  isListening: () => boolean;
  /** What the camera sees; null while it is off or must not be looked at. */
  picture: () => HTMLVideoElement | null;
  onLook: (look: Look) => void;
}

export class Measuring {
  readonly #options: MeasuringOptions;
  readonly #timers: ReturnType<typeof setInterval>[];
  #levels: number[] = [];
  #look: Look | null = null;
  #prices: { productId: string; at: number }[] = [];

  constructor(options: MeasuringOptions) {
    this.#options = options;
    this.#timers = [setInterval(() => void this.#send(), SEND_MS), setInterval(() => this.#see(), LOOK_MS)];
  }

  /** The last second; called once for each. */
  level(level: number): void {
    if (!this.#options.isWanted()) return;
    this.#levels = [...this.#levels, level].slice(-READING_SECONDS_LIMIT);
  }

  priceSaid(productId: string): void {
    this.#prices = [...this.#prices, { productId, at: performance.now() }].slice(-PRICES_MOST);
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    void this.#send();
  }

  #see(): void {
    const video = this.#options.picture();
    if (!video || video.videoWidth === 0 || document.visibilityState !== 'visible') return;
    const canvas = document.createElement('canvas');
    canvas.width = LOOK_WIDTH;
    canvas.height = Math.round((video.videoHeight / video.videoWidth) * LOOK_WIDTH);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    this.#look = lookAt(context.getImageData(0, 0, canvas.width, canvas.height));
    this.#options.onLook(this.#look);
  }

  async #send(): Promise<void> {
    const { room, isWanted, isListening } = this.#options;
    const now = performance.now();
    const prices = this.#prices.filter(({ at }) => now - at <= READING_SECONDS_LIMIT * 1000);
    const levels = this.#levels;
    const look = this.#look;
    this.#levels = [];
    this.#prices = [];
    this.#look = null;
    if (!isWanted() || (levels.length === 0 && prices.length === 0 && !look)) return;
    // What does not arrive is missing in a figure; it is not worth a phone's memory or network to try again.
    await room.client.call(sendReadings, {
      params: { showId: room.showId },
      body: { levels, isListening: isListening(), pricesSaid: prices.map(({ productId, at }) => ({ productId, secondsAgo: (now - at) / 1000 })), ...(look ? { picture: look } : {}) },
    });
  }
}
