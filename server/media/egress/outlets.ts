// Owns where a stream's viewers are placed: on its own router while the worker has room, then on other workers' routers.
import type { types } from 'mediasoup';
import type { Clock } from '../../platform/clock.ts';
import { mediaCodecs } from '../codecs.ts';
import { ignore } from '../../platform/errors.ts';
import type { PooledWorker, WorkerPool } from '../workers.ts';
import { type Home, Outlet } from './outlet.ts';

/** A router without viewers stays this long: the next one often comes soon. */
const LINGER_MS = 10_000;

/** Payload types that every consumer of a router has; `key` names them. */
export interface Layout {
  key: string;
  codecs: types.RouterRtpCodecCapability[];
}

/** What our own clients use. */
export const NATIVE_LAYOUT: Layout = { key: 'native', codecs: mediaCodecs };

export interface OutletsOptions {
  streamId: string;
  home: Home;
  pool: WorkerPool;
  /** Viewers on one worker beyond which further ones go elsewhere. */
  viewersPerWorker: number;
  clock: Clock;
}

export class Outlets {
  readonly #options: OutletsOptions;
  readonly #open = new Map<string, Promise<Outlet>>();
  readonly #lingering = new Map<Outlet, () => void>();
  #isClosed = false;

  constructor(options: OutletsOptions) {
    this.#options = options;
    const { worker, router } = options.home;
    const home = new Outlet(worker, router, options.home, true, () => undefined);
    this.#open.set(keyOf(NATIVE_LAYOUT, worker), Promise.resolve(home));
  }

  /** Places one viewer. Call the returned `leave` when they have gone. */
  async place(layout: Layout): Promise<{ outlet: Outlet; leave: () => void }> {
    const worker = this.#choose();
    // Counted before anything is waited for: a hundred viewers may come in the same moment.
    worker.viewers += 1;
    try {
      const outlet = await this.#outletOn(worker, layout);
      this.#lingering.get(outlet)?.();
      return { outlet, leave: outlet.enter() };
    } finally {
      worker.viewers -= 1;
    }
  }

  /** Pipes a new producer to where viewers already are, so that it is there when they ask. */
  spread(producer: types.Producer): void {
    for (const opening of this.#open.values()) {
      opening.then((outlet) => outlet.producer(producer)).catch(ignore('the viewer who asks for it is told'));
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#lingering.values()) cancel();
    for (const opening of this.#open.values()) opening.then((outlet) => outlet.close()).catch(ignore('it never opened'));
    this.#open.clear();
  }

  #choose(): PooledWorker {
    const { home, pool, viewersPerWorker } = this.#options;
    if (home.worker.viewers < viewersPerWorker) return home.worker;
    return pool.running.toSorted((a, b) => a.viewers - b.viewers)[0] ?? home.worker;
  }

  #outletOn(worker: PooledWorker, layout: Layout): Promise<Outlet> {
    const key = keyOf(layout, worker);
    let opening = this.#open.get(key);
    if (!opening) {
      opening = this.#openOutlet(worker, layout, key);
      this.#open.set(key, opening);
      opening.catch(() => this.#open.delete(key));
    }
    return opening;
  }

  async #openOutlet(worker: PooledWorker, layout: Layout, key: string): Promise<Outlet> {
    const { home, streamId } = this.#options;
    const router = await worker.openRouter(streamId, layout.codecs);
    if (this.#isClosed) router.close();
    router.observer.once('close', () => this.#open.delete(key));
    return new Outlet(worker, router, home, worker !== home.worker && layout.key === NATIVE_LAYOUT.key, (outlet) => this.#linger(outlet));
  }

  #linger(outlet: Outlet): void {
    if (outlet.isHome || this.#isClosed || outlet.router.closed) return;
    this.#lingering.get(outlet)?.();
    const cancel = this.#options.clock.after(LINGER_MS, () => {
      this.#lingering.delete(outlet);
      outlet.close();
    });
    this.#lingering.set(outlet, () => {
      this.#lingering.delete(outlet);
      cancel();
    });
  }
}

function keyOf(layout: Layout, worker: PooledWorker): string {
  return `${layout.key} ${worker.pid}`;
}
