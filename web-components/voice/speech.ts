// Owns the browser's own recognition of speech: it stops by itself after a while, and is begun again until somebody stops it. No words kept.

/** The part of the browser's `SpeechRecognition` that is used (Chrome, Safari and Edge have it, with a prefix). */
interface Recognition {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  onresult: ((event: { resultIndex: number; results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  onaudiostart: (() => void) | null;
  start(track?: MediaStreamTrack): void;
  abort(): void;
}

/** `denied`: the person or the phone said no; `no-service`: the browser has the words for it but nothing that does it; `no-sound`: no microphone is free. */
export type SpeechFault = 'denied' | 'no-service' | 'no-sound' | 'language' | 'network';
export type SpeechState = 'off' | 'starting' | 'listening' | 'waiting';

export interface SpeechEvents {
  /** What is being said, all of it so far; it may change. It began `agoMs` ago. */
  draft(text: string, agoMs: number): void;
  /** What was said; it does not change any more. */
  final(text: string, agoMs: number): void;
  state(state: SpeechState, fault: SpeechFault | null): void;
}

const faults: Record<string, SpeechFault> = {
  'not-allowed': 'denied',
  'service-not-allowed': 'no-service',
  'audio-capture': 'no-sound',
  'language-not-supported': 'language',
  network: 'network',
};
/** After these it makes no sense to go on asking. */
const LASTING: ReadonlySet<SpeechFault> = new Set(['denied', 'no-service', 'language']);
const AGAIN_FIRST_MS = 250;
const AGAIN_MAX_MS = 8_000;

type Factory = new () => Recognition;

function factory(): Factory | undefined {
  const page = globalThis as { SpeechRecognition?: Factory; webkitSpeechRecognition?: Factory };
  return page.SpeechRecognition ?? page.webkitSpeechRecognition;
}

/** Whether this browser has it at all. */
export const hasSpeech = (): boolean => factory() !== undefined;

export class Speech {
  readonly #events: SpeechEvents;
  #recognition: Recognition | null = null;
  #lang = 'zh-CN';
  #again: ReturnType<typeof setTimeout> | undefined;
  #delayMs = AGAIN_FIRST_MS;
  #sinceMs = 0;
  #isSaying = false;
  state: SpeechState = 'off';
  fault: SpeechFault | null = null;

  constructor(events: SpeechEvents) {
    this.#events = events;
  }

  /**
   * Begins to listen, or goes on in another language.
   * @param track the microphone's, where the browser can take one; else it opens its own
   */
  start(lang: string, track: () => MediaStreamTrack | null): void {
    this.#drop();
    this.#lang = lang;
    this.#delayMs = AGAIN_FIRST_MS;
    this.fault = null;
    this.#begin(track);
  }

  stop(): void {
    this.#drop();
    this.#set('off', this.fault);
  }

  #begin(track: () => MediaStreamTrack | null): void {
    const Recognizer = factory();
    if (!Recognizer) return this.#set('off', 'no-service');
    const recognition = new Recognizer();
    this.#recognition = recognition;
    this.#isSaying = false;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.lang = this.#lang;
    recognition.onaudiostart = () => this.#set('listening', null);
    recognition.onresult = ({ resultIndex, results }) => this.#heard(Array.from(results).slice(resultIndex));
    recognition.onerror = ({ error }) => {
      const fault = faults[error];
      if (fault) this.fault = fault;
    };
    recognition.onend = () => {
      if (this.#recognition !== recognition) return;
      this.#recognition = null;
      if (this.fault && LASTING.has(this.fault)) return this.#set('off', this.fault);
      this.#set('waiting', this.fault);
      // Silence ends it too, which is no fault; a broken network is asked less and less often.
      this.#again = setTimeout(() => this.#begin(track), this.#delayMs);
      this.#delayMs = this.fault ? Math.min(this.#delayMs * 2, AGAIN_MAX_MS) : AGAIN_FIRST_MS;
    };
    this.#set('starting', this.fault);
    const microphone = track();
    try {
      if (microphone?.readyState === 'live') recognition.start(microphone);
      else recognition.start();
    } catch {
      // It takes no track, or not this one.
      try {
        recognition.start();
      } catch {
        this.fault = 'no-sound';
        recognition.onend?.();
      }
    }
  }

  #heard(results: readonly (ArrayLike<{ transcript: string }> & { isFinal: boolean })[]): void {
    this.fault = null;
    this.#delayMs = AGAIN_FIRST_MS;
    this.#set('listening', null);
    let draft = '';
    for (const result of results) {
      const text = result[0]?.transcript ?? '';
      if (text.trim() === '') continue;
      if (!this.#isSaying) this.#sinceMs = Date.now();
      this.#isSaying = true;
      if (result.isFinal) {
        this.#isSaying = false;
        this.#events.final(text, Date.now() - this.#sinceMs);
      } else draft += text;
    }
    if (draft !== '') this.#events.draft(draft, Date.now() - this.#sinceMs);
  }

  #drop(): void {
    clearTimeout(this.#again);
    const recognition = this.#recognition;
    this.#recognition = null;
    recognition?.abort();
  }

  #set(state: SpeechState, fault: SpeechFault | null): void {
    if (state === this.state && fault === this.fault) return;
    this.state = state;
    this.fault = fault;
    this.#events.state(state, fault);
  }
}
