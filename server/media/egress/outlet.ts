// Owns a router that viewers of one stream hang on: the stream's own one, or another one that its producers are piped to.
import type { types } from 'mediasoup';
import { unavailable } from '../faults.ts';
import type { PooledWorker } from '../workers.ts';

/** Where a stream's producers live. */
export interface Home {
  worker: PooledWorker;
  router: types.Router;
}

export class Outlet {
  readonly worker: PooledWorker;
  readonly router: types.Router;
  readonly #home: Home;
  readonly #keepsIds: boolean;
  readonly #pipes = new Map<string, Promise<types.Producer>>();
  readonly #leaveListener: (outlet: Outlet) => void;
  #viewers = 0;

  /** @param keepsIds false where an id would meet itself: a router on the worker that the stream itself is on. */
  constructor(worker: PooledWorker, router: types.Router, home: Home, keepsIds: boolean, onEmpty: (outlet: Outlet) => void) {
    this.worker = worker;
    this.router = router;
    this.#home = home;
    this.#keepsIds = keepsIds;
    this.#leaveListener = onEmpty;
  }

  get isHome(): boolean {
    return this.router === this.#home.router;
  }

  /** Then it ends with the stream's own worker. */
  get isOnHomeWorker(): boolean {
    return this.worker === this.#home.worker;
  }

  get server(): types.WebRtcServer {
    return this.worker.server;
  }

  get viewers(): number {
    return this.#viewers;
  }

  /** Counts a viewer at once, so that those who come in the same moment are spread. Returns how to count them out, once. */
  enter(): () => void {
    this.#viewers += 1;
    this.worker.viewers += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#viewers -= 1;
      this.worker.viewers -= 1;
      if (this.#viewers === 0) this.#leaveListener(this);
    };
  }

  /** The producer to consume here for one of the stream's. Piped on first use; ends and pauses follow by themselves. */
  producer(origin: types.Producer): Promise<types.Producer> {
    if (this.isHome) return Promise.resolve(origin);
    let pipe = this.#pipes.get(origin.id);
    if (!pipe) {
      pipe = this.#pipe(origin);
      this.#pipes.set(origin.id, pipe);
      pipe.catch(() => this.#pipes.delete(origin.id));
    }
    return pipe;
  }

  async #pipe(origin: types.Producer): Promise<types.Producer> {
    const { pipeProducer } = await this.#home.router.pipeToRouter({
      producerId: origin.id,
      router: this.router,
      keepId: this.#keepsIds,
      enableSctp: false,
    });
    if (!pipeProducer) throw unavailable();
    pipeProducer.observer.once('close', () => this.#pipes.delete(origin.id));
    return pipeProducer;
  }

  /** Ends the pipes with their router. The home router belongs to the stream. */
  close(): void {
    if (!this.isHome) this.router.close();
  }
}
