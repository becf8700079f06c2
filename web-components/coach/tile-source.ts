// Owns what one picture of the console takes of a show: the small layer without sound, or, when it is the large one, all of it.
import type { CommandName, CommandResult } from '../../server/protocol/commands.ts';
import type { StreamInfo } from '../../server/protocol/media.ts';
import type { StreamSource, Wish } from '../playback/index.ts';
import type { Client, ShowStore } from '../show/index.ts';

type Consumers = CommandResult<'media.consume'>['consumers'];

export class TileSource implements StreamSource {
  /** HLS would be the way of a network that lets nothing else through; a coach's does. */
  readonly hlsUrl = null;
  readonly #client: Pick<Client, 'request' | 'on'>;
  readonly #store: ShowStore;
  /** Sound that the server has ready, by consumer; it flows only while this is the large picture. */
  #sounds: string[] = [];
  #isLarge = false;
  #isHidden = false;

  constructor(client: Pick<Client, 'request' | 'on'>, store: ShowStore) {
    this.#client = client;
    this.#store = store;
  }

  get isLarge(): boolean {
    return this.#isLarge;
  }

  /** Nobody looks at this picture now: nothing of it is sent. */
  set isHidden(isHidden: boolean) {
    this.#isHidden = isHidden;
  }

  get stream(): StreamInfo | null {
    const { stream } = this.#store;
    // Sound that is not taken must not look like sound that fails to come.
    if (!stream || this.#isLarge) return stream;
    return { ...stream, producers: stream.producers.map((producer) => (producer.kind === 'audio' ? { ...producer, paused: true } : producer)) };
  }

  get rtpCapabilities(): unknown {
    return this.#store.rtpCapabilities;
  }

  get connectionCount(): number {
    return this.#store.connectionCount;
  }

  on: StreamSource['on'] = (event, listener) => this.#client.on(event, listener);

  wish(): Wish {
    return { picture: this.#isLarge ? 'full' : this.#isHidden ? 'none' : 'small', isBuying: false };
  }

  followPicture(): void {
    // Nothing here is shown in step with the picture.
  }

  resync(): Promise<void> {
    return this.#store.resync();
  }

  /** Takes the large picture with its sound, or the small one without. */
  async setLarge(isLarge: boolean): Promise<void> {
    if (isLarge === this.#isLarge) return;
    this.#isLarge = isLarge;
    if (this.#sounds.length > 0) await this.#client.request(isLarge ? 'media.resume' : 'media.pause', { consumerIds: this.#sounds.slice(0, 4) });
  }

  request: StreamSource['request'] = async (name, input, timeoutMs) => {
    if (name === 'media.resume' && !this.#isLarge) {
      const { consumerIds } = input as { consumerIds: string[] };
      const pictures = consumerIds.filter((id) => !this.#sounds.includes(id));
      if (pictures.length === 0) return { ok: true, value: {} } as never;
      return this.#client.request(name, { consumerIds: pictures } as never, timeoutMs);
    }
    const answer = await this.#client.request(name, input, timeoutMs);
    if (answer.ok) this.#note(name, answer.value as { consumers?: Consumers });
    return answer;
  };

  #note(name: CommandName, { consumers = [] }: { consumers?: Consumers }): void {
    const sounds = consumers.filter(({ kind }) => kind === 'audio').map(({ id }) => id);
    if (name === 'media.watch') this.#sounds = sounds;
    else if (name === 'media.consume') this.#sounds = [...this.#sounds, ...sounds].slice(-4);
  }
}
