// Owns the AAC thread: started with the first job, ended after the last; a crash of it ends its jobs and nothing else.
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../platform/clock.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { Logger } from '../../../platform/log.ts';
import type { FromThread, ToThread } from './messages.ts';

/** Each takes a tenth of a core, and a township's server has two for everything. */
const MOST_RENDITIONS = 4;
/** A viewer who changes streams finds it loaded. */
const LINGER_MS = 10_000;
/** A thread cannot load the source; where this runs from it, as in tests, what was built is used. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/server/media/hls/aac/encode-thread.js' : './encode-thread.js', import.meta.url);
/** Packets of 20 ms that the thread has not taken; further behind than this it will not catch up. */
const MOST_WAITING = 250;

export interface AacJobListener {
  config(audioSpecificConfig: Uint8Array): void;
  packet(data: Uint8Array): void;
  /** Once, the last of all calls; `error` when it is not because of `end`. */
  ended(error?: string): void;
}

/** The sound of one stretch on its way through the thread. */
export interface AacJob {
  encode(packet: Uint8Array): void;
  /** Finishes what is under way; `ended` follows. */
  end(): void;
  /** Forgets it at once; nothing follows. */
  drop(): void;
}

export interface AacEncodersDeps {
  clock: Clock;
  log: Logger;
  /** The thread's; tests hand in one that fails. */
  program?: URL;
}

export class AacEncoders {
  readonly #deps: AacEncodersDeps;
  readonly #jobs = new Map<number, AacJobListener>();
  #thread: Worker | undefined;
  #cancelEnd: (() => void) | undefined;
  #lastJob = 0;
  #renditions = 0;

  constructor(deps: AacEncodersDeps) {
    this.#deps = deps;
  }

  /**
   * Room for the AAC of one stream, over its stretches. Returns how to give it back, once.
   * @throws FieldcastError `media.unavailable` when as many as the machine bears are made
   */
  reserve(): () => void {
    if (this.#renditions >= MOST_RENDITIONS) {
      throw new FieldcastError('media.unavailable', 'As many streams as this server can are made into AAC already.', { headers: { 'retry-after': '30' } });
    }
    this.#renditions += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.#renditions -= 1;
      isHeld = false;
    };
  }

  open(channels: 1 | 2, listener: AacJobListener): AacJob {
    const job = ++this.#lastJob;
    const thread = this.#running();
    const send = (message: ToThread) => {
      if (this.#jobs.has(job)) thread.postMessage(message);
    };
    let waiting = 0;
    this.#jobs.set(job, {
      config: (audioSpecificConfig) => listener.config(audioSpecificConfig),
      packet(data) {
        waiting = 0;
        listener.packet(data);
      },
      ended: (error) => listener.ended(error),
    });
    send({ do: 'open', job, channels });
    return {
      encode: (packet) => {
        waiting += 1;
        // A view would take the whole buffer that it lies in with it.
        if (waiting <= MOST_WAITING) send({ do: 'encode', job, packets: [new Uint8Array(packet)] });
        else this.#ended(job, 'the thread does not keep up');
      },
      end: () => send({ do: 'end', job }),
      drop: () => {
        send({ do: 'drop', job });
        this.#forget(job);
      },
    };
  }

  /** Ends the thread at once. */
  close(): void {
    this.#cancelEnd?.();
    this.#cancelEnd = undefined;
    const thread = this.#thread;
    this.#thread = undefined;
    void thread?.terminate();
    for (const job of this.#jobs.keys()) this.#ended(job, 'closed');
  }

  #running(): Worker {
    this.#cancelEnd?.();
    this.#cancelEnd = undefined;
    return (this.#thread ??= this.#start());
  }

  #start(): Worker {
    const { log, program = PROGRAM } = this.#deps;
    const thread = new Worker(program, { name: 'aac' });
    // A server that stops does not wait for it.
    thread.unref();
    const fail = (error: unknown) => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      log.error({ err: error }, 'the AAC thread ended; sound for players without Opus begins anew when it is asked for');
      for (const job of this.#jobs.keys()) this.#ended(job, 'the thread ended');
    };
    thread.on('message', (message: FromThread) => this.#hear(message));
    thread.on('error', fail);
    thread.on('exit', (code) => fail(new Error(`exit ${code}`)));
    return thread;
  }

  #hear(message: FromThread): void {
    const listener = this.#jobs.get(message.job);
    if (message.tells === 'config') listener?.config(message.audioSpecificConfig);
    else if (message.tells === 'packet') listener?.packet(message.data);
    else this.#ended(message.job, message.error);
  }

  #ended(job: number, error?: string): void {
    const listener = this.#jobs.get(job);
    this.#forget(job);
    listener?.ended(error);
  }

  #forget(job: number): void {
    this.#jobs.delete(job);
    if (this.#jobs.size > 0 || !this.#thread || this.#cancelEnd) return;
    this.#cancelEnd = this.#deps.clock.after(LINGER_MS, () => this.close());
  }
}
