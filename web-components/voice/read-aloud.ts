// Owns reading a show's questions and orders aloud on the host's own device: chosen, one after the other, never over the host, never to viewers.
import { inFull } from '../../server/protocol/chat-news.ts';
import { type Client, deviceStorage, Kept, Watchable } from '../show/index.ts';
import { aloudLangs, aloudWords, type AloudLang } from './aloud-words.ts';
import { Chooser } from './chooser.ts';
import { type Earpiece, watchEarpiece } from './earpiece.ts';
import { HostVoice } from './host-voice.ts';
import { Speaker } from './speaker.ts';

export interface AloudSettings {
  isOn: boolean;
  what: 'questions' | 'all';
  hasOrders: boolean;
  lang: AloudLang;
  /** `voiceURI`; empty for the usual one. */
  voice: string;
  /** 0.2 to 1. */
  volume: number;
}

export interface AloudRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'on'>;
  /** The microphone of this page, where it sends. */
  readonly microphone: () => MediaStreamTrack | null;
  readonly gone: AbortSignal;
}

/** `off`; `no-earpiece`: waits until somebody says that the sound stays in the ear; `waiting` while the host speaks. */
export type AloudState = 'off' | 'no-earpiece' | 'ready' | 'waiting' | 'reading';

/** Between two sentences, so that the host can answer. */
const PAUSE_MS = 700;
const LOOK_MS = 300;
/** A sentence that the host has cut off twice is left. */
const TRIES = 2;

function isSettings(value: unknown): boolean {
  const settings = value as Partial<AloudSettings> | null;
  return (
    typeof settings === 'object' && settings !== null && typeof settings.isOn === 'boolean' && (settings.what === 'questions' || settings.what === 'all') &&
    typeof settings.hasOrders === 'boolean' && aloudLangs.includes(settings.lang as AloudLang) && typeof settings.voice === 'string' &&
    typeof settings.volume === 'number' && settings.volume >= 0 && settings.volume <= 1
  );
}

const kept = () => new Kept<AloudSettings>(deviceStorage(), 'read-aloud', isSettings);

export class ReadAloud extends Watchable {
  readonly #kept = kept();
  readonly #room: AloudRoom;
  readonly #speaker = new Speaker();
  readonly #voice: HostVoice;
  readonly #chooser: Chooser;
  #settings: AloudSettings;
  #earpiece: Earpiece = 'unknown';
  #isConfirmed = false;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isTurning = false;
  #cutText = '';
  #cuts = 0;

