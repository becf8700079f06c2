// Owns the joining of a stream's segments with what writes them down, from a show's first picture to its end.
import type { Media, Replays } from '../../media/index.ts';
import type { StreamRecording } from './recording-policy.ts';

interface Running {
  stop(): Promise<void>;
}

export class RecordedStreams implements StreamRecording {
  readonly #media: Pick<Media, 'feed' | 'closeStream'>;
  readonly #replays: Pick<Replays, 'record'>;
  readonly #running = new Map<string, Promise<Running>>();

  constructor(deps: { media: Pick<Media, 'feed' | 'closeStream'>; replays: Pick<Replays, 'record'> }) {
    this.#media = deps.media;
    this.#replays = deps.replays;
  }

  async record(streamId: string): Promise<void> {
    let running = this.#running.get(streamId);
    if (!running) {
      const fresh = (running = this.#start(streamId));
      this.#running.set(streamId, fresh);
      fresh.catch(() => {
        if (this.#running.get(streamId) === fresh) this.#running.delete(streamId);
      });
    }
    await running;
  }

  async finish(streamId: string): Promise<void> {
    // The last segment comes with the end of the stream.
    await this.#media.closeStream(streamId);
    const running = this.#running.get(streamId);
    this.#running.delete(streamId);
    await (await running)?.stop();
  }

  async #start(streamId: string): Promise<Running> {
    const recorder = await this.#replays.record(streamId);
    const release = this.#media.feed(streamId, recorder);
    return {
      async stop() {
        release();
        await recorder.stop();
      },
    };
  }
}
