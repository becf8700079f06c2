// Owns what a page knows of a chat: every message once and in its place, over lost connections, long absences and repeated sending.
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { briefly } from '../../../server/protocol/chat-news.ts';
import type { EndpointSpec } from '../../../server/protocol/endpoint.ts';
import { ChatLog } from '../../../web-components/chat/chat-log.ts';

/** A chat on a server, and one page's connection to it, which loses what is sent while it is down. */
class FakeChat {
  readonly #messages = new Map<string, ChatMessage>();
  readonly #keys = new Map<string, string>();
  readonly #listeners = new Map<string, Set<(payload: any) => void>>();
  readonly #joins = new Set<() => void>();
  readonly #losses = new Set<() => void>();
  #revision = 0;
  isUp = true;
  /** Answers of the next calls get lost on the way. */
  lostAnswers = 0;
  reads = 0;

  write(text: string): ChatMessage {
    this.#revision += 1;
    const message: ChatMessage = {
      id: `msg_${this.#revision}`,
      position: this.#revision,
      revision: this.#revision,
      at: this.#revision * 1000,
      author: { key: 'a', name: 'Li', role: 'viewer' },
      text,
      replyTo: null,
      state: 'shown',
      isPinned: false,
      isPrivate: false,
      isAnswered: false,
    };
    this.#messages.set(message.id, message);
    this.#tell([message]);
    return message;
  }

  remove(id: string): void {
    this.#revision += 1;
    const message = { ...(this.#messages.get(id) as ChatMessage), revision: this.#revision, state: 'removed' as const, text: '' };
    this.#messages.set(id, message);
    this.#tell([message]);
  }

  lose(): void {
    this.isUp = false;
    for (const listener of this.#losses) listener();
  }

  /** As socket.io does: the room is joined, events may come, then the page hears that it has joined. */
  reconnect(meanwhile: () => void = () => undefined): void {
    this.isUp = true;
    meanwhile();
    for (const listener of this.#joins) listener();
  }

  open(): ChatLog {
    const subscribe = (set: Set<() => void>) => (listener: () => void) => {
      set.add(listener);
      return () => set.delete(listener);
    };
    return new ChatLog({
      showId: 'shw_orchard',
      call: ((endpoint: EndpointSpec, parts: any) => this.#call(endpoint, parts)) as never,
      on: ((name: string, listener: (payload: any) => void) => {
        const listeners = this.#listeners.get(name) ?? new Set();
        this.#listeners.set(name, listeners.add(listener));
        return () => listeners.delete(listener);
      }) as never,
      onJoin: subscribe(this.#joins),
      onLost: subscribe(this.#losses),
      keepToken: () => undefined,
    });
  }

  get texts(): string[] {
    return [...this.#messages.values()].filter((message) => message.state === 'shown').map((message) => message.text);
  }

  #tell(messages: ChatMessage[]): void {
    if (this.isUp) for (const listener of this.#listeners.get('chat.changed') ?? []) listener({ showId: 'shw_orchard', seq: 1, at: 0, messages: messages.map(briefly) });
  }

  async #call(endpoint: EndpointSpec, { query, body, idempotencyKey }: any): Promise<any> {
    await Promise.resolve();
    const lost = this.lostAnswers > 0;
    if (lost) this.lostAnswers -= 1;
    const answer = this.isUp ? this.#answer(endpoint, query, body, idempotencyKey) : null;
    await Promise.resolve();
    if (!answer || lost) return { ok: false, error: { code: 'network.offline', status: 0, detail: '' } };
    return { ok: true, value: answer };
  }

  #answer(endpoint: EndpointSpec, query: any, body: any, key: string): unknown {
    if (endpoint.method === 'POST') {
      if (!this.#keys.has(key)) this.#keys.set(key, this.write(body.text).id);
      return { message: this.#messages.get(this.#keys.get(key) as string), viewerToken: null, ordered: [] };
    }
    this.reads += 1;
    const limit = Number(query.limit);
    const all = [...this.#messages.values()];
    const revision = this.#revision;
    if (query.after !== undefined) {
      const page = all.filter((message) => message.revision > Number(query.after)).sort((a, b) => a.revision - b.revision).slice(0, limit);
      return { messages: page, revision: page.length === limit ? page.at(-1)?.revision : revision, you: 'a' };
    }
    const shown = all.filter((message) => message.state === 'shown' && (query.before === undefined || message.position < Number(query.before)));
    return { messages: shown.slice(-limit), revision, you: 'a' };
  }
}

const textsOf = (log: ChatLog) => log.messages.map((message) => message.text);
let log: ChatLog | undefined;
afterEach(() => log?.stop());

async function open(chat: FakeChat): Promise<ChatLog> {
  log = chat.open();
  log.start();
  await log.sync();
  return log;
}

describe('ChatLog', () => {
  it('starts with the newest messages and reads older ones when asked', async () => {
    const chat = new FakeChat();
    for (let n = 1; n <= 70; n += 1) chat.write(`m${n}`);
    const page = await open(chat);
    expect([textsOf(page)[0], textsOf(page).at(-1), page.hasOlder]).toEqual(['m21', 'm70', true]);
    await page.loadOlder();
    expect([textsOf(page)[0], page.messages.length, page.hasOlder]).toEqual(['m1', 70, false]);
  });

  it('loses and doubles nothing over a hundred lost connections', async () => {
    const chat = new FakeChat();
    const page = await open(chat);
    let seed = 7;
    const chance = (parts: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return (seed >>> 16) % parts;
    };
    let n = 0;
    const say = () => {
      for (let times = chance(4); times > 0; times -= 1) {
        n += 1;
        const { id } = chat.write(`m${n}`);
        if (chance(5) === 0) chat.remove(id);
      }
    };
    for (let round = 0; round < 100; round += 1) {
      say();
      chat.lose();
      say();
      chat.reconnect(say);
      if (chance(2) === 0) await page.sync();
      say();
      if (chance(3) === 0) chat.lostAnswers = 1;
    }
    chat.lostAnswers = 0;
    await page.sync();
    expect(textsOf(page)).toEqual(chat.texts.slice(-page.messages.length));
    expect(page.messages.length).toBeGreaterThan(100);
    expect(new Set(page.messages.map((message) => message.id)).size).toBe(page.messages.length);
  });

  it('takes up what was missed in a long absence page by page', async () => {
    const chat = new FakeChat();
    const page = await open(chat);
    chat.lose();
    for (let n = 1; n <= 450; n += 1) chat.write(`m${n}`);
    chat.reconnect();
    await page.sync();
    expect(textsOf(page)).toEqual(chat.texts.slice(-300));
    expect(page.hasOlder).toBe(true);
  });

  it('takes a message away when the staff have', async () => {
    const chat = new FakeChat();
    const page = await open(chat);
    const { id } = chat.write('rude');
    chat.write('polite');
    expect(textsOf(page)).toEqual(['rude', 'polite']);
    chat.remove(id);
    expect(textsOf(page)).toEqual(['polite']);
  });

  it('shows what is sent as a draft until the server has it, and writes it once however often it is sent', async () => {
    const chat = new FakeChat();
    const page = await open(chat);
    chat.lostAnswers = 1;
    const sending = page.send('hello', { name: '', replyTo: null });
    expect(page.drafts.map((draft) => draft.text)).toEqual(['hello']);
    await sending;
    const [draft] = page.drafts;
    expect(draft?.fault?.code).toBe('network.offline');
    if (draft) await page.retry(draft, '');
    expect(page.drafts).toEqual([]);
    expect(textsOf(page)).toEqual(['hello']);
    expect(chat.texts).toEqual(['hello']);
  });
});