  constructor(room: AloudRoom, lang: AloudLang) {
    super();
    this.#room = room;
    this.#settings = this.#kept.read() ?? { isOn: false, what: 'questions', hasOrders: true, lang, voice: '', volume: 1 };
    this.#chooser = new Chooser(this.#settings);
    this.#voice = new HostVoice(room.microphone, () => this.#cutOff());
    room.gone.addEventListener('abort', () => this.#halt());
    if (this.#settings.isOn) this.#begin();
  }

  get settings(): Readonly<AloudSettings> {
    return this.#settings;
  }

  get earpiece(): Earpiece {
    return this.#earpiece;
  }

  get state(): AloudState {
    if (!this.#settings.isOn) return 'off';
    if (!this.#isInEar) return 'no-earpiece';
    if (this.#speaker.isSpeaking) return 'reading';
    return this.#chooser.size > 0 && this.#voice.isSpeaking ? 'waiting' : 'ready';
  }

  /** Changes some of the settings, and keeps them. */
  set(part: Partial<AloudSettings>): void {
    const wasOn = this.#settings.isOn;
    this.#settings = { ...this.#settings, ...part };
    this.#kept.write(this.#settings);
    this.#chooser.settings = this.#settings;
    if (this.#settings.isOn && !wasOn) this.#begin();
    if (!this.#settings.isOn && wasOn) this.#halt();
    this.changed();
  }

  /** The host says that the sound stays in their ear. It holds until devices change. */
  confirmEarpiece(): void {
    this.#isConfirmed = true;
    this.changed();
    this.#turn();
  }

  /** Says a sentence to hear the voice by; to be called in a tap, which is what lets some browsers speak at all. */
  test(): void {
    void this.#speaker.say(aloudWords[this.#settings.lang].test, this.#settings);
  }

  /** Where nothing is sent from here, nothing said here can be sent. */
  get #isInEar(): boolean {
    return this.#earpiece === 'plugged' || this.#isConfirmed || !this.#voice.isSending;
  }

  #begin(): void {
    const { client, showId } = this.#room;
    this.#voice.start();
    const seen = (): void => {
      if (document.visibilityState !== 'visible') return;
      // A sentence that the phone froze in the background never ends.
      this.#speaker.stop();
      this.#turn();
    };
    document.addEventListener('visibilitychange', seen);
    this.#stops = [
      watchEarpiece((earpiece) => {
        if (this.#earpiece === 'plugged' && earpiece !== 'plugged') {
          // Pulled out: from here on it would be heard by everyone.
          this.#isConfirmed = false;
          this.#speaker.stop();
        }
        this.#earpiece = earpiece;
        this.changed();
        this.#turn();
      }),
      client.on('chat.changed', (event) => {
        if (event.showId !== showId) return;
        for (const { id, author, text, state, position, revision } of event.messages.map(inFull)) {
          // New ones only, of viewers: what came back from moderation has been talked about already.
          if (state === 'shown' && author.role === 'viewer' && position === revision) this.#chooser.take({ id, authorKey: author.key, name: author.name, text }, Date.now());
        }
        this.#turn();
      }),
      client.on('order.placed', ({ showId: placedIn, order }) => {
        if (placedIn !== showId || !this.#settings.hasOrders) return;
        this.#chooser.takeOrder(order.lines.map(({ name, quantity, unit }) => ({ name, quantity, unit })), Date.now());
        this.#turn();
      }),
      () => document.removeEventListener('visibilitychange', seen),
    ];
  }

  #halt(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#timer);
    this.#voice.stop();
    this.#speaker.stop();
    this.#chooser.clear();
  }

  #cutOff(): void {
    this.#speaker.stop();
  }

  /** Says what waits, one after the other, as long as it may. */
  #turn(): void {
    clearTimeout(this.#timer);
    if (this.#isTurning || this.#stops.length === 0) return;
    if (!this.#isInEar) {
      this.changed();
      return;
    }
    if (this.#voice.isSpeaking) {
      if (this.#chooser.size > 0) this.#timer = setTimeout(() => this.#turn(), LOOK_MS);
      this.changed();
      return;
    }
    const saying = this.#chooser.next(Date.now());
    if (!saying) {
      this.changed();
      return;
    }
    this.#isTurning = true;
    const said = this.#speaker.say(saying.text, this.#settings);
    this.changed();
    void said.then((isSaid) => {
      this.#isTurning = false;
      if (!isSaid && this.#voice.isSpeaking) {
        this.#cuts = this.#cutText === saying.text ? this.#cuts + 1 : 1;
        this.#cutText = saying.text;
        if (this.#cuts < TRIES) this.#chooser.giveBack(saying);
      }
      this.changed();
      if (this.#stops.length > 0) this.#timer = setTimeout(() => this.#turn(), PAUSE_MS);
    });
  }
}

/** By what ends them: a room whose helper got other rights is another room of the same show. */
const readers = new WeakMap<AbortSignal, ReadAloud>();

/** The one reader of an open show: it goes on while the page shows its camera. */
export function readerOf(room: AloudRoom, lang: AloudLang): ReadAloud {
  let reader = readers.get(room.gone);
  if (!reader) readers.set(room.gone, (reader = new ReadAloud(room, lang)));
  return reader;
}
