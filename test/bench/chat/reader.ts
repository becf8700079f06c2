// Owns a reader whose connection is cut again and again, and who asks for what was missed as pages do.
import type { ChatMessage, ChatNews, ChatPage } from '../../../server/protocol/chat.ts';
import { inFull } from '../../../server/protocol/chat-news.ts';
import type { Call } from '../../support/market.ts';
import { openSocket, type TestSocket } from '../../support/socket.ts';

export class Reader {
  readonly #server: { url: string; call: Call };
  readonly #showId: string;
  /** By id, in the order they came to stand here. */
  readonly shown = new Map<string, ChatMessage>();
  #revision = 0;
  #socket: TestSocket | null = null;
  /** Events may have been missed: those that come now do not say that everything before them is known. */
  #isStale = true;

  constructor(server: { url: string; call: Call }, showId: string) {
    this.#server = server;
    this.#showId = showId;
  }

  async enter(): Promise<void> {
    const socket = await openSocket(this.#server.url);
    this.#socket = socket;
    socket.raw.on('chat.changed', ({ messages: news }: { messages: ChatNews[] }) => {
      const messages = news.map(inFull);
      if (!this.#isStale) this.#revision = Math.max(this.#revision, ...messages.map(({ revision }) => revision));
      this.#take(messages);
    });
    await socket.ask('show.join', { showId: this.#showId });
    await this.#catchUp();
    this.#isStale = false;
  }

  /** Cuts the connection as a dead spot does: no goodbye. */
  cut(): void {
    this.#isStale = true;
    const socket = this.#socket;
    this.#socket = null;
    (socket?.raw.io.engine as { transport?: { ws?: { terminate?(): void } } } | undefined)?.transport?.ws?.terminate?.();
    socket?.close();
  }

  close(): void {
    this.#socket?.close();
  }

  async #catchUp(): Promise<void> {
    for (let isAll = false; !isAll; ) {
      const { body } = await this.#server.call<ChatPage>('GET', `/api/v1/shows/${this.#showId}/messages?after=${this.#revision}&limit=100`);
      this.#take(body.messages);
      this.#revision = Math.max(this.#revision, body.revision);
      isAll = body.messages.length < 100;
    }
  }

  #take(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      const known = this.shown.get(message.id);
      if (!known || message.revision >= known.revision) this.shown.set(message.id, message);
    }
  }
}
