// Owns sending captions from one page: in order, none of them lost on a bad link, from a keyboard or from recognised speech. No DOM.
import type { CaptionLine } from '../../../server/protocol/captions.ts';
import { changeCaption, draftCaption, postCaption } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import { type Call, deviceStorage, type Failure, isRetryable, Kept, type Outcome, Watchable } from '../../show/index.ts';
import { Speech, type SpeechFault, type SpeechState } from '../../voice/speech.ts';
import { splitCaption } from './split-caption.ts';

/** What is being said goes out so often. */
const DRAFT_EVERY_MS = 500;
/** Others are told that somebody writes here so often; it holds for 6 s with them. */
const WRITING_EVERY_MS = 3_000;
const RETRY_MS = 2_000;
/** Lines that wait for the network. Older ones would come so late that nobody knows what they are about. */
const WAITING_LIMIT = 30;

export const captionLangs = ['zh-CN', 'en-US', 'zh-HK', 'zh-TW'] as const;
export type CaptionLang = (typeof captionLangs)[number];

export interface WritingRoom {
  readonly showId: string;
  readonly client: { readonly call: Call };
  readonly store: { serverNow(): number };
  /** The microphone of this page, where it sends. */
  readonly microphone?: () => MediaStreamTrack | null;
}

interface Waiting {
  key: string;
  text: string;
  lang: string;
  source: CaptionLine['source'];
  /** Server clock when it began to be said. */
  at: number;
}

export class CaptionWriter extends Watchable {
  readonly #room: WritingRoom;
  readonly #onLine: (line: CaptionLine) => void;
  readonly #speech: Speech;
  readonly #kept = new Kept<CaptionLang>(deviceStorage(), 'caption-lang', (value) => captionLangs.includes(value as CaptionLang));
  #waiting: Waiting[] = [];
  #isSending = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #draftDue: { text: string; at: number } | null = null;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #saidWritingAt = -Infinity;
  #typingSince: number | null = null;
  #lang: CaptionLang;
  /** Why the first of those that wait has not gone out; null while it is on its way or nothing waits. */
  fault: Failure | null = null;

  /** @param onLine hears of every line that the server has. @param lang where nobody has chosen yet */
  constructor(room: WritingRoom, onLine: (line: CaptionLine) => void, lang: CaptionLang) {
    super();
    this.#room = room;
    this.#onLine = onLine;
    this.#lang = this.#kept.read() ?? lang;
    this.#speech = new Speech({
      draft: (text, agoMs) => this.#draft(text, this.#now() - agoMs),
      final: (text, agoMs) => this.#add(text, 'speech', this.#now() - agoMs),
      state: () => this.changed(),
    });
  }

  get lang(): CaptionLang {
    return this.#lang;
  }

  set lang(lang: CaptionLang) {
    this.#lang = lang;
    this.#kept.write(lang);
    if (this.speechState !== 'off') this.listen();
    this.changed();
  }

  get speechState(): SpeechState {
    return this.#speech.state;
  }

  get speechFault(): SpeechFault | null {
    return this.#speech.fault;
  }

  /** Lines that the server does not have yet, oldest first. */
  get waiting(): readonly { key: string; text: string }[] {
    return this.#waiting;
  }

  /** Writes what the microphone hears, until `stopListening`. */
  listen(): void {
    this.#speech.start(this.#lang, this.#room.microphone ?? (() => null));
  }

  stopListening(): void {
    this.#speech.stop();
  }

  /** Somebody is typing: their line will stand from now on. */
  typing(): void {
    this.#typingSince ??= this.#now();
    if (performance.now() - this.#saidWritingAt < WRITING_EVERY_MS) return;
    this.#saidWritingAt = performance.now();
    void this.#put('', 'typed', this.#now());
  }

  /** Nothing is typed any more. */
  notTyping(): void {
    this.#typingSince = null;
  }

  /** Sends what was typed; long text becomes several lines. */
  send(text: string): void {
    const since = this.#typingSince ?? this.#now();
    this.#typingSince = null;
    this.#add(text, 'typed', since);
  }

  /** Sends again what did not go out. */
  retry(): void {
    void this.#flush();
  }

  discard(key: string): void {
    this.#waiting = this.#waiting.filter((each) => each.key !== key);
    this.fault = null;
    this.changed();
    void this.#flush();
  }

  async change(lineId: string, body: { text?: string; isRemoved?: boolean }): Promise<Outcome<CaptionLine>> {
    const outcome = await this.#room.client.call(changeCaption, { params: { showId: this.#room.showId, captionId: lineId }, body });
    if (outcome.ok) this.#onLine(outcome.value);
    return outcome;
  }

  close(): void {
    this.#speech.stop();
    clearTimeout(this.#retry);
    clearTimeout(this.#draftTimer);
  }

  #add(text: string, source: CaptionLine['source'], since: number): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#draftDue = null;
    const lines = splitCaption(text);
    const tookMs = this.#now() - since;
    // Parts of one breath follow each other in time too, by their share of it.
    lines.forEach((line, index) => {
      this.#waiting.push({ key: newId('key'), text: line, lang: this.#lang, source, at: Math.round(since + (tookMs * index) / lines.length) });
    });
    this.#waiting.splice(0, Math.max(0, this.#waiting.length - WAITING_LIMIT));
    this.changed();
    void this.#flush();
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#retry);
    if (this.#isSending) return;
    this.#isSending = true;
    this.fault = null;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const { key, text, lang, source, at } = next;
      const outcome = await this.#room.client.call(postCaption, {
        params: { showId: this.#room.showId },
        body: { text, lang, source, at },
        idempotencyKey: key,
      });
      if (outcome.ok) {
        this.#waiting = this.#waiting.filter((each) => each.key !== key);
        this.#onLine(outcome.value);
        this.changed();
        continue;
      }
      this.fault = outcome.error;
      if (isRetryable(outcome.error)) this.#retry = setTimeout(() => this.retry(), outcome.error.retryAfterMs ?? RETRY_MS);
      break;
    }
    this.#isSending = false;
    this.changed();
  }

  #draft(text: string, at: number): void {
    this.#draftDue = { text, at };
    this.#draftTimer ??= setTimeout(() => {
      this.#draftTimer = undefined;
      const due = this.#draftDue;
      this.#draftDue = null;
      // Its last lines: the picture has room for two.
      if (due) void this.#put(splitCaption(due.text).at(-1) ?? '', 'speech', due.at);
    }, DRAFT_EVERY_MS);
  }

  #now(): number {
    return Math.round(this.#room.store.serverNow());
  }

  async #put(text: string, source: CaptionLine['source'], at: number): Promise<void> {
    await this.#room.client.call(draftCaption, {
      params: { showId: this.#room.showId },
      body: { text, lang: this.#lang, source, at },
    });
  }
}
