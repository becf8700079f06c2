// Owns a page's copy of the codes by which a show's goods are ordered in the chat: asked for with each join, kept by events. No DOM.
import { readCodes } from '../../server/protocol/endpoints.ts';
import type { Codes } from '../../server/protocol/codes.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Client } from './client.ts';
import { isRetryable } from './outcome.ts';
import type { ShowStore } from './show-store.ts';
import { Watchable } from './watchable.ts';

const RETRY_MS = 3_000;

export interface CodeRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on'>;
  readonly store: Pick<ShowStore, 'joinCount' | 'subscribe' | 'snapshot'>;
}

export class CodeLog extends Watchable {
  readonly #room: CodeRoom;
  #codes: ReadonlyMap<string, string> = new Map();
  /** Variants without a code that the server was asked about: it has none for them. */
  #askedFor = '';
  #users = 0;
  #stops: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  isOn = false;

  constructor(room: CodeRoom) {
    super();
    this.#room = room;
  }

  /** By variant; none while they are off. */
  get codes(): ReadonlyMap<string, string> {
    return this.#codes;
  }

  /** Begins to follow the show for one element; the answered function ends it. */
  use(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users === 0) this.#stop();
    };
  }

  #start(): void {
    const { client, store, showId } = this.#room;
    let joins = store.joinCount;
    this.#stops = [
      client.on('codes.changed', (event) => event.showId === showId && this.#take(event)),
      store.subscribe(() => {
        if (store.joinCount !== joins) {
          joins = store.joinCount;
          void this.#sync();
        } else if (this.isOn) this.#askForNew();
      }),
    ];
    void this.#sync();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#retry);
  }

  /** A size that was added to a product has its code once it is asked for. */
  #askForNew(): void {
    const without = (this.#room.store.snapshot?.shelf ?? []).flatMap((product) => product.variants.flatMap(({ id }) => (this.#codes.has(id) ? [] : [id]))).join();
    if (without === '' || without === this.#askedFor) return;
    this.#askedFor = without;
    void this.#sync();
  }

  async #sync(): Promise<void> {
    clearTimeout(this.#retry);
    const { client, showId } = this.#room;
    const outcome = await client.call(readCodes, { params: { showId } });
    if (this.#stops.length === 0) return;
    if (outcome.ok) this.#take(outcome.value);
    else if (isRetryable(outcome.error)) this.#retry = setTimeout(() => void this.#sync(), RETRY_MS * (0.75 + Math.random() / 2));
  }

  #take({ isOn, codes }: Codes): void {
    this.isOn = isOn;
    this.#codes = new Map(codes.map(({ variantId, code }) => [variantId, code]));
    this.changed();
  }
}

/** The show with the codes before the names on its shelf; the same object where there are none. */
export function withCodes(plain: ShowSnapshot, codes: ReadonlyMap<string, string>): ShowSnapshot {
  if (codes.size === 0) return plain;
  const shelf = plain.shelf.map((product) => {
    const own = product.variants.flatMap(({ id }) => codes.get(id) ?? []);
    const [first] = own;
    if (first === undefined) return product;
    if (product.variants.length === 1) return { ...product, name: `${first} ${product.name}` };
    const name = own.length === 1 ? `${first} ${product.name}` : `${first}–${own.at(-1)} ${product.name}`;
    return { ...product, name, variants: product.variants.map((variant) => ({ ...variant, label: [codes.get(variant.id), variant.label].filter(Boolean).join(' ') })) };
  });
  return { ...plain, shelf };
}

const logs = new WeakMap<object, CodeLog>();

/** The one of a room; its elements share it. */
export function codesOf(room: CodeRoom): CodeLog {
  let log = logs.get(room);
  if (!log) logs.set(room, (log = new CodeLog(room)));
  return log;
}
